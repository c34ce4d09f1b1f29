"""What a person may do with a sheet: settle a finding, agree, return, and what lies around it."""

from __future__ import annotations

from gongkai.agencies.models import User
from gongkai.office.acting import Act, Facts, by_key
from gongkai.office.review.doubts import DOUBTS
from gongkai.office.review.drafting import DRAFTING
from gongkai.office.review.forms import ApproveForm, ReturnForm, SettleForm
from gongkai.office.review.shown import may_settle, page_of
from gongkai.refusal import Refused
from gongkai.review import actions
from gongkai.review.models import Sheet
from gongkai.review.pages import decide_page
from gongkai.review.queries import findings_of, may_decide, obstacles, open_findings
from gongkai.review.rules import STATEMENT, Verdict


def _decide(sheet: Sheet, user: User, verdict: Verdict, reason: str) -> None:
    page = page_of(sheet)
    if page is None:
        raise Refused("请到案件页面办理本件的答复。")
    state = page.current_workflow_state
    revision = state.current_task_state.revision if state and state.current_task_state else None
    if revision is None or revision.as_object().content_hash() != sheet.content_hash:
        raise Refused("送审的已不是这一版内容，请打开最新的审查表。")
    decide_page(page, verdict, by=user, reason=reason)


def _settle(sheet: Sheet, user: User, facts: Facts) -> str:
    settlement = actions.settle(sheet, facts["finding"], reason=facts["reason"], by=user)
    needs = next(f for f in findings_of(sheet) if f["key"] == settlement.finding)
    if needs["settled"]:
        return "已记录处理理由。"
    return "已记录处理理由；这一类提示还须另一人复核同意。"


def _may_approve(sheet: Sheet, user: User) -> bool:
    free = not open_findings(sheet) and not obstacles(sheet)
    return may_decide(user, sheet) and free and page_of(sheet) is not None


ACTS = by_key([
    Act(
        key="settle", label="处理提示", form=SettleForm, button="记录理由",
        do=_settle, may=may_settle,
    ),
    Act(
        key="approve", label="同意", form=ApproveForm, button="同意", told="已同意。",
        warning=STATEMENT,
        do=lambda s, u, f: _decide(s, u, Verdict.APPROVE, f["reason"]), may=_may_approve,
    ),
    Act(
        key="return", label="退回修改", form=ReturnForm, button="退回", told="已退回起草人。",
        do=lambda s, u, f: _decide(s, u, Verdict.RETURN, f["reason"]),
        may=lambda s, u: may_decide(u, s) and page_of(s) is not None,
    ),
    *DOUBTS,
    *DRAFTING,
])  # fmt: skip
