"""What a case shows: its facts without who asked, its drafts, letters and enclosures."""

from __future__ import annotations

from typing import Any

from gongkai import clock
from gongkai.applications.letters import KINDS
from gongkai.applications.rules import (
    CARRIER_LABELS,
    CLASS_LABELS,
    DELIVERY_LABELS,
    UNITS,
    Charge,
    charge_of,
    last_day_to_pay,
)
from gongkai.cases.models import Case, Letter
from gongkai.clock.queries import calendar
from gongkai.office.cases.consulted import asked_in
from gongkai.office.cases.remedy_acts import answering
from gongkai.office.cases.state import happened
from gongkai.statute import law_for


def to_read(case: Case) -> list[tuple[str, str]]:
    """What one must read before one agrees: the answer as it will leave, and its public version."""
    if case.is_application:
        reply = case.replies.select_related("letter").order_by("-version").first()
        return [(reply.get_outcome_display(), reply.letter.text)] if reply else []
    answer = case.answers.order_by("pk").last()
    if answer is None:
        return []
    if not answer.public_answer:
        return [("", answer.text)]
    public = f"来信：{answer.public_question}\n\n答复：{answer.public_answer}"
    return [("发给来信人", answer.text), (f"公开的版本：{answer.public_title}", public)]


def papers_of(case: Case) -> dict[str, Any]:
    """Drafts, answers, letters and enclosures, newest first."""
    papers: dict[str, Any] = {
        "enclosures": case.enclosures.select_related("file"),
        "letters": _letters(case),
    }
    if case.is_application:
        replies = case.replies.select_related("letter", "drafted_by", "sheet")
        replies = replies.prefetch_related("handed_over")
        return {
            **papers,
            "replies": replies,
            "remedies": answering(case),
            "asked": asked_in(case),
        }
    return {
        **papers,
        "answers": case.answers.select_related("collated_by", "sheet").order_by("-pk"),
        "contributions": case.contributions.select_related("unit", "by").order_by("-pk"),
        "rated": getattr(case, "rated", None),
    }


def _letters(case: Case) -> list[Letter]:
    """The letters with the name of their kind."""
    letters = list(case.letters.select_related("file"))
    for letter in letters:
        letter.label = KINDS.get(letter.kind, "")  # type: ignore[attr-defined]
    return letters


def facts_of(case: Case) -> list[tuple[str, Any]]:
    """What is known of the case without who asked."""
    facts: list[tuple[str, Any]] = [
        ("类别", case.get_kind_display()),
        ("渠道", case.get_channel_display()),
        ("提交时间", clock.day_of(case.submitted_at)),
        ("收到日期", case.received_on),
        ("承办单位", case.owner_unit),
        ("内部期限", case.safe_on),
        ("答复日期", case.answered_on),
        ("退回次数", case.returns or None),
    ]
    if case.is_application:
        asked = case.application
        facts += [
            ("申请事项", asked.get_request_display()),
            ("申请人类别", CLASS_LABELS.get(case.party.applicant_class, "")),  # type: ignore[call-overload]
            ("文号或其他特征", asked.features),
            ("获取方式", DELIVERY_LABELS.get(asked.delivery, "")),  # type: ignore[call-overload]
            ("载体", CARRIER_LABELS.get(asked.carrier, "")),  # type: ignore[call-overload]
            ("信息项数", asked.items),
            ("并入", asked.merged_into),
            ("来源", asked.origin),
            ("信息处理费", _fee(case, charge_of(happened(case)))),
        ]
    else:
        message = case.enquiry
        facts += [
            ("问题类别", message.get_topic_display()),
            ("业务条线", message.get_line_display()),
            ("是否同意公开", "同意" if message.consent else "不同意"),
            ("被反映单位", message.target),
            ("评价", f"{case.rating} 颗星" if case.rating else None),
        ]
    return [(label, value) for label, value in facts if value not in (None, "")]


def _fee(case: Case, charge: Charge | None) -> str:
    """What is to be paid, or was, and until when."""
    if charge is None or case.received_on is None:
        return ""
    told = f"{charge.amount} 元（{charge.units} {UNITS[charge.way]}）"
    if charge.paid is not None:
        return f"{told}，{charge.paid} 已缴"
    last = last_day_to_pay(charge, law_for(case.received_on), calendar(case.agency.code))
    return f"{told}，{last} 前缴纳" if last else f"{told}，待登记收到通知的日期"
