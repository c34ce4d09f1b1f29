"""The calendar that comes with the program: for a new database, and for work without one."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from gongkai.clock.rules import Calendar, Day

TABLE = Path(__file__).parent / "data" / "days.csv"


class ShippedDay(NamedTuple):
    """A row of the shipped table: the day, and the title of the notice that it comes from."""

    day: Day
    source: str


def shipped_days() -> list[ShippedDay]:
    """The rows of ``data/days.csv``, which ``scripts/make_calendar.py`` writes."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [
            ShippedDay(
                Day(
                    date.fromisoformat(row["date"]),
                    cast(Literal["off", "work"], row["kind"]),
                    row["name"],
                    row["edition"],
                ),
                row["source"],
            )
            for row in csv.DictReader(table)
        ]


@cache
def shipped_calendar() -> Calendar:
    """The country's calendar as shipped, without a database."""
    return Calendar(shipped.day for shipped in shipped_days())
