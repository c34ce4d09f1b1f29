"""What must not happen to an application whatever the day: how often, and how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gongkai.applications.rules.happenings import facts_of, open_consultations
from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Act, Happened

_Happened = Sequence[Happened]
_ENDS = frozenset({
    Did.CONSULT_REACHED, Did.CONSULT_ENDED, Did.ORGAN_CONSULT_REACHED, Did.ORGAN_CONSULT_ENDED,
})  # fmt: skip


def forbidden(happened: _Happened, kind: str, data: Mapping[str, Any]) -> str:
    """Why an event must not follow these, whichever door it comes through; empty when it may."""
    if kind in _ENDS:
        return _of_unknown(happened, data)
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
    asked = sum(event.kind == Did.RECTIFICATION_ASKED for event in happened)
    if facts and facts.law.correction_times is not None and asked >= facts.law.correction_times:
        return "本件已经告知过补正；补正后仍不明确的，请按“补正后申请内容仍不明确”答复。"
    return ""


def _while_awaited(happened: _Happened, data: Mapping[str, Any]) -> str:
    """Nobody answers while an opinion that was asked for is still awaited."""
    if open_consultations(happened):
        return "征求意见尚未结束，请先登记对方的意见或逾期未答复。"
    return ""


def _of_unknown(happened: _Happened, data: Mapping[str, Any]) -> str:
    if data["ref"] not in open_consultations(happened):
        return "没有这次征求意见，或已经结束，请刷新页面后再看。"
    return ""


_RULES: Mapping[str, Callable[[_Happened, Mapping[str, Any]], str]] = {
    Did.EXTENDED: _extension,
    Did.RECTIFICATION_ASKED: _rectification,
    Act.DRAFTED: _while_awaited,
}
