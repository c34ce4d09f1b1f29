"""What may be done with an application for disclosure, and by whom."""

from __future__ import annotations

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.rules import Did
from gongkai.cases.models import Case
from gongkai.cases.rules import Act as Happening
from gongkai.files.actions import store
from gongkai.office.acting import Act, Facts, NoteForm, ReasonForm
from gongkai.office.cases import (
    after_acts,
    correction_acts,
    excess_acts,
    fee_acts,
    forms,
    joining_acts,
    remedy_acts,
)
from gongkai.office.cases.replying import ReplyForm
from gongkai.office.cases.state import drafts_for, holds, may_agree, open_refs, possible
from gongkai.review.rules import STATEMENT


def _register(case: Case, user: User, f: Facts) -> str:
    actions.register(
        case, by=user, received_on=f["received_on"], acknowledge=bool(f["acknowledge"])
    )
    return f"已登记，答复期限 {case.due_on}。"


def _draft(case: Case, user: User, f: Facts) -> str:
    with transaction.atomic():
        files = [
            store(upload.read(), upload.name, agency=case.agency, by=user) for upload in f["files"]
        ]
        reply = actions.draft_reply(
            case, by=user, outcome=f["outcome"], text=f["text"], grounds=f["grounds"],
            article=f["article"], search_record=f["search_record"],
            handed_over=[*f.get("kept", ()), *files],
        )  # fmt: skip
    return f"已成稿 {reply.letter.number}，送信息办汇总。"


def _rectify(case: Case, user: User, f: Facts) -> None:
    actions.ask_rectification(
        case, by=user, what=f["what"], until=f["until"], how=f["how"], proof=f["proof"]
    )


def _extend(case: Case, user: User, f: Facts) -> str:
    actions.extend(
        case, by=user, days=f["days"], reason=f["reason"], how=f["how"], proof=f["proof"]
    )
    return f"已延长，答复期限改为 {case.due_on}。"


def _end(case: Case, user: User, f: Facts) -> None:
    actions.end_consultation(case, f["ref"], by=user, day=f["day"], opinion=f["opinion"])


def _office(case: Case, user: User) -> bool:
    return holds(case, user, Duty.CASE_REGISTER)


def _handles(case: Case, user: User) -> bool:
    return drafts_for(case, user) or holds(case, user, Duty.CASE_ROUTE)


def _day(f: Facts) -> Facts:
    return {"day": f["day"] or clock.today()}


