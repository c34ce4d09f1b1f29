"""What must not happen to an application whatever the day: how often, and how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gongkai.applications.rules.afterwards import GIVEN, WITHHELD
from gongkai.applications.rules.correction import objection_to_act
from gongkai.applications.rules.fees import charge_of, objection_to_fee_event
from gongkai.applications.rules.happenings import (
    consultations,
    facts_of,
    is_waiting,
    open_consultations,
    opinions,
    overruled,
)
from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Act, Happened

_Happened = Sequence[Happened]
_ENDS = frozenset({
    Did.CONSULT_REACHED, Did.CONSULT_ENDED, Did.ORGAN_CONSULT_REACHED, Did.ORGAN_CONSULT_ENDED,
})  # fmt: skip


_HANGS_ON_THE_WHOLE = frozenset({
    Did.CONSULT_STARTED, Did.ORGAN_CONSULT_STARTED, Did.EXTENDED, Did.FEE_CHARGED,
})  # fmt: skip
_OF_FEES = frozenset({
    Did.FEE_CHARGED, Did.FEE_NOTICE_REACHED, Did.FEE_PAID, Did.FEE_CANCELLED, Did.FEE_LAPSED,
})  # fmt: skip


def forbidden(happened: _Happened, kind: str, data: Mapping[str, Any]) -> str:
    """Why an event must not follow these, whichever door it comes through; empty when it may."""
    if objection := objection_to_act(happened, kind):
        return objection
    if kind in _ENDS:
        return _of_unknown(happened, data)
    if kind in _OF_FEES:
        return objection_to_fee_event(happened, kind)
    rule = _RULES.get(kind)
    return rule(happened, data) if rule else ""


def _extension(happened: _Happened, data: Mapping[str, Any]) -> str:
    """Once, and by no more working days than the law allows (条例（2019）第33条)."""
    if any(event.kind == Did.EXTENDED for event in happened):
        return "本件已经延长过一次，不能再延长，请在期限内答复。"
    facts = facts_of(happened)
    if facts is None:
        return ""
    limit = facts.law.period("extension")
    if not 1 <= data["days"] <= limit.days:
        return f"延长天数应为 1 至 {limit}（{limit.article}），请重新填写。"
    return ""


def _rectification(happened: _Happened, data: Mapping[str, Any]) -> str:
    """As often as the law allows: once (条例（2019）第30条); the text of 2007 sets no number."""
    facts = facts_of(happened)
    if (charge := charge_of(happened)) is not None and charge.awaited:
        return "正在等申请人缴费，不能同时要求补正。"
    asked = sum(event.kind == Did.RECTIFICATION_ASKED for event in happened)
    if facts and facts.law.correction_times is not None and asked >= facts.law.correction_times:
        return "本件已经告知过补正；补正后仍不明确的，请按“补正后申请内容仍不明确”答复。"
    return ""


def _while_awaited(happened: _Happened, data: Mapping[str, Any]) -> str:
    """Nobody answers while an opinion that was asked for, or a fee, is still awaited."""
    if (charge := charge_of(happened)) is not None and charge.awaited:
        return "申请人尚未缴纳信息处理费，请先登记缴费、撤回收费通知，或者逾期后不再处理。"
    if open_consultations(happened):
        return "征求意见尚未结束，请先登记对方的意见或逾期未答复。"
    return ""


def _over_an_objection(happened: _Happened, data: Mapping[str, Any]) -> str:
    """What a third party does not want disclosed is not disclosed before it was told why
    (条例（2019）第32条, 条例（2007）第23条).
    """
    if data.get("outcome") == "G1" and (refs := objections_to_answer(happened)):
        told = "应先制发公开决定告知书，写明内容和理由"
        return f"第三方（第 {refs[0]} 次征求意见）不同意公开；要公开的，{told}。"
    return ""


def objections_to_answer(happened: _Happened) -> list[int]:
    """The consultations in which a third party objected and was not told of another decision."""
    asked, told = consultations(happened), overruled(happened)
    return [
        ref for ref, opinion in opinions(happened).items()
        if opinion == "objected" and asked[ref].kind == "third_party" and ref not in told
    ]  # fmt: skip


def _overruling(happened: _Happened, data: Mapping[str, Any]) -> str:
    refs = objections_to_answer(happened)
    if not refs or ("ref" in data and data["ref"] not in refs):
        return "没有第三方不同意公开的意见需要告知，请刷新页面后再看。"
    return ""


def _reasons(happened: _Happened, data: Mapping[str, Any]) -> str:
    if any(event.kind == Did.REASONS_ASKED for event in happened):
        return "本件已经要求说明过理由。"
    return ""


def _reasons_given(happened: _Happened, data: Mapping[str, Any]) -> str:
    kinds = [event.kind for event in happened]
    if Did.REASONS_ASKED not in kinds or Did.REASONS_GIVEN in kinds:
        return "本件没有等待申请人说明的理由，请刷新页面后再看。"
    return ""


def _proactive(happened: _Happened, data: Mapping[str, Any]) -> str:
    """What was given out, once, and under the text that knows it (条例（2019）第44条)."""
    if _outcome(happened) not in GIVEN or not _under_2019(happened):
        return "只有予以公开、部分公开的答复，才决定是否转为主动公开。"
    if any(event.kind == Did.PROACTIVE_DECIDED for event in happened):
        return "本件已经决定过是否转为主动公开。"
    return ""


def _published(happened: _Happened, data: Mapping[str, Any]) -> str:
    if not any("publish_by" in event.data for event in happened):
        return "本件没有决定主动公开的信息。"
    if any(event.kind == Did.PROACTIVE_DONE for event in happened):
        return "本件已经登记过主动公开。"
    return ""


def _look_again(happened: _Happened, data: Mapping[str, Any]) -> str:
    """Whatever was withheld, until it is published (条例（2019）第18条)."""
    if _outcome(happened) not in WITHHELD or not _under_2019(happened):
        return "本件没有不予公开的信息需要复核。"
    if any(event.data.get("keep") is False for event in happened):
        return "本件已经转为公开，不再复核。"
    return ""


def _outcome(happened: _Happened) -> str:
    return next((str(e.data["outcome"]) for e in happened if "outcome" in e.data), "")


def _under_2019(happened: _Happened) -> bool:
    facts = facts_of(happened)
    return facts is not None and facts.law.has("withheld_review")


def _splitting(happened: _Happened, data: Mapping[str, Any]) -> str:
    """Before anything hangs on the whole: what was asked, lengthened or charged cannot be shared
    out among the parts.
    """
    if any(event.kind in _HANGS_ON_THE_WHOLE for event in happened):
        return "本件已经征求意见、延期或者收费，不能再拆分，请在答复中逐项答复。"
    return ""


def _merging(happened: _Happened, data: Mapping[str, Any]) -> str:
    """What is merged away may not leave anybody waiting for it."""
    facts = facts_of(happened)
    if facts is not None and is_waiting(happened, facts):
        return "本件正在征求意见、补正或者等待缴费，请先结束后再合并。"
    return ""


def _of_unknown(happened: _Happened, data: Mapping[str, Any]) -> str:
    if data["ref"] not in open_consultations(happened):
        return "没有这次征求意见，或已经结束，请刷新页面后再看。"
    return ""


_RULES: Mapping[str, Callable[[_Happened, Mapping[str, Any]], str]] = {
    Did.EXTENDED: _extension,
    Did.RECTIFICATION_ASKED: _rectification,
    Did.MERGED: _merging,
    Did.PROACTIVE_DECIDED: _proactive,
    Did.PROACTIVE_DONE: _published,
    Did.WITHHELD_CHECKED: _look_again,
    Did.REASONS_ASKED: _reasons,
    Did.REASONS_GIVEN: _reasons_given,
    Did.SPLIT: _splitting,
    Did.OBJECTION_OVERRULED: _overruling,
    Act.DRAFTED: _while_awaited,
    Act.DISPATCHED: _over_an_objection,
}
