"""What a text says of itself: parts and wholes, percentages, the same figure twice."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gongkai.reporting.rules.cells import tidy
from gongkai.reporting.rules.faults import TEXT, Fault, Findings, Number

_ITEMS = "published_items"
_SUMS = {
    "made": ("proactive", "on_request", "not_public"),
    "docs": ("kept", "amended", "repealed"),
}
_FIRST, _SECOND = "_first_mention", "_second_mention"


def number(told: Any) -> Number | None:
    """A figure of the text; None for anything else ("30+", a list, a sentence)."""
    return tidy(told) if type(told) in {int, float} and math.isfinite(told) else None


def check_wholes(
    prose: Mapping[str, Any], findings: Findings, *, received: Callable[[], Number | None]
) -> None:
    """Note parts that do not make their whole, and a figure told twice in two ways."""
    for fault in (*_lists(prose), *_shared_out(prose, received), *_named(prose), *_twice(prose)):
        findings.note(fault)


def percent_fault(name: str, printed: Number, part: Number, whole: Number) -> Fault | None:
    """A percentage that neither rounding nor cutting its last place explains."""
    exact = 100 * part / whole
    places = len(repr(printed).partition(".")[2]) if isinstance(printed, float) else 0
    if abs(printed - exact) < 10**-places:
        return None
    right = tidy(round(exact, max(places, 2)))
    text = f"正文的“{name}”写作 {printed}%，{part}/{whole} 是 {right}%。"
    return Fault("text_percent", TEXT, name, None, right, printed, text)


def _lists(prose: Mapping[str, Any]) -> Iterator[Fault]:
    """``parts`` make up the items; ``x_parts`` make up ``x``; ``named_parts`` are some of them."""
    for name, parts in prose.items():
        if not name.endswith("parts") or not isinstance(parts, list):
            continue
        stem = name.removesuffix("parts").rstrip("_")
        candidates = (stem, f"{stem}s") if stem not in {"", "named"} else (_ITEMS,)
        whole = next((n for c in candidates if (n := number(prose.get(c))) is not None), None)
        found = _sum(parts)
        if whole is None or found is None:
            continue
        if found > whole if stem == "named" else found != whole:
            yield _no_whole(name, whole, found)


def _shared_out(prose: Mapping[str, Any], received: Callable[[], Number | None]) -> Iterator[Fault]:
    """Applications by channel or by unit are all that were received."""
    for name in ("by_channel", "by_unit"):
        told = prose.get(name)
        parts = list(told.values()) if isinstance(told, Mapping) else told
        if isinstance(parts, list):
            found, whole = _sum(parts), received()
            if None not in (found, whole) and found != whole:
                yield _no_whole(name, whole, found)


def _named(prose: Mapping[str, Any]) -> Iterator[Fault]:
    for whole_name, names in _SUMS.items():
        whole, found = number(prose.get(whole_name)), _sum([prose.get(n) for n in names])
        if whole is not None and found is not None and whole != found:
            yield _no_whole(whole_name, whole, found)


def _twice(prose: Mapping[str, Any]) -> Iterator[Fault]:
    for name, first in prose.items():
        second = prose.get(name.removesuffix(_FIRST) + _SECOND)
        if name.endswith(_FIRST) and second is not None and first != second:
            text = f"正文前后两处说法不同：先写 {first}，后写 {second}。"
            yield Fault("text_twice", TEXT, name.removesuffix(_FIRST), None, first, second, text)


def _sum(parts: list[Any]) -> Number | None:
    numbers = [number(part) for part in parts]
    known = [part for part in numbers if part is not None]
    return sum(known) if len(known) == len(numbers) else None


def _no_whole(name: str, whole: Number | None, found: Number | None) -> Fault:
    text = f"正文的“{name}”各项合计 {found}，总数是 {whole}。"
    return Fault("text_sum", TEXT, name, None, whole, found, text)
