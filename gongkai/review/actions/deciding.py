"""Agreeing, returning, taking back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.actions.telling import concerned, tell
from gongkai.review.models import Decision, Sheet
from gongkai.review.queries import DUTY_OF_STEP, obstacles, open_findings, waiting_step
from gongkai.review.rules import CHECKLIST, STEP_LABELS, Verdict, objection_to_reviewer
from gongkai.review.signals import returned

Objection = Callable[[Sheet, User], str]
_objections: list[Objection] = []


def object_with(check: Objection) -> None:
    """Called once by a room above that knows more of its subjects than their sheet tells.

    ``check`` says why this person may not approve that sheet; empty when nothing stands against it.
    """
    if check not in _objections:
        _objections.append(check)


@transaction.atomic
def decide(sheet: Sheet, verdict: Verdict, *, by: User, reason: str = "") -> Decision:
    """One person's decision at the step that the sheet waits for.

    Approving needs every finding settled and nothing in the way (``queries.obstacles``), and
    confirms the checklist (``rules.STATEMENT``); returning needs a reason, which goes to the
    drafter and to everybody who agreed before.
    """
    known = Sheet.objects.select_related("agency", "unit__agency", "drafter")
    sheet = known.select_for_update(of=("self",)).get(pk=sheet.pk)
    step = waiting_step(sheet)
    if step is None:
        raise Refused("本件已不在审查中，请刷新页面后再看。")
    post = require(by, DUTY_OF_STEP[step], sheet.agency, sheet.unit)
    objection = objection_to_reviewer(by.username, sheet.drafter.username, sheet.approvals())
    if objection:
        raise Refused(objection)
    if verdict == Verdict.RETURN and not reason.strip():
        raise Refused("请写明退回理由，起草人会看到它。", field="reason")
    if verdict == Verdict.APPROVE:
        _refuse_who_took_part(sheet, by)
        _refuse_if_something_is_open(sheet)
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


def _refuse_if_something_is_open(sheet: Sheet) -> None:
    if stops := obstacles(sheet):
        raise Refused(stops[0])
    if findings := open_findings(sheet):
        first = findings[0].label
        raise Refused(f"尚有 {len(findings)} 处审查提示未处理（{first}），请先更正或写明理由。")


def _refuse_who_took_part(sheet: Sheet, by: User) -> None:
    for check in _objections:
        if told := check(sheet, by):
            raise Refused(told)


def _move_on(sheet: Sheet, decision: Decision) -> None:
    if decision.verdict == Verdict.APPROVE:
        sheet.checklist = dict.fromkeys(CHECKLIST, True)
    if decision.verdict == Verdict.RETURN:
        sheet.state = Sheet.State.RETURNED
        words = f"在“{decision.get_step_display()}”被退回，理由：{decision.reason}"
        tell(sheet, concerned(sheet), "送审的内容被退回", words, by=decision.by)
        returned.send(sender=Sheet, sheet=sheet, reason=decision.reason)
    elif waiting_step(sheet) is None:
        sheet.state = Sheet.State.APPROVED
    sheet.save(update_fields=["state", "checklist"])


@transaction.atomic
def take_back(sheet: Sheet, *, by: User | None) -> None:
    """The drafter takes an open submission back; it leaves every reviewer's desk."""
    if sheet.state != Sheet.State.OPEN:
        return
    sheet.state = Sheet.State.RETURNED
    sheet.save(update_fields=["state"])
    tell(sheet, concerned(sheet), "送审的内容被收回", "已由起草人收回，请勿再审。", by=by)
    record("review.taken_back", sheet.subject, by=by, data={"hash": sheet.content_hash})
