"""What a site may set: its office telephones, its own words, and the one masking rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.refusal import Refused

EDITION = "2026-11.3"
"""Edition of the rules. A newer edition asks for everything to be screened again."""

EDITION_DAY = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Masking:
    """How much of an identity number stays readable: one rule for the whole site.

    Digits 7–14 are the date of birth (7–12 of the old 15 digits) and never show.
    """

    id_first: int = 3
    id_last: int = 2

    def __post_init__(self) -> None:
        if not (0 <= self.id_first <= 6 and 0 <= self.id_last <= 3):
            raise Refused(
                "遮盖规则会露出身份证号第7至14位（出生日期）。请改为前面最多留6位、后面最多留3位。",
                field="id_first",
                rule="PI-IDMASK",
            )
        if self.id_first + self.id_last > 6:
            raise Refused(
                "遮盖规则留下的位数过多，几份名单拼起来就能还原。前后合计最多留6位。",
                field="id_last",
                rule="PI-IDMASK",
            )


@dataclass(frozen=True, slots=True)
class Policy:
    """``on``: the day ages are counted on. By default the day of the edition: whoever is a minor
    later was one
    (or unborn) then, so the default only errs to the careful side, and a result depends on
    nothing but text and
    edition. ``office_phones``: digits only, with area code."""

    office_phones: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    masking: Masking = field(default_factory=Masking)
    on: date = EDITION_DAY
    pepper: bytes = b""


DEFAULT = Policy()
