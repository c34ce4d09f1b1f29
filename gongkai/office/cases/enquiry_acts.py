"""What may be done with an enquiry, complaint, report or suggestion, and by whom."""

from __future__ import annotations

from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.cases.models import Case
from gongkai.cases.rules import Act as Happening
from gongkai.enquiries import actions
from gongkai.enquiries.queries import is_public
from gongkai.enquiries.rules import UNPUBLISHED
from gongkai.office.acting import Act, Facts, NoFacts, NoteForm, ReasonForm
from gongkai.office.cases.forms import CollateForm, DraftForm, RegisterEnquiryForm, RouteForm
from gongkai.office.cases.joining_acts import TAKE_OVER
from gongkai.office.cases.state import drafts_for, holds, may_agree, possible
from gongkai.review.rules import STATEMENT


def _register(case: Case, user: User, f: Facts) -> None:
    actions.register(
        case, by=user, received_on=f["received_on"], topic=f["topic"], target=f.get("target")
    )


def _collate(case: Case, user: User, f: Facts) -> str:
    public = {name: value or None for name, value in f.items() if name != "text"}
    collated = actions.collate(case, f["text"], by=user, **public)
    if collated.to_settle:
        return (
            f"已保存，但有 {len(collated.to_settle)} 处审查提示须先处理；处理后再点“送领导审核”。"
        )
    return "已送分管局领导审核。"


def _withdrawable(case: Case, user: User) -> bool:
    return possible(case, UNPUBLISHED) and holds(case, user, Duty.ITEM_WITHDRAW) and is_public(case)


ACTS = (
    Act(
        key="register", label="登记", form=RegisterEnquiryForm, button="登记", do=_register,
        may=lambda c, u: possible(c, Happening.REGISTERED) and holds(c, u, Duty.CASE_REGISTER),
    ),
    Act(
        key="route", label="分办", form=RouteForm, button="分给该单位",
        do=lambda c, u, f: actions.route(c, f["unit"], by=u, note=f["note"], final=f["final"]),
        may=lambda c, u: possible(c, Happening.ROUTED) and holds(c, u, Duty.CASE_ROUTE),
    ),
    Act(
        key="draft", label="拟稿", form=DraftForm, button="提交信息办汇总",
        do=lambda c, u, f: actions.draft(c, f["text"], by=u),
        may=lambda c, u: possible(c, Happening.DRAFTED) and drafts_for(c, u),
    ),
    Act(
        key="collate", label="汇总", form=CollateForm, button="送领导审核",
        warning=STATEMENT, do=_collate,
        may=lambda c, u: possible(c, Happening.COLLATED) and holds(c, u, Duty.CASE_COLLATE),
    ),
    Act(
        key="approve", label="审核", form=NoteForm, button="同意",
        do=lambda c, u, f: actions.approve(c, by=u, reason=f["note"]),
        may=lambda c, u: possible(c, Happening.APPROVED)
        and holds(c, u, Duty.CASE_APPROVE) and may_agree(c, u),
    ),
    Act(
        key="dispatch", label="统一答复", form=NoFacts, button="发出答复", told="已答复来信人。",
        do=lambda c, u, f: actions.dispatch(c, by=u),
        may=lambda c, u: possible(c, Happening.DISPATCHED) and holds(c, u, Duty.CASE_COLLATE),
        warning="来信人随即看到答复全文；同意公开的，遮蔽后的答复同时在网站公布。",
    ),
    Act(
        key="send_back", label="退回信息办", form=ReasonForm, button="退回",
        do=lambda c, u, f: actions.send_back(c, by=u, reason=f["reason"]),
        may=lambda c, u: possible(c, Happening.SENT_BACK) and drafts_for(c, u),
    ),
    Act(
        key="redraft", label="退回处室重拟", form=ReasonForm, button="退回重拟",
        do=lambda c, u, f: actions.redraft(c, by=u, reason=f["reason"]),
        may=lambda c, u: possible(c, Happening.REDRAFT) and holds(c, u, Duty.CASE_COLLATE),
    ),
    Act(
        key="refuse", label="退回信息办修改", form=ReasonForm, button="退回",
        do=lambda c, u, f: actions.refuse(c, by=u, reason=f["reason"]),
        may=lambda c, u: possible(c, Happening.REFUSED) and holds(c, u, Duty.CASE_APPROVE),
    ),
    TAKE_OVER,
    Act(
        key="remind", label="催办", form=NoteForm, button="催办",
        do=lambda c, u, f: actions.remind(c, by=u, note=f["note"]),
        may=lambda c, u: possible(c, Happening.REMINDED) and holds(c, u, Duty.CASE_ROUTE),
    ),
    Act(
        key="withdraw_public", label="撤回公开答复", form=ReasonForm, button="撤回公开",
        do=lambda c, u, f: actions.withdraw_public(c, by=u, reason=f["reason"]), may=_withdrawable,
        warning="公开的答复从网站撤下；来信人仍能看到自己的答复。",
    ),
)  # fmt: skip
