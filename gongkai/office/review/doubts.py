"""What is done in doubt: asking the secrecy administration, and what was secret once."""

from __future__ import annotations

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.office.acting import Act, Facts
from gongkai.office.review.forms import (
    AnswerForm,
    FormerSecretForm,
    LookAgainForm,
    ReferForm,
    RetractForm,
)
from gongkai.office.review.shown import may_settle, page_of
from gongkai.refusal import Refused
from gongkai.review import actions
from gongkai.review.drafts import keep_answer_about
from gongkai.review.models import Sheet
from gongkai.review.queries import duty_to_settle, former_secret_of, open_referral


def _answer(sheet: Sheet, user: User, facts: Facts) -> None:
    referral = open_referral(sheet.subject)
    if referral is None:
        raise Refused("本件没有等待答复的请示，请刷新页面后再看。")
    keep_answer_about(page_of(sheet), referral, by=user, **facts)


def _may_answer(sheet: Sheet, user: User) -> bool:
    asked = open_referral(sheet.subject)
    return asked is not None and may(user, duty_to_settle(sheet), sheet.agency, sheet.unit)


def _may_declare(sheet: Sheet, user: User) -> bool:
    if sheet.state != Sheet.State.OPEN:
        return False
    known = former_secret_of(sheet)
    settled = known is not None and known.second_id is not None
    return not settled and (user.pk == sheet.drafter_id or may_settle(sheet, user))


def _may_retract(sheet: Sheet, user: User) -> bool:
    known = former_secret_of(sheet)
    if known is None or known.second_id is not None or sheet.state != Sheet.State.OPEN:
        return False
    return user.pk not in {sheet.drafter_id, known.by_id} and may_settle(sheet, user)


def _may_look_again(sheet: Sheet, user: User) -> bool:
    known = former_secret_of(sheet)
    if known is None or known.second_id is not None or sheet.state != Sheet.State.OPEN:
        return False
    if user.pk in {sheet.drafter_id, known.by_id} or not known.declassified_on:
        return False
    duties = (Duty.REVIEW_SECRECY, duty_to_settle(sheet))
    return any(may(user, duty, sheet.agency, sheet.unit) for duty in duties)


DOUBTS = [
    Act(
        key="refer", label="拿不准，报保密行政管理部门确定", form=ReferForm, button="登记请示",
        told="已登记请示；答复前任何人不能同意公开。",
        do=lambda s, u, f: actions.refer(s, by=u, **f),
        may=lambda s, u: may_settle(s, u) and open_referral(s.subject) is None,
    ),
    Act(
        key="answer", label="登记保密行政管理部门的答复", form=AnswerForm, button="登记答复",
        told="已登记答复。", do=_answer, may=_may_answer,
    ),
    Act(
        key="former", label="本件原为涉密信息", form=FormerSecretForm, button="登记解密情况",
        told="已登记；还须另一人复核解密情况。",
        do=lambda s, u, f: actions.declare_former_secret(s, by=u, **f), may=_may_declare,
    ),
    Act(
        key="again", label="复核解密情况", form=LookAgainForm, button="复核无误",
        told="已记录复核意见。",
        do=lambda s, u, f: actions.look_again(s, by=u, opinion=f["opinion"]), may=_may_look_again,
    ),
    Act(
        key="retract", label="撤销误登的解密情况", form=RetractForm, button="撤销登记",
        told="已撤销登记，原登记和理由留在操作记录中。",
        do=lambda s, u, f: actions.retract_former_secret(s, by=u, **f), may=_may_retract,
    ),
]  # fmt: skip
