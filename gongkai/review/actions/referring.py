"""Not sure whether it is secret: the question goes to the secrecy administration."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock, statute
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.clock.queries import calendar
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.actions.telling import concerned, tell
from gongkai.review.models import Referral, Sheet
from gongkai.review.queries import duty_to_settle, open_referral
from gongkai.review.rules import OUTCOME_LABELS, Outcome
from gongkai.review.signals import returned


@transaction.atomic
def refer(sheet: Sheet, *, question: str, to: str, by: User) -> Referral:
    """Ask the secrecy administration (R19 art 17); until it answers nobody can approve.

    The clock is the one of an unclear matter: working days from today (SSR24 art 25).
    """
    sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.state != Sheet.State.OPEN:
        raise Refused("本件已不在审查中，请刷新页面后再看。")
    if not question.strip():
        raise Refused("请写明请示的问题：哪一部分、为什么拿不准。", field="question")
    if not to.strip():
        raise Refused("请写明请示的保密行政管理部门或业务主管部门。", field="to")
    if open_referral(sheet.subject) is not None:
        raise Refused("本件已在请示中，请等答复后再办理。")
    post = require(by, duty_to_settle(sheet), sheet.agency, sheet.unit)
    today = clock.today()
    days = statute.period("unclear_matter_report", today).days
    referral = Referral.objects.create(
        sheet=sheet, question=question, to=to, by=by, post=str(post), at=clock.now(),
        due_on=calendar(sheet.agency.code).add_working_days(today, days).date,
    )  # fmt: skip
    words = f"已报{to}确定是否涉密，{referral.due_on} 前答复；其间不能同意公开。"
    tell(sheet, concerned(sheet), "送审的内容在请示定密", words, by=by)
    record("review.referred", sheet.subject, by=by, post=str(post), data={"to": to})
    return referral


@transaction.atomic
def keep_answer(
    referral: Referral,
    *,
    outcome: str,
    answer: str,
    by: User,
    document: str = "",
    answered_on: date | None = None,
) -> Referral:
    """Enter the administration's answer. A secret, whole or in part, sends this content back for
    good: what is submitted again must be another content, and is reviewed anew.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    sheet, day = referral.sheet, answered_on or clock.today()
    if not referral.runs:
        raise Refused("这次请示已登记答复，请刷新页面后再看。")
    if outcome not in {o.value for o in Outcome}:
        raise Refused("请选择答复的结论。", field="outcome")
    if not answer.strip():
        raise Refused("请写明答复的内容。", field="answer")
    if not clock.day_of(referral.at) <= day <= clock.today():
        raise Refused("答复日期应在请示之后、今天之前，请核对。", field="answered_on")
    post = require(by, duty_to_settle(sheet), sheet.agency, sheet.unit)
    referral.outcome, referral.answer, referral.document = outcome, answer, document
    referral.answered_on, referral.kept_by = day, by
    referral.save()
    if not referral.bars:
        _go_on(sheet, clock.day_of(referral.at))
    if referral.bars and sheet.state == Sheet.State.OPEN:
        sheet.state = Sheet.State.RETURNED
        sheet.save(update_fields=["state"])
        returned.send(sender=Sheet, sheet=sheet, reason=answer)
    words = f"定密请示已答复：{OUTCOME_LABELS[Outcome(outcome)]}。{answer}"
    tell(sheet, concerned(sheet), "定密请示已答复", words, by=by)
    record("review.answered", sheet.subject, by=by, post=str(post), data={"outcome": outcome})
    return referral


def _go_on(sheet: Sheet, asked_on: date) -> None:
    """The days of waiting were not the reviewers': the review's last day moves by as many."""
    days = calendar(sheet.agency.code)
    waited = days.working_days_between(asked_on, clock.today())
    if sheet.due_on is not None and waited > 0:
        sheet.due_on = days.add_working_days(sheet.due_on, waited).date
        sheet.save(update_fields=["due_on"])
