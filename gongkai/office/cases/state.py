"""What a case is like now, as far as the desk needs it: its events, its sheet, whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.applications.rules import (
    consultations,
    objections_to_answer,
    open_consultations,
)
from gongkai.cases.models import Case
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import Happened, Stage, fold, objection
from gongkai.review.models import Sheet
from gongkai.review.queries import may_decide

NEXT = {
    Stage.SUBMITTED: "信息办登记收到日期",
    Stage.REGISTERED: "信息办分给承办单位",
    Stage.ROUTED: "承办单位拟稿，或说明理由退回",
    Stage.DRAFTED: "信息办汇总，或退回重拟",
    Stage.COLLATED: "分管局领导审核",
    Stage.APPROVED: "信息办统一答复",
    Stage.RECTIFYING: "等申请人补正",
    Stage.ANSWERED: "已答复，等来信人评价",
    Stage.CLOSED: "无",
}
_ASKED = {"third_party": "第三方", "organ": "其他机关"}


def happened(case: Case) -> tuple[Happened, ...]:
    """The events of a case, oldest first; asked for once a request."""
    known: tuple[Happened, ...] | None = getattr(case, "_desk_happened", None)
    if known is None:
        known = tuple(event.happened() for event in case.events.order_by("seq"))
        case._desk_happened = known  # type: ignore[attr-defined]
    return known


def possible(case: Case, kind: str, data: Mapping[str, Any] | None = None) -> bool:
    """Whether the case's machine provides for an event of this kind now."""
    machine = machine_of(case.kind)
    events = happened(case)
    if objection(fold(events, machine), kind, machine):
        return False
    return not machine.forbids(events, kind, data or {})


def holds(case: Case, user: User, *duties: Duty) -> bool:
    """Whether the person's posts carry one of the duties for the case's unit.

    Asked for once a duty: every act of the page asks.
    """
    known: dict[tuple[Any, ...], bool] = case.__dict__.setdefault("_desk_holds", {})

    def carries(duty: Duty) -> bool:
        key = (user.pk, duty, case.owner_unit_id)
        if key not in known:
            known[key] = may(user, duty, case.agency, case.owner_unit)
        return known[key]

    return any(carries(duty) for duty in duties)


def drafts_for(case: Case, user: User) -> bool:
    """Whether the person drafts for the unit that has the case now."""
    return case.owner_unit is not None and holds(case, user, Duty.CASE_DRAFT)


def current_sheet(case: Case) -> Sheet | None:
    """The review sheet of the newest draft of the answer; asked for once a request."""
    if "_desk_sheet" not in case.__dict__:
        rows = case.replies if case.is_application else case.answers
        related = ("sheet__agency", "sheet__unit", "sheet__drafter")
        last = rows.select_related(*related).prefetch_related("sheet__decisions__by")
        newest = last.order_by("pk").last()
        case.__dict__["_desk_sheet"] = newest.sheet if newest is not None else None
    found: Sheet | None = case.__dict__["_desk_sheet"]
    return found


def may_agree(case: Case, user: User) -> bool:
    """Four eyes: the sheet takes this person's decision, or has it already from the review desk."""
    sheet = current_sheet(case)
    if sheet is None or sheet.state == Sheet.State.APPROVED:
        return True
    return sheet.state == Sheet.State.OPEN and may_decide(user, sheet)


def objected_refs(case: Case) -> list[tuple[int, str]]:
    """The consultations whose objection stands in the way of the reply, for a list."""
    asked = consultations(happened(case))
    return [
        (ref, f"第 {ref} 次（第三方，{asked[ref].sent} 发出）")
        for ref in objections_to_answer(happened(case))
    ]


def open_refs(case: Case) -> list[tuple[int, str]]:
    """The consultations whose opinion is awaited, for a list."""
    return [
        (ref, f"第 {ref} 次（{_ASKED[asked.kind]}，{asked.sent} 发出）")
        for ref, asked in open_consultations(happened(case)).items()
    ]
