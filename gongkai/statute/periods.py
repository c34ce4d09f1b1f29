"""Periods: how many days, of which kind, by which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from gongkai.refusal import Refused
from gongkai.statute.source import table

Unit = Literal["working_day", "day", "month"]
UNIT_NAMES: Mapping[Unit, str] = {"working_day": "个工作日", "day": "日", "month": "个月"}


@dataclass(frozen=True, slots=True)
class Period:
    """``days`` counts in ``unit`` (for ``month`` it is a number of months).

    ``convention``: the law names no number, this system fixes one. ``confirmed`` is false where
    the number was not read on the official text.
    """

    days: int
    unit: Unit
    article: str
    name: str = ""
    convention: bool = False
    confirmed: bool = True
    note: str = ""
    in_force: date = date.min
    until: date = date.max

    def __str__(self) -> str:
        return f"{self.days} {UNIT_NAMES[self.unit]}"


def read_period(name: str, row: Mapping[str, Any], short: str = "") -> Period:
    """A period from a law file; its article is cited with the law's short title."""
    return Period(
        days=row["days"],
        unit=row["unit"],
        article=row.get("law", short) + row["article"],
        name=name,
        convention=row.get("convention", False),
        confirmed=row.get("confirmed", True),
        note=row.get("note", ""),
        in_force=row.get("in_force", date.min),
        until=row.get("until", date.max),
    )


@cache
def _general() -> tuple[Period, ...]:
    return tuple(read_period(row["key"], row) for row in table("remedies")["period"])


def period(name: str, on: date) -> Period:
    """A period outside the Regulations (suit, reconsideration, petition, the house's own).

    ``on`` is the day from which it is counted: it chooses between old and new texts.
    """
    known = [p for p in _general() if p.name == name]
    if not known:
        raise KeyError(name)
    for found in known:
        if found.in_force <= on <= found.until:
            return found
    raise Refused(f"{on} 没有这项期限的有效规定，请核对日期。", rule=known[0].article)
