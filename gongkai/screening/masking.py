"""The site's one masking rule (personal data are published in the least form that identifies the
case).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from gongkai.screening.policy import Masking
from gongkai.screening.source import Hit

_COUNTY = re.compile(r".*(?:街道|[省市区县镇乡])")


def _identity(value: str, rule: Masking) -> str:
    last = value[len(value) - rule.id_last :]
    return value[: rule.id_first] + "*" * (len(value) - rule.id_first - len(last)) + last


def _undermasked(value: str, rule: Masking) -> str:
    return re.sub("[^0-9Xx*]", "*", _identity(value, rule))


def _mobile(value: str, _: Masking) -> str:
    return f"{value[:3]}****{value[-4:]}"


def _landline(value: str, _: Masking) -> str:
    if value[0] != "0":
        return "*" * len(value)
    area = 3 if value[1] in "12" else 4
    return value[:area] + "*" * (len(value) - area)


def _tail(count: int) -> Callable[[str, Masking], str]:
    return lambda value, _: "*" * (len(value) - count) + value[-count:]


def _address(value: str, _: Masking) -> str:
    kept = _COUNTY.match(re.split("[0-9]", value)[0])
    return (kept.group() if kept else "") + "***"


def _mail(value: str, _: Masking) -> str:
    return f"{value[0]}***@{value.rpartition('@')[2]}"


def _name(value: str, _: Masking) -> str:
    return value[0] + "某某"


def _nothing(_value: str, _: Masking) -> str:
    return "******"


_MASKS: dict[str, Callable[[str, Masking], str]] = {
    "id18": _identity,
    "id18_typo": _identity,
    "id15": _identity,
    "id_masked": _undermasked,
    "mobile": _mobile,
    "landline": _landline,
    "bank_card": _tail(4),
    "passport": _tail(3),
    "plate": _tail(3),
    "address": _address,
    "email": _mail,
    "person_name": _name,
    "credential": _nothing,
    "inner_address": _nothing,
}


def masked_value(hit: Hit, rule: Masking) -> str | None:
    """What may stand in the place of a hit, None for a kind that is not masked."""
    if hit.kind == "minor":
        return _identity(hit.value, rule) if hit.value[:1].isdigit() else "***"
    mask = _MASKS.get(hit.kind)
    return mask(hit.value, rule) if mask else None


def covered(text: str, hits: Iterable[tuple[int, int, str]]) -> str:
    """The text with stretches replaced; of two that overlap the first wins and swallows the
    other's rest.
    """
    pieces, done = [], 0
    for start, end, instead in sorted(hits):
        if start >= done:
            pieces += [text[done:start], instead]
        done = max(done, end)
    return "".join([*pieces, text[done:]])