ACTS = (
    Act(
        key="register", label="登记", form=forms.RegisterApplicationForm, button="登记",
        do=_register, may=lambda c, u: possible(c, Happening.REGISTERED) and _office(c, u),
    ),
    Act(
        key="route", label="分办", form=forms.RouteForm, button="分给该单位",
        do=lambda c, u, f: actions.route(c, f["unit"], by=u, note=f["note"], final=f["final"]),
        may=lambda c, u: possible(c, Happening.ROUTED) and holds(c, u, Duty.CASE_ROUTE),
    ),
    Act(
        key="draft", label="拟答复稿", form=ReplyForm, button="成稿并送信息办", do=_draft,
        may=lambda c, u: possible(c, Happening.DRAFTED) and drafts_for(c, u),
    ),
    correction_acts.DECIDE,
    Act(
        key="collate", label="汇总", form=NoteForm, button="同意并送领导审核", warning=STATEMENT,
        do=lambda c, u, f: actions.collate(c, by=u, note=f["note"]),
        may=lambda c, u: possible(c, Happening.COLLATED)
        and holds(c, u, Duty.CASE_COLLATE) and may_agree(c, u),
    ),
    Act(
        key="approve", label="审核", form=NoteForm, button="同意",
        do=lambda c, u, f: actions.approve(c, by=u, note=f["note"]),
        may=lambda c, u: possible(c, Happening.APPROVED)
        and holds(c, u, Duty.CASE_APPROVE) and may_agree(c, u),
    ),
    Act(
        key="overrule", label="告知第三方决定公开", form=forms.OverruleForm,
        button="制发公开决定告知书",
        do=lambda c, u, f: actions.overrule_objection(c, f.pop("ref"), by=u, **f),
        may=lambda c, u: possible(c, Did.OBJECTION_OVERRULED) and holds(c, u, Duty.CASE_COLLATE)
        and c.replies.order_by("-version").values_list("outcome", flat=True).first() == "G1",
        warning="第三方不同意公开，而本机关决定公开的，先书面告知第三方，再送达答复书。",
    ),
    Act(
        key="dispatch", label="送达答复书", form=forms.DispatchForm, button="登记送达",
        told="已登记送达，本件已答复。",
        do=lambda c, u, f: actions.dispatch(c, by=u, how=f["how"], proof=f["proof"], **_day(f)),
        may=lambda c, u: possible(c, Happening.DISPATCHED) and holds(c, u, Duty.CASE_COLLATE),
    ),
    Act(
        key="rectified", label="收到补正", form=forms.RectifiedForm, button="登记补正",
        do=lambda c, u, f: actions.receive_rectification(
            c, by=u, text=f["text"], received_on=f["received_on"]
        ),
        may=lambda c, u: possible(c, Did.RECTIFIED) and _office(c, u),
    ),
    Act(
        key="abandon", label="逾期不补正，不再处理", form=ReasonForm, button="不再处理",
        do=lambda c, u, f: actions.abandon(c, by=u, reason=f["reason"]),
        may=lambda c, u: possible(c, Did.ABANDONED) and _office(c, u),
    ),
    *fee_acts.ACTS[:-1],
    *excess_acts.ACTS[:-1],
    Act(
        key="consult_reached", label="对方收到征求意见书", form=forms.OfConsultation,
        button="登记送达",
        do=lambda c, u, f: actions.note_consultation_received(c, f["ref"], by=u, day=f["day"]),
        may=lambda c, u: bool(open_refs(c)) and _handles(c, u),
    ),
    Act(
        key="consult_end", label="登记征求到的意见", form=forms.EndConsultationForm,
        button="登记意见", do=_end, may=lambda c, u: bool(open_refs(c)) and _handles(c, u),
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
    Act(
        key="rectify", label="告知补正", form=forms.RectificationForm, button="制发补正告知书",
        do=_rectify, may=lambda c, u: possible(c, Did.RECTIFICATION_ASKED) and _office(c, u),
    ),
    Act(
        key="consult", label="征求意见", form=forms.ConsultForm, button="制发征求意见书",
        do=lambda c, u, f: actions.start_consultation(c, by=u, **f),
        may=lambda c, u: possible(c, Did.CONSULT_STARTED) and _handles(c, u),
    ),
    Act(
        key="extend", label="延长答复期限", form=forms.ExtensionForm, button="制发延期告知书",
        do=_extend,
        may=lambda c, u: possible(c, Did.EXTENDED, {"days": 1})
        and holds(c, u, Duty.CASE_ROUTE),
    ),
    fee_acts.ACTS[-1],
    *excess_acts.ACTS[-1:],
    *joining_acts.ACTS,
    Act(
        key="remind", label="催办", form=NoteForm, button="催办",
        do=lambda c, u, f: actions.remind(c, by=u, note=f["note"]),
        may=lambda c, u: possible(c, Happening.REMINDED) and holds(c, u, Duty.CASE_ROUTE),
    ),
    Act(
        key="withdraw", label="申请人撤回", form=ReasonForm, button="登记撤回",
        do=lambda c, u, f: actions.withdraw(c, by=u, reason=f["reason"]),
        may=lambda c, u: possible(c, Did.WITHDRAWN) and _office(c, u),
        warning="登记后本件即办结。写明申请人以何种方式撤回，例如“2026年3月5日来电”。",
    ),
    *after_acts.ACTS,
    *remedy_acts.ACTS,
)  # fmt: skip
