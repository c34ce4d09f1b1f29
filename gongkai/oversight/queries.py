"""The year's figures of oversight, each with the rows behind it, and what is still open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.catalogue.models import ColumnPage
from gongkai.oversight.models import (
    Accountability,
    Assessment,
    ContentAudit,
    Finding,
    FindingEvent,
    InspectionRun,
    Meeting,
    NothingHappened,
    Rule,
    Suggestion,
    TargetLetter,
    Training,
)
from gongkai.oversight.rules import Act
from gongkai.refusal import Refused

Rows = Callable[[Agency, int], QuerySet[Any]]


def rules_in_force(agency: Agency, on: date) -> QuerySet[Rule]:
    """The rules that hold on a day."""
    return Rule.objects.filter(agency=agency, adopted_on__lte=on).filter(
        Q(ended_on=None) | Q(ended_on__gt=on)
    )


def findings(agency: Agency, on: date | None = None) -> QuerySet[Finding]:
    """The findings, each with the last act (``last_act``) up to the end of a day."""
    events = FindingEvent.objects.filter(finding=OuterRef("pk"), on__lte=on or clock.today())
    last = Subquery(events.order_by("-seq").values("act")[:1])
    return Finding.objects.filter(agency=agency).annotate(last_act=last)


def remedied(agency: Agency, on: date | None = None) -> QuerySet[Finding]:
    """Findings whose remedy was accepted, as it stood on a day."""
    return findings(agency, on).filter(Q(last_act=Act.ACCEPTED))


def open_findings(agency: Agency, unit: Unit | None = None) -> QuerySet[Finding]:
    """Findings that are not yet put right, the most urgent first."""
    rows = findings(agency).exclude(Q(last_act=Act.ACCEPTED)).order_by("due", "pk")
    return rows.filter(unit=unit) if unit else rows


def overdue_findings(agency: Agency) -> QuerySet[Finding]:
    """Open findings whose day has passed."""
    return open_findings(agency).filter(due__lt=clock.today())


def open_suggestions(agency: Agency) -> QuerySet[Suggestion]:
    """Suggestions on which nothing was decided."""
    return Suggestion.objects.filter(agency=agency, adopted=Suggestion.Decision.PENDING)


def runs_of(agency: Agency) -> QuerySet[InspectionRun]:
    """The self-inspections of an organ's sites, the newest first."""
    return InspectionRun.objects.filter(agency=agency)


def last_run(agency: Agency, *, nightly: bool = False) -> InspectionRun | None:
    """The newest run, or the newest that the night began by itself."""
    runs = runs_of(agency)
    return (runs.filter(nightly=True) if nightly else runs).first()


def confirmed_columns(agency: Agency, on: date) -> dict[int, str]:
    """The columns for which it is confirmed on a day that nothing happened, each with the words
    that a list shows; the newest word about a column holds.
    """
    said: dict[int, str] = {}
    rows = NothingHappened.objects.filter(column__unit__agency=agency, on__lte=on)
    for row in rows.select_related("by"):
        words = f"{row.by}于 {row.on} 确认本期无更新（有效至 {row.until}）：{row.reason}"
        said.setdefault(row.column_id, words if row.until >= on else "")
    return {column: words for column, words in said.items() if words}


def confirming_duty(user: User, column: ColumnPage) -> Duty | None:
    """The duty by which a person may say that nothing happened in a column; None if none does."""
    if column.unit is None:
        return None
    duties = (Duty.ITEM_WRITE, Duty.OVERSIGHT_FIND, Duty.OVERSIGHT_MANAGE)
    return next((d for d in duties if may(user, d, column.agency, column.unit)), None)


def _end(year: int) -> date:
    return date(year, 12, 31)


def _suggestions(agency: Agency, year: int) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(agency=agency, received__year=year)


_ROWS: dict[str, Rows] = {
    "rules": lambda a, y: rules_in_force(a, _end(y)),
    "meetings": lambda a, y: Meeting.objects.filter(agency=a, on__year=y),
    "trainings": lambda a, y: Training.objects.filter(agency=a, on__year=y),
    "target_letters": lambda a, y: TargetLetter.objects.filter(agency=a, year=y),
    "findings.total": lambda a, y: findings(a, _end(y)).filter(on__year=y),
    "findings.remedied": lambda a, y: remedied(a, _end(y)).filter(on__year=y),
    "suggestions.received": _suggestions,
    "suggestions.adopted": lambda a, y: _suggestions(a, y).filter(
        adopted=Suggestion.Decision.YES, decided_on__lte=_end(y)
    ),
    "content_audits": lambda a, y: ContentAudit.objects.filter(agency=a, on__year=y),
    "assessments": lambda a, y: Assessment.objects.filter(agency=a, year=y),
    "accountability": lambda a, y: Accountability.objects.filter(agency=a, on__year=y),
}
FIGURES = tuple(_ROWS)


def rows_behind(figure: str, agency: Agency, year: int) -> QuerySet[Any]:
    """The rows that a figure of a year counts."""
    if figure not in _ROWS:
        raise Refused(f"没有“{figure}”这个数字，请从报告中点开。")
    return _ROWS[figure](agency, year)


def figures(agency: Agency, year: int) -> dict[str, Any]:
    """The figures of a year, as it stood at its end; ``a.b`` becomes ``{"a": {"b": …}}``."""
    counted: dict[str, Any] = {}
    for key in _ROWS:
        part, _, name = key.partition(".")
        count = rows_behind(key, agency, year).count()
        if name:
            counted.setdefault(part, {})[name] = count
        else:
            counted[part] = count
    return counted
