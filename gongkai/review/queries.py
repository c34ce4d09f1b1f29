"""Reading sheets: what is open, what waits for whom, what a person still has to settle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import post_for
from gongkai.agencies.rules import Duty
from gongkai.files.models import StoredFile
from gongkai.review.models import (
    FileWork,
    FormerSecret,
    MaskingRule,
    Referral,
    ScreeningRun,
    Sheet,
)
from gongkai.review.rules import OpenFinding, Step, next_step, objection_to_reviewer
from gongkai.screening import DEFAULT, Policy

DUTY_OF_STEP = {
    Step.UNIT: Duty.REVIEW_UNIT,
    Step.SECRECY: Duty.REVIEW_SECRECY,
    Step.OFFICE: Duty.REVIEW_OFFICE,
    Step.LEADER: Duty.REVIEW_LEADER,
}
# A note tells; these two ask a person to act.
TO_SETTLE = frozenset({"block", "review"})

# A worker that lives keeps a file in far less; a run that is older was left by one that died.
STANDS_STILL_AFTER = timedelta(minutes=10)


def sheets_about(subject: str) -> QuerySet[Sheet]:
    """Every submission of one subject, newest first."""
    return Sheet.objects.filter(subject=subject).prefetch_related("decisions__by", "settlements")


def sheet_of(subject: str, content_hash: str) -> Sheet | None:
    """The sheet of exactly this content."""
    found = Sheet.objects.filter(subject=subject, content_hash=content_hash)
    return found.select_related("agency", "unit__agency", "drafter").first()


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


def duty_to_settle(sheet: Sheet) -> Duty:
    """Whose business findings and doubts are at the step that the sheet waits for."""
    step = waiting_step(sheet)
    duty = DUTY_OF_STEP[step] if step is not None else Duty.REVIEW_OFFICE
    return Duty.REVIEW_OFFICE if duty == Duty.REVIEW_LEADER else duty


def obstacles(sheet: Sheet) -> list[str]:
    """Why nobody can approve or release the sheet yet, beside its findings; each in Chinese."""
    found = []
    run = running(sheet)
    if run is not None:
        found.append(f"机器筛查还在进行（{run.done}/{run.total}），完成后才能同意。")
    elif not sheet.screenings.exists():
        found.append("本件还没有经过机器筛查，请联系系统管理员。")
    for referral in Referral.objects.filter(sheet__subject=sheet.subject):
        if referral.runs:
            told = f"已报{referral.to}确定是否涉密，{referral.due_on} 前答复；其间不能同意公开。"
            found.append(told)
        elif referral.bars and referral.sheet_id == sheet.pk:
            found.append("保密行政管理部门答复本件含国家秘密，不能公开。")
    return found + _obstacles_of_former_secret(sheet)


def _obstacles_of_former_secret(sheet: Sheet) -> list[str]:
    entered = former_secret_of(sheet)
    if entered is None:
        return []
    if entered.declassified_on is None or not entered.document.strip():
        return ["本件原为涉密信息，请先登记解密日期和解密文件。"]
    if entered.second_id is None:
        return ["本件原为涉密信息，解密登记还没有经另一人复核。"]
    return []


def former_secret_of(sheet: Sheet) -> FormerSecret | None:
    """How the item was classified once and declassified, if it was."""
    return FormerSecret.objects.filter(sheet=sheet).select_related("by", "second").first()


def open_referral(subject: str) -> Referral | None:
    """The question about a subject that the secrecy administration has not answered yet.

    Of the subject, not of one sheet: another wording does not slip past the question.
    """
    return Referral.objects.filter(sheet__subject=subject, outcome="").first()


def running(sheet: Sheet) -> ScreeningRun | None:
    """The screening in the worker that is not finished."""
    return ScreeningRun.objects.filter(sheet=sheet, ended_at=None).first()


def run_has_stopped(run: ScreeningRun, now: datetime) -> bool:
    """Whether nothing has happened for so long that the worker must have died."""
    return now - run.moved_at > STANDS_STILL_AFTER


def work_has_stopped(work: FileWork, now: datetime) -> bool:
    """Whether the worker must have died over it."""
    return work.ended_at is None and now - work.asked_at > STANDS_STILL_AFTER


def work_on(sheet: Sheet, kind: FileWork.Kind) -> list[FileWork]:
    """What the worker does, or did, with this sheet's attachments; the newest first."""
    known = FileWork.objects.filter(sheet=sheet, kind=kind)
    return list(known.select_related("file").order_by("-asked_at"))


def file_of(sheet: Sheet, number: int) -> StoredFile:
    """The ``number``-th file of a sheet (from 0), as it is named in the sheet's own organ."""
    files = StoredFile.objects.filter(sha256=sheet.files[number])
    found = files.filter(agency=sheet.agency_id).first() or files.first()
    if found is None:
        raise StoredFile.DoesNotExist(sheet.files[number])
    return found


def policy_of(agency: Agency) -> Policy:
    """How the organ screens and masks: by its one rule, or by the house's default."""
    rule = MaskingRule.objects.filter(agency=agency).first()
    return rule.policy() if rule is not None else DEFAULT
