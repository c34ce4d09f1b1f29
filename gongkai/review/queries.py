"""Reading sheets: what is open, what waits for whom, what a person still has to settle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import post_for
from gongkai.agencies.rules import Duty
from gongkai.review.models import Sheet
from gongkai.review.rules import OpenFinding, Step, next_step, objection_to_reviewer

DUTY_OF_STEP = {
    Step.UNIT: Duty.REVIEW_UNIT,
    Step.OFFICE: Duty.REVIEW_OFFICE,
    Step.LEADER: Duty.REVIEW_LEADER,
}
# A note tells; these two ask a person to act.
TO_SETTLE = frozenset({"block", "review"})


def sheets_about(subject: str) -> QuerySet[Sheet]:
    """Every submission of one subject, newest first."""
    return Sheet.objects.filter(subject=subject).prefetch_related("decisions__by", "settlements")


def sheet_of(subject: str, content_hash: str) -> Sheet | None:
    """The sheet of exactly this content."""
    return Sheet.objects.filter(subject=subject, content_hash=content_hash).first()


def released_hash(subject: str) -> str:
    """The hash of what is public of a subject now; empty when nothing is."""
    sheet = Sheet.objects.filter(subject=subject, state=Sheet.State.RELEASED).first()
    return sheet.content_hash if sheet else ""


def waiting_step(sheet: Sheet) -> Step | None:
    """The step whose decision the sheet waits for."""
    if sheet.state != Sheet.State.OPEN:
        return None
    return next_step(sheet.path, sheet.approvals(), sheet.content_hash)


def waiting_for(user: User, agencies: Iterable[Agency] = ()) -> list[Sheet]:
    """The open sheets that this person may decide now."""
    sheets = Sheet.objects.filter(state=Sheet.State.OPEN).select_related(
        "agency", "unit", "drafter"
    )
    if agencies:
        sheets = sheets.filter(agency__in=agencies)
    return [s for s in sheets.prefetch_related("decisions__by") if may_decide(user, s)]


def may_decide(user: User, sheet: Sheet) -> bool:
    """Whether the person's post and the four-eyes rule allow a decision on the sheet now."""
    step = waiting_step(sheet)
    if step is None or objection_to_reviewer(
        user.username, sheet.drafter.username, sheet.approvals()
    ):
        return False
    return post_for(user, DUTY_OF_STEP[step], sheet.agency, sheet.unit) is not None


def open_findings(sheet: Sheet) -> list[OpenFinding]:
    """The findings of the newest screening that are not settled, worst first."""
    return [
        OpenFinding(key=f["key"], severity=f["severity"], label=f["label"])
        for f in findings_of(sheet)
        if f["severity"] in TO_SETTLE and not f["settled"]
    ]


def findings_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Every finding of the newest screening, each with how it was settled (``settled``: bool)."""
    screening = sheet.screenings.first()
    if screening is None:
        return []
    settlements = {s.finding: s for s in sheet.settlements.select_related("by", "second")}
    rows = []
    for finding in screening.findings:
        settlement = settlements.get(finding["key"])
        done = settlement is not None and (
            not finding["second_person"] or settlement.second_id is not None
        )
        rows.append({**finding, "settlement": settlement, "settled": done})
    return rows
