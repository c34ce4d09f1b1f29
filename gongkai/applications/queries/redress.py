"""Reconsiderations and suits in which the organ still has to answer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.applications.models import Remedy
from gongkai.applications.rules import answer_due
from gongkai.clock.queries import calendar
from gongkai.clock.rules import Calendar, Counted


def to_answer() -> QuerySet[Remedy]:
    """Of every organ: the copy came, and neither an answer nor a decision is on record."""
    found = Remedy.objects.filter(copy_on__isnull=False, answered_on=None, decided_on=None)
    return found.select_related("case__agency")


def answers_due(remedies: Iterable[Remedy]) -> list[tuple[Remedy, Counted | None]]:
    """Each with the organ's last day to answer and its arithmetic; None before the copy came."""
    calendars: dict[str, Calendar] = {}
    rows: list[tuple[Remedy, Counted | None]] = []
    for remedy in remedies:
        code = remedy.case.agency.code
        if code not in calendars:
            calendars[code] = calendar(code)
        due = None
        if remedy.copy_on is not None:
            due = answer_due(remedy.kind, remedy.copy_on, calendars[code], simple=remedy.simple)
        rows.append((remedy, due))
    return rows
