"""Submitting, settling, deciding, withdrawing. Release itself is in ``release``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.models import Decision, Screening, Settlement, Sheet
from gongkai.review.queries import DUTY_OF_STEP, findings_of, open_findings, waiting_step
from gongkai.review.rules import CHECKLIST, STEP_LABELS, Verdict, objection_to_reviewer
from gongkai.review.screen import EDITION, findings_in
from gongkai.review.signals import returned


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
) -> Sheet:
    """Open the review sheet of exactly this content and screen it.

    The same content submitted again goes on with its own sheet; another content of the same
    subject opens a new one. ``texts`` maps a place that people know ("标题", "正文") to its text.
    """
    if attribute != "proactive" and not ground.strip():
        raise Refused("请写明不主动公开的理由和依据。", field="ground", rule="R19 art 17")
    sheet, new = Sheet.objects.get_or_create(
        subject=subject,
        content_hash=content_hash,
        defaults={
            "title": title[:300],
            "files": sorted(file.sha256 for file in files),
            "agency": unit.agency,
            "unit": unit,
            "drafter": drafter,
            "path": path,
            "attribute": attribute,
            "ground": ground,
            "checklist": dict.fromkeys(CHECKLIST, False),
            "basis": basis or "《中华人民共和国政府信息公开条例》",
            "submitted_at": clock.now(),
        },
    )
    if not new:
        _reopen(sheet)
    screen(sheet, texts, files)
    record("review.submitted", subject, by=drafter, data={"hash": content_hash, "path": path})
    return sheet


@transaction.atomic
def screen(sheet: Sheet, texts: Mapping[str, str], files: Sequence[StoredFile]) -> Screening:
    """Screen text and files under today's edition; the newest screening is the one that counts."""
    verdict, findings = findings_in(texts, files)
    screening = Screening.objects.create(
        sheet=sheet, edition=EDITION, verdict=verdict, findings=findings, at=clock.now()
    )
    record(
        "review.screened",
        sheet.subject,
        data={"verdict": verdict, "edition": EDITION, "findings": len(findings)},
    )
    return screening


@transaction.atomic
def settle(sheet: Sheet, finding_key: str, *, reason: str, by: User) -> Settlement:
    """Settle one finding with a reason; a blocking kind stays open until a second person agrees.

    Secrecy marks cannot be settled at all: remove them, or refer to the secrecy administration.
    """
    finding = next((f for f in findings_of(sheet) if f["key"] == finding_key), None)
    if finding is None:
        raise Refused("这条提示已不存在，请刷新页面后再看。")
    if not finding["overridable"]:
        raise Refused(
            "涉密标志不能忽略：请删去该内容，或报保密行政管理部门确定。", rule="SSL24 art 35"
        )
    if not reason.strip():
        raise Refused("请写明为什么可以公开。", field="reason")
    post = require(by, Duty.REVIEW_UNIT if _waits_for_unit(sheet) else Duty.REVIEW_OFFICE,
                   sheet.agency, sheet.unit)  # fmt: skip
    if by == sheet.drafter:
        raise Refused("起草人不能处理自己稿件的审查提示，请由审查人办理。")
    settlement, new = Settlement.objects.get_or_create(
        sheet=sheet,
        finding=finding_key,
        defaults={"reason": reason, "by": by, "at": clock.now()},
    )
    if not new and settlement.second is None and settlement.by != by:
        settlement.second = by
        settlement.save(update_fields=["second"])
    record("review.settled", sheet.subject, by=by, post=str(post), data={"finding": finding_key})
    return settlement


@transaction.atomic
def decide(sheet: Sheet, verdict: Verdict, *, by: User, reason: str = "") -> Decision:
    """One person's decision at the step that the sheet waits for.

    Approving needs every finding settled, and confirms the checklist (``rules.STATEMENT``);
    returning needs a reason, which goes to the drafter.
    """
    sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    step = waiting_step(sheet)
    if step is None:
        raise Refused("本件已不在审查中，请刷新页面后再看。")
    post = require(by, DUTY_OF_STEP[step], sheet.agency, sheet.unit)
    objection = objection_to_reviewer(by.username, sheet.drafter.username, sheet.approvals())
    if objection:
        raise Refused(objection)
    if verdict == Verdict.RETURN and not reason.strip():
        raise Refused("请写明退回理由，起草人会看到它。", field="reason")
    if verdict == Verdict.APPROVE and (findings := open_findings(sheet)):
        first = findings[0].label
        raise Refused(f"尚有 {len(findings)} 处审查提示未处理（{first}），请先更正或写明理由。")
    decision = Decision.objects.create(
        sheet=sheet, step=step, verdict=verdict, reason=reason, content_hash=sheet.content_hash,
        by=by, post=str(post), at=clock.now(),
    )  # fmt: skip
    _move_on(sheet, decision)
    record(
        f"review.{'approved' if verdict == Verdict.APPROVE else 'returned'}",
        sheet.subject,
        by=by,
        post=str(post),
        data={"step": STEP_LABELS[step], "hash": sheet.content_hash},
    )
    return decision


def _move_on(sheet: Sheet, decision: Decision) -> None:
    if decision.verdict == Verdict.APPROVE:
        sheet.checklist = dict.fromkeys(CHECKLIST, True)
    if decision.verdict == Verdict.RETURN:
        sheet.state = Sheet.State.RETURNED
        returned.send(sender=Sheet, sheet=sheet, reason=decision.reason)
    elif waiting_step(sheet) is None:
        sheet.state = Sheet.State.APPROVED
    sheet.save(update_fields=["state", "checklist"])


@transaction.atomic
def take_back(sheet: Sheet, *, by: User) -> None:
    """The drafter takes an open submission back; it leaves every reviewer's desk."""
    if sheet.state != Sheet.State.OPEN:
        return
    sheet.state = Sheet.State.RETURNED
    sheet.save(update_fields=["state"])
    record("review.taken_back", sheet.subject, by=by, data={"hash": sheet.content_hash})


def _reopen(sheet: Sheet) -> None:
    """The same content comes again: what nobody decided about goes on, a decided round does not."""
    if sheet.state == Sheet.State.OPEN:
        return
    if sheet.state == Sheet.State.RETURNED and not sheet.decisions.exists():
        sheet.state = Sheet.State.OPEN
        sheet.save(update_fields=["state"])
        return
    if sheet.state in {Sheet.State.APPROVED, Sheet.State.RELEASED}:
        raise Refused("这一版内容已经审查通过，无需再次提交。")
    raise Refused("这一版内容已被退回或撤回，请修改后再提交。")


def _waits_for_unit(sheet: Sheet) -> bool:
    step = waiting_step(sheet)
    return step is not None and DUTY_OF_STEP[step] == Duty.REVIEW_UNIT
