"""What the house's own records tell: messages past their limit, links that nobody looked after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.cases.models import Case
from gongkai.cases.queries import overdue
from gongkai.cases.rules import Stage
from gongkai.catalogue.queries import links_of
from gongkai.catalogue.rules import LINK_CHECK_DAYS
from gongkai.oversight.inspection.indicators import Found, Indicator, judged
from gongkai.oversight.inspection.limits import (
    MOST_MONTHS_UNANSWERED,
    months_before,
)


def messages(agency: Agency, today: date) -> Indicator:
    """Messages and applications past their limit; over three months is a veto by itself.

    What nobody has registered has no due date yet, and counts by its age.
    """
    veto = months_before(today, MOST_MONTHS_UNANSWERED)
    late = overdue(agency).select_related("owner_unit").order_by("due_on", "pk")
    forgotten = _forgotten(agency, veto)
    return judged("messages", [*_late(late, veto), *_late(forgotten, veto)])


def _forgotten(agency: Agency, since: date) -> QuerySet[Case]:
    moment = datetime.combine(since, time.min, clock.SHANGHAI)
    return Case.objects.filter(
        agency=agency, stage=Stage.SUBMITTED.value, due_on=None, submitted_at__lt=moment
    ).select_related("owner_unit")


def _late(cases: QuerySet[Case], veto: date) -> Iterator[Found]:
    """Told by number: a title may name somebody."""
    for case in cases:
        until = f"应于 {case.due_on} 前答复，尚未答复" if case.due_on else "还没有登记"
        since = case.received_on or clock.day_of(case.submitted_at)
        long = "，来件已超过三个月" if since < veto else ""
        unit = case.owner_unit
        yield Found(
            f"{until}{long}", unit=unit.name if unit else "",
            unit_code=unit.code if unit else "", case=case.number,
        )  # fmt: skip


def outside_links(agency: Agency, today: date) -> Indicator:
    """Links out of the site that their unit has not checked for a quarter. Nothing is fetched."""
    oldest = today - timedelta(days=LINK_CHECK_DAYS)
    stale = links_of(agency).filter(Q(checked_on=None) | Q(checked_on__lt=oldest))
    rows = (
        Found(
            f"“{link.title}”（{link.url}）"
            + (f"最近核查 {link.checked_on}" if link.checked_on else "没有核查过"),
            column="友情链接", unit=link.owner.name, unit_code=link.owner.code,
        )
        for link in stale.select_related("owner")
    )  # fmt: skip
    return judged("outside_links", rows, fails_at=None)
