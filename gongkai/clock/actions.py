"""Bringing in a year's holiday notice.

This room lies under the ledger and cannot write it: the caller opens the transaction and records
the act, then has open cases counted anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from gongkai.clock.models import CalendarDay
from gongkai.clock.rules import Day
from gongkai.refusal import Refused


def set_days(
    *, year: int, edition: str, source: str, days: Collection[Day], layer: str = ""
) -> int:
    """Replace what was known of ``year`` by the ``days`` of a notice; returns how many were kept.

    ``edition`` begins with the year (``2027``, ``2027-2`` for a change in mid-year) and stays on
    each row, so that it can be told which notice a date rests on. Days that say nothing new (a
    Sunday off) are dropped. A national notice must name the three fixed holidays, so that half a
    list cannot pass for a published calendar.
    """
    if not edition.startswith(str(year)):
        raise Refused(f"版次要以年份开头，例如“{year}”或“{year}-2”。", field="edition", rule="K9")
    _check(year, days, national=not layer)
    new = [d for d in days if (d.kind == "work") == (d.date.weekday() > 4)]
    with transaction.atomic():
        known = CalendarDay.objects.filter(layer=layer)
        known.filter(edition__startswith=str(year)).delete()
        # The next year's notice may already have moved days of this December: those stay.
        known.filter(date__year=year).exclude(edition__startswith=str(year + 1)).delete()
        known.filter(date__in=[d.date for d in new]).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(
                date=d.date, kind=d.kind, name=d.name, edition=edition, source=source, layer=layer
            )
            for d in new
        )
    return len(new)


def _check(year: int, days: Collection[Day], *, national: bool) -> None:
    first, last = date(year - 1, 12, 25), date(year, 12, 31)
    seen: set[date] = set()
    for day in days:
        if not first <= day.date <= last:
            raise Refused(
                f"{day.date} 不属于 {year} 年的安排，请核对日期。", field="days", rule="K9"
            )
        if day.date in seen:
            raise Refused(f"{day.date} 出现了两次，请只保留一行。", field="days", rule="K9")
        if day.kind == "work" and day.date.weekday() < 5:
            raise Refused(f"{day.date} 本来就是工作日，不用列为调休上班。", field="days", rule="K2")
        seen.add(day.date)
    off = {d.date for d in days if d.kind == "off"}
    for month in (1, 5, 10):
        holiday = date(year, month, 1)
        if national and holiday.weekday() < 5 and holiday not in off:
            raise Refused(
                f"缺少 {month} 月 1 日放假，名单不完整；请录入整年通知。", field="days", rule="K8"
            )
