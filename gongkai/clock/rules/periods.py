"""Periods in days and months, and fixed dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from gongkai.clock.rules.calendar import Calendar, Due
from gongkai.clock.rules.pauses import Pause

Unit = Literal["working_day", "day", "month"]


def add(calendar: Calendar, start: date, n: int, unit: Unit, pauses: Sequence[Pause] = ()) -> Due:
    """The end of a period of ``n`` units; pauses exist in working-day periods only."""
    if unit == "working_day":
        return calendar.add_working_days(start, n, pauses)
    if pauses:
        raise ValueError("only working-day periods can be paused")
    return add_days(calendar, start, n) if unit == "day" else add_months(calendar, start, n)


def add_days(calendar: Calendar, start: date, n: int) -> Due:
    """``n`` calendar days; a last day on which offices rest rolls to the next working day.

    Civil Code arts. 201 and 203: the start day is not counted.
    """
    calendar.require(start)
    return _rolled(calendar, start + timedelta(days=n))


def add_months(calendar: Calendar, start: date, n: int) -> Due:
    """``n`` months: to the same-numbered day, or the month's last; rolls like days (art. 202)."""
    calendar.require(start)
    return _rolled(calendar, same_day_later(start, n))


def same_day_later(start: date, months: int) -> date:
    """The same-numbered day ``months`` later, or the last day of that month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def next_fixed_date(start: date, month: int, day: int) -> date:
    """The first such date on or after ``start``. A date is no period: it never rolls."""
    this_year = date(start.year, month, day)
    return this_year if start <= this_year else date(start.year + 1, month, day)


def _rolled(calendar: Calendar, last: date) -> Due:
    due = calendar.roll(last)
    return Due(due, calendar.is_provisional(last - timedelta(days=1), due))
