"""The fee for processing information (国办函〔2020〕109号): progressive, by item or by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.statute.source import table

_UNITS = {"items": "件", "pages": "页"}


@dataclass(frozen=True, slots=True)
class Bracket:
    """From the ``first`` unit on each costs ``each`` yuan, ``rise`` more after each ``step``."""

    first: int
    each: int
    step: int
    rise: int


@cache
def _brackets(way: str) -> tuple[Bracket, ...]:
    return tuple(
        Bracket(row["from"], row["each"], row.get("step", 0), row.get("rise", 0))
        for row in table("fees")[way]
    )


def fee_article(part: str) -> str:
    """Where ``part`` is settled: items, pages, payment or remedy."""
    raw = table("fees")
    return f"{raw['short']}{raw['articles'][part]}"


def tariff(way: str) -> str:
    """The tariff in words, as a notice has to state it; ``way``: items or pages."""
    unit = _UNITS[way]
    brackets = _brackets(way)
    ends = [bracket.first - 1 for bracket in brackets[1:]]
    told = [_told(b, end, unit) for b, end in zip(brackets, [*ends, 0], strict=True)]
    return "，".join(told)


def free_units(way: str) -> int:
    """How many items or pages cost nothing."""
    return next(b.first for b in _brackets(way) if b.each) - 1


def _told(bracket: Bracket, end: int, unit: str) -> str:
    where = f"第{bracket.first}{unit}至第{end}{unit}" if end else f"第{bracket.first}{unit}以上"
    if not bracket.each:
        return f"{end}{unit}以下不收费"
    price = f"每{unit}{bracket.each}元"
    if not bracket.step:
        return f"{where}{price}"
    return f"{where}{price}，其后每满{bracket.step}{unit}每{unit}再提高{bracket.rise}元"


def fee_by_items(n: int) -> int:
    """Yuan for ``n`` items that one applicant asked for in one calendar month (art. 4)."""
    return _sum(_brackets("items"), n)


def fee_by_pages(k: int) -> int:
    """Yuan for ``k`` pages of one application (art. 5); a page is a side of A4 or smaller."""
    return _sum(_brackets("pages"), k)


def fee_increment(held: int, more: int) -> int:
    """Yuan for ``more`` items when the month already holds ``held``."""
    return fee_by_items(held + more) - fee_by_items(held)


def _sum(brackets: Sequence[Bracket], units: int) -> int:
    if units < 0:
        raise ValueError("a number of units is not negative")
    ends = [bracket.first - 1 for bracket in brackets[1:]] + [units]
    return sum(
        _inside(bracket, min(end, units) - bracket.first + 1)
        for bracket, end in zip(brackets, ends, strict=True)
    )


def _inside(bracket: Bracket, units: int) -> int:
    """The fee for the ``units`` that lie in this bracket."""
    if units <= 0:
        return 0
    if not bracket.step:
        return units * bracket.each
    full, rest = divmod(units, bracket.step)
    rises = bracket.step * full * (full - 1) // 2 + rest * full
    return units * bracket.each + rises * bracket.rise
