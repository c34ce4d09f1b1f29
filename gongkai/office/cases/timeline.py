"""The events of a case in words: who did what, when, and what it did to the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.agencies.models import Unit, User
from gongkai.applications.rules import CORRECTION_LABELS, WAY_LABELS, Did, Way
from gongkai.cases.models import Case, Event
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import CHANNEL_LABELS, Act, Channel
from gongkai.statute import outcome

_EFFECTS = {
    Act.REGISTERED: "开始计时",
    Did.RECTIFICATION_ASKED: "暂停计时",
    Did.RECTIFIED: "重新计时",
    Did.CONSULT_STARTED: "暂停计时",
    Did.CONSULT_ENDED: "恢复计时",
    Did.ORGAN_CONSULT_STARTED: "暂停计时",
    Did.ORGAN_CONSULT_ENDED: "恢复计时",
    Did.FEE_CHARGED: "暂停计时",
    Did.FEE_PAID: "重新计时",
    Did.FEE_CANCELLED: "恢复计时",
    Did.FEE_LAPSED: "停止计时",
    Act.DISPATCHED: "停止计时",
    Did.ABANDONED: "停止计时",
    Did.MERGED: "停止计时",
    Did.WITHDRAWN: "停止计时",
}
_BY = {"public": "来信人", "applicant": "申请人", "system": "系统"}
_OPINIONS = {"agreed": "同意公开", "objected": "不同意公开", "none": "未答复"}


_SAID: dict[str, Callable[[Any], str]] = {
    "organ": lambda v: f"征求{v}意见",
    "into": lambda v: f"并入 {v}",
    "from": lambda v: f"{v} 并入",
    "to": lambda v: f"另立 {'、'.join(v)}",
    "channel": lambda v: f"渠道：{CHANNEL_LABELS.get(Channel(v), v)}",
    "received_on": lambda v: f"收到日期 {v}",
    "final": lambda v: "由信息办确定，不再退回",
    "note": str,
    "reason": lambda v: f"理由：{v}",
    "what": lambda v: f"补正：{v}",
    "text": lambda v: f"补正：{v}",
    "until": lambda v: f"期限 {v}",
    "late": lambda v: "告知时已超过法定工作日",
    "reasonable": lambda v: "理由合理",
    "answer_by": lambda v: f"应于 {v} 前提交答复",
    "proof": lambda v: f"凭证 {v}",
    "publish_by": lambda v: f"应于 {v} 前公开",
    "index_number": lambda v: f"索引号 {v}",
    "result": lambda v: CORRECTION_LABELS.get(v, ""),
    "opinion": lambda v: _OPINIONS.get(v, ""),
    "way": lambda v: WAY_LABELS[Way(v)],
    "amount": lambda v: f"{v} 元",
    "receipt": lambda v: f"票据 {v}",
    "days": lambda v: f"延长 {v} 个工作日",
    "answered_on": lambda v: f"送达日期 {v}",
    "stars": lambda v: f"{v} 颗星",
}


@dataclass(frozen=True)
class Line:
    """One line of the record."""

    at: datetime
    label: str
    by: str
    post: str
    words: str
    effect: str


def timeline(case: Case) -> list[Line]:
    """The record of a case, newest first; three queries whatever its length."""
    events = list(case.events.order_by("-seq"))
    people = {
        u.username: u.get_full_name()
        for u in User.objects.filter(username__in={e.by for e in events})
    }
    units = dict(Unit.objects.filter(agency=case.agency_id).values_list("pk", "name"))
    labels = machine_of(case.kind).labels
    return [
        Line(
            at=e.at,
            label=labels.get(e.kind, e.kind),
            by=people.get(e.by) or _BY.get(e.by, e.by),
            post=e.post,
            words="；".join(_words(e, units)),
            effect=_effect(e),
        )
        for e in events
    ]


def _words(event: Event, units: dict[int, str]) -> list[str]:
    """What the event's data say, in words; what a kind of event does not carry is left out."""
    data: dict[str, Any] = event.data
    told = [say(data[key]) for key, say in _SAID.items() if data.get(key)]
    if "unit" in data:
        told.insert(0, f"分给{units.get(data['unit'], '')}")
    if code := data.get("outcome") or data.get("proposed"):
        told.append(outcome(code).label)
    return told


def _effect(event: Event) -> str:
    if event.kind == Did.EXTENDED:
        return f"延长{event.data.get('days')}"
    return _EFFECTS.get(event.kind, "")  # type: ignore[call-overload]
