"""A timeline of acts, each done at its own moment, so that the ledger tells the year in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gongkai import clock
from gongkai.clock import SHANGHAI
from gongkai.clock.queries import calendar

Act = Callable[[], object]
_FIRST_YEAR = 2014


@dataclass
class Replay:
    """Acts are noted in any order and done in order of time; nothing lies after ``until``."""

    until: datetime = field(default_factory=clock.now)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def at(self, day: date, hour: int, minute: int, act: Act) -> None:
        """Note an act for a day and hour in China; what would lie in the future is done last."""
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)
        self._acts.append((min(moment, self.until), len(self._acts), act))

    def run(self) -> int:
        """Do everything that was noted; returns how many acts there were."""
        done = 0
        for moment, _, act in sorted(self._acts, key=lambda noted: noted[:2]):
            with clock.set_to(moment):
                act()
            done += 1
        self._acts.clear()
        return done


def working(day: date) -> date:
    """The day itself if offices are open, else the last working day before it."""
    days = calendar()
    return day if days.is_working(day) else days.working_day_before(day)


def working_days_after(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``."""
    return calendar().add_working_days(day, count).date if count else working(day)


def working_days_ago(count: int) -> date:
    """The ``count``-th working day before today; 0: today, or the last working day."""
    days, day = calendar(), working(clock.today())
    for _ in range(count):
        day = days.working_day_before(day)
    return day


def in_2014(month_and_day: str) -> date:
    """``"03-12"`` as a working day of the bureau's year."""
    month, _, day = month_and_day.partition("-")
    return working(date(_FIRST_YEAR, int(month), int(day)))


def days_ago(count: int) -> date:
    """A working day about ``count`` days before today."""
    return working(clock.today() - timedelta(days=count))
