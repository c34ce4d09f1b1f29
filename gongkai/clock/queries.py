"""The calendar as this installation knows it."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from django.db.models import Count, Max

from gongkai.clock.models import CalendarDay
from gongkai.clock.rules import Calendar, Day
from gongkai.clock.shipped import shipped_calendar

__all__ = ["calendar", "calendar_version", "shipped_calendar"]


class _Built(NamedTuple):
    version: tuple[int, int]
    calendar: Calendar


_built: dict[str, _Built] = {}


def calendar_version() -> tuple[int, int]:
    """Changes with every write of ``actions.set_days``, in whichever process it happened.

    Rows are only ever deleted and inserted, and neither database gives a key out twice.
    """
    found = CalendarDay.objects.order_by().aggregate(rows=Count("pk"), last=Max("pk"))
    return found["rows"], found["last"] or 0


def calendar(agency_code: str = "") -> Calendar:
    """The country's calendar with the agency's own days on it; one small query while unchanged."""
    version = calendar_version()
    built = _built.get(agency_code)
    if built is None or built.version != version:
        built = _built[agency_code] = _Built(version, _load(agency_code))
    return built.calendar


def _load(agency_code: str) -> Calendar:
    rows = CalendarDay.objects.filter(layer__in={"", agency_code}).values_list(
        "date", "kind", "name", "edition", "layer"
    )
    return Calendar(
        Day(date, cast(Literal["off", "work"], kind), name, edition, layer)
        for date, kind, name, edition, layer in rows
    )
