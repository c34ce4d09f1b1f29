"""Answered applications with which something is still to be done."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai import clock
from gongkai.applications.queries.redress import to_answer
from gongkai.applications.rules import GIVEN, WITHHELD, Did, looked_at_before
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Kind, Stage
from gongkai.statute import law_for


def to_follow_up(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of ``cases`` to decide on (第44条), to publish, or to look at again today (第18条).

    Only what was answered under the present Regulations: the text of 2007 knows neither. And
    those over which the organ has to answer in a reconsideration or suit.
    """
    today = clock.today()
    before = looked_at_before(today)
    since = datetime.combine(before, time.max, tzinfo=clock.SHANGHAI)
    decided, looked = _done(Did.PROACTIVE_DECIDED), _done(Did.WITHHELD_CHECKED)
    due = (
        Q(outcome__in=GIVEN) & ~Exists(decided)
        | (Exists(decided.filter(data__publish=True)) | Exists(looked.filter(data__keep=False)))
        & ~Exists(_done(Did.PROACTIVE_DONE))
        | Q(outcome__in=WITHHELD, answered_on__lte=before)
        & ~Exists(looked.filter(Q(at__gt=since) | Q(data__keep=False)))
    )
    now = Q(due, stage=Stage.ANSWERED, received_on__gte=law_for(today).in_force)
    disputed = Exists(to_answer().filter(case=OuterRef("pk")))
    return cases.filter(now | disputed, kind=Kind.APPLICATION)


def _done(kind: Did) -> QuerySet[Event]:
    return Event.objects.filter(case=OuterRef("pk"), kind=kind)
