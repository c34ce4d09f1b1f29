"""Opening the sheet of one exact content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from gongkai import clock, statute
from gongkai.agencies.models import Unit, User
from gongkai.clock.queries import calendar
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.actions.declassifying import carry_over
from gongkai.review.actions.screening import screen_or_queue
from gongkai.review.models import Sheet
from gongkai.review.rules import CHECKLIST


@transaction.atomic
def submit(
    *,
    subject: str,
    title: str,
    content_hash: str,
    texts: Mapping[str, str],
    files: Sequence[StoredFile] = (),
    unit: Unit,
    drafter: User,
    path: str,
    attribute: str = "proactive",
    ground: str = "",
    basis: str = "",
    case_due_on: date | None = None,
) -> Sheet:
    """Open the review sheet of exactly this content and screen it.

    The same content submitted again goes on with its own sheet; another content of the same
    subject opens a new one. ``texts`` maps a place that people know ("标题", "正文") to its text.
    Many or large files are screened by the worker; nobody approves before that is done.
    ``case_due_on``: the legal due date of the case that is answered, if it is one.
    """
    if attribute != "proactive" and not ground.strip():
        raise Refused("请写明不主动公开的理由和依据。", field="ground", rule="R19 art 17")
    sheet, new = Sheet.objects.get_or_create(
        subject=subject,
        content_hash=content_hash,
        defaults={
            "title": title[:300],
            "files": sorted({file.sha256 for file in files}),
            "agency": unit.agency,
            "unit": unit,
            "drafter": drafter,
            "path": path,
            "attribute": attribute,
            "ground": ground,
            "checklist": dict.fromkeys(CHECKLIST, False),
            "basis": basis or "《中华人民共和国政府信息公开条例》",
            "submitted_at": clock.now(),
            "due_on": _due(unit.agency.code, case_due_on),
        },
    )
    if new:
        carry_over(sheet)
    else:
        _reopen(sheet, case_due_on)
    screen_or_queue(sheet, texts, files)
    record("review.submitted", subject, by=drafter, data={"hash": content_hash, "path": path})
    return sheet


def _due(agency_code: str, case_due_on: date | None) -> date:
    """The last day of the review: the house's working days, and never so late that too few are
    left to answer the case.
    """
    today, known = clock.today(), calendar(agency_code)
    due = known.add_working_days(today, statute.period("secrecy_review", today).days).date
    if case_due_on is None:
        return due
    latest = case_due_on
    for _ in range(statute.period("secrecy_review_margin", today).days):
        latest = known.working_day_before(latest)
    return max(today, min(due, latest))


def _reopen(sheet: Sheet, case_due_on: date | None) -> None:
    """The same content comes again: what nobody decided about goes on, a decided round does not."""
    if sheet.state == Sheet.State.OPEN:
        return
    if sheet.state in {Sheet.State.APPROVED, Sheet.State.RELEASED}:
        raise Refused("这一版内容已经审查通过，无需再次提交。")
    barred = any(referral.bars for referral in sheet.referrals.all())
    if sheet.state == Sheet.State.RETURNED and not barred and not sheet.decisions.exists():
        sheet.state = Sheet.State.OPEN
        sheet.submitted_at, sheet.due_on = clock.now(), _due(sheet.agency.code, case_due_on)
        sheet.save(update_fields=["state", "submitted_at", "due_on"])
        return
    raise Refused("这一版内容已被退回或撤回，请修改后再提交。")
