"""The working days of China, and how sure we are of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from gongkai.clock.rules.pauses import Pause, union
from gongkai.refusal import Refused

FIRST_YEAR, LAST_YEAR = 1990, 2060
STATUTORY = "法定"
"""Edition of days that rest on the holiday law alone, until the year's notice is published."""

_BASE = date(FIRST_YEAR, 1, 1).toordinal()
_REACH = date(LAST_YEAR, 12, 31).toordinal() - _BASE + 1
_SATURDAY = 5
_WEEK = "一二三四五六日"


class Day(NamedTuple):
    """A day that differs from plain Monday to Friday.

    ``edition`` is the notice that says so: it begins with the year that the notice arranges
    (``2019``, ``2019-2`` for a later change), or is ``STATUTORY``. ``layer`` is empty for the
    whole country, else the agency that has a holiday of its own.
    """

    date: date
    kind: Literal["off", "work"]
    name: str
    edition: str = ""
    layer: str = ""


class Due(NamedTuple):
    """The last day of a period; ``provisional`` while a calendar that it needs is unpublished."""

    date: date
    provisional: bool


class Calendar:
    """Answers every question about working days in constant time.

    Built once from the exceptions; a layer's day goes before the country's. Days from 1990 to
    2060 can be asked; beyond them every question is refused.
    """

    __slots__ = ("_open", "_open_then", "_special", "_upto", "_working", "published")

    def __init__(self, days: Iterable[Day]) -> None:
        rows = sorted(days, key=lambda day: day.layer)
        self.published = frozenset(
            int(d.edition[:4]) for d in rows if not d.layer and d.edition[:4].isdigit()
        )
        self._special = {
            d.date: d
            for d in rows
            if d.edition != STATUTORY or d.layer or d.date.year not in self.published
        }
        self._working: list[date] = []
        self._upto: list[int] = []  # by day: how many working days there are up to and with it
        self._open: list[int] = []  # by day: how many days up to and with it are not yet sure
        self._open_then: list[int] = []  # the same, by working day
        self._fill()

    def _fill(self) -> None:
        unsure = 0
        for ordinal in range(_BASE, _BASE + _REACH):
            day = date.fromordinal(ordinal)
            special = self._special.get(day)
            unsure += not self.is_published(day)
            if special.kind == "work" if special else day.weekday() < _SATURDAY:
                self._working.append(day)
                self._open_then.append(unsure)
            self._upto.append(len(self._working))
            self._open.append(unsure)

    def is_published(self, day: date) -> bool:
        """Whether the notice that decides about ``day`` is known.

        The notice for a year may also move the last days of the December before (in 2018 the
        29th became a working Saturday), unless New Year falls on a Friday or Saturday.
        """
        if day.year not in self.published:
            return False
        if (day.month, day.day) < (12, 29) or day.year + 1 in self.published:
            return True
        return date(day.year + 1, 1, 1).weekday() in (4, 5)

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``; a make-up Saturday or Sunday is a working day."""
        at = self._at(day)
        return self._upto[at] > (self._upto[at - 1] if at else 0)

    def is_provisional(self, after: date, until: date) -> bool:
        """Whether a day after ``after`` up to ``until`` belongs to an unpublished calendar."""
        return self._open[self._at(until)] > self._open[self._at(after)]

    def require(self, day: date) -> None:
        """Refuse a day that the calendar does not reach, such as a mistyped year."""
        self._at(day)

    def special(self, day: date) -> Day | None:
        """The exception that makes ``day`` differ from plain Monday to Friday, if one does."""
        return self._special.get(day)

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` up to ``until``; negative if reversed."""
        return self._upto[self._at(until)] - self._upto[self._at(after)]

    def roll(self, day: date) -> date:
        """``day`` if it is a working day, else the next one (Civil Code art. 203)."""
        at = self._at(day)
        return self._nth(self._upto[at] + (not self.is_working(day)))

    def working_day_before(self, day: date) -> date:
        """The last working day before ``day``: where the house aims for a fixed date."""
        return self._nth(self._upto[self._at(day - timedelta(days=1))])

    def add_working_days(self, start: date, n: int, pauses: Sequence[Pause] = ()) -> Due:
        """The ``n``-th (``n`` ≥ 1) working day after ``start`` that lies in no pause.

        The start day is not counted (Civil Code art. 201). The result is a working day by itself,
        perhaps a make-up Saturday, and is never rolled.
        """
        if n < 1:
            raise ValueError("a period has at least one day")
        begin = start.toordinal() - _BASE
        if not 0 <= begin < _REACH:
            raise _beyond()
        last = self._upto[begin] + n - 1
        if pauses:
            last = self._past(pauses, last - n + 1, n)
        if last >= len(self._working):
            raise _beyond()
        return Due(self._working[last], self._open_then[last] > self._open[begin])

    def add_working_days_to_all(self, starts: Iterable[date], n: int) -> list[Due]:
        """``add_working_days`` without pauses for many starts; each day is counted once only."""
        count = cache(lambda start: self.add_working_days(start, n))
        return [count(start) for start in starts]

    def _past(self, pauses: Sequence[Pause], at: int, n: int) -> int:
        """The place of the ``n``-th working day after place ``at`` that lies in no pause."""
        for after, until in union(pauses) if len(pauses) > 1 else [pauses[0][:2]]:
            counted = self._upto[self._at(after)] - at
            if counted >= n:
                break
            if counted > 0:
                n -= counted
            at = max(at, self._upto[self._at(until)])
        return at + n - 1

    def _nth(self, count: int) -> date:
        if not 0 < count <= len(self._working):
            raise _beyond()
        return self._working[count - 1]

    def _at(self, day: date) -> int:
        at = day.toordinal() - _BASE
        if not 0 <= at < _REACH:
            raise _beyond()
        return at


def weekday_name(day: date) -> str:
    """周一 to 周日."""
    return f"周{_WEEK[day.weekday()]}"


def _beyond() -> Refused:
    return Refused(
        f"日期超出日历范围（{FIRST_YEAR} 年至 {LAST_YEAR} 年），请检查年份是否写错。", rule="K8"
    )
