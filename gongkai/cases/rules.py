"""What a case is: the fold of its events. Transitions are data; nobody sets a status. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from gongkai import statute
from gongkai.clock.rules import Calendar


class Kind(StrEnum):
    """What the citizen asks for."""

    APPLICATION = "application"
    ENQUIRY = "enquiry"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"


KIND_LABELS = {
    Kind.APPLICATION: "依申请公开",
    Kind.ENQUIRY: "咨询",
    Kind.COMPLAINT: "投诉",
    Kind.REPORT: "举报",
    Kind.SUGGESTION: "建议",
}
NUMBER_PREFIX = {
    Kind.APPLICATION: "SQ",
    Kind.ENQUIRY: "ZX",
    Kind.COMPLAINT: "TS",
    Kind.REPORT: "JB",
    Kind.SUGGESTION: "JY",
}


class Channel(StrEnum):
    """How a case came in; the law counts from different days by channel."""

    ONLINE = "online"
    CITY_PLATFORM = "city_platform"
    IN_PERSON = "in_person"
    REGISTERED_MAIL = "registered_mail"
    ORDINARY_MAIL = "ordinary_mail"
    EMAIL = "email"
    FAX = "fax"
    PHONE = "phone"


CHANNEL_LABELS = {
    Channel.ONLINE: "网上",
    Channel.CITY_PLATFORM: "市政府网站平台转来",
    Channel.IN_PERSON: "当面",
    Channel.REGISTERED_MAIL: "挂号信、特快专递",
    Channel.ORDINARY_MAIL: "平信",
    Channel.EMAIL: "电子邮件",
    Channel.FAX: "传真",
    Channel.PHONE: "电话",
}


class Stage(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    REGISTERED = "registered"
    ROUTED = "routed"
    DRAFTED = "drafted"
    COLLATED = "collated"
    APPROVED = "approved"
    RECTIFYING = "rectifying"
    ANSWERED = "answered"
    CLOSED = "closed"


STAGE_LABELS = {
    Stage.SUBMITTED: "待信息办登记",
    Stage.REGISTERED: "待分办",
    Stage.ROUTED: "承办单位办理",
    Stage.DRAFTED: "待信息办汇总",
    Stage.COLLATED: "待分管局领导审核",
    Stage.APPROVED: "待统一答复",
    Stage.RECTIFYING: "等待申请人补正",
    Stage.ANSWERED: "已答复",
    Stage.CLOSED: "已办结",
}
PUBLIC_LABELS = {
    Stage.SUBMITTED: "已收到",
    Stage.REGISTERED: "已收到",
    Stage.RECTIFYING: "待您补正",
    Stage.ANSWERED: "已答复",
    Stage.CLOSED: "已办结",
}
FINISHED = frozenset({Stage.ANSWERED, Stage.CLOSED})


class Act(StrEnum):
    """The kinds of events that every case knows; rooms add their own."""

    SUBMITTED = "submitted"
    REGISTERED = "registered"
    ROUTED = "routed"
    SENT_BACK = "sent_back"
    DRAFTED = "drafted"
    REDRAFT = "redraft"
    COLLATED = "collated"
    REFUSED = "refused"
    APPROVED = "approved"
    DISPATCHED = "dispatched"
    RATED = "rated"
    PUBLISHED = "published"
    CLOSED = "closed"
    REMINDED = "reminded"


ACT_LABELS = {
    Act.SUBMITTED: "提交",
    Act.REGISTERED: "登记",
    Act.ROUTED: "分办",
    Act.SENT_BACK: "退回信息办",
    Act.DRAFTED: "处室拟稿",
    Act.REDRAFT: "退回处室重拟",
    Act.COLLATED: "信息办汇总",
    Act.REFUSED: "局领导退回",
    Act.APPROVED: "局领导审核同意",
    Act.DISPATCHED: "统一答复",
    Act.RATED: "评价",
    Act.PUBLISHED: "公开答复",
    Act.CLOSED: "办结",
    Act.REMINDED: "催办",
}

Transitions = Mapping[Stage, Mapping[str, Stage]]

# The way of the bureau's report: received, routed, drafted by the liaison, collated by the
# information office, approved by the leader in charge, answered in one voice.
SHARED: Transitions = {
    Stage.SUBMITTED: {Act.REGISTERED: Stage.REGISTERED},
    Stage.REGISTERED: {Act.ROUTED: Stage.ROUTED, Act.CLOSED: Stage.CLOSED},
    Stage.ROUTED: {
        Act.SENT_BACK: Stage.REGISTERED,
        Act.DRAFTED: Stage.DRAFTED,
        Act.REMINDED: Stage.ROUTED,
    },
    Stage.DRAFTED: {Act.REDRAFT: Stage.ROUTED, Act.COLLATED: Stage.COLLATED},
    Stage.COLLATED: {Act.REFUSED: Stage.DRAFTED, Act.APPROVED: Stage.APPROVED},
    Stage.APPROVED: {Act.DISPATCHED: Stage.ANSWERED},
    Stage.ANSWERED: {
        Act.RATED: Stage.ANSWERED,
        Act.PUBLISHED: Stage.ANSWERED,
        Act.CLOSED: Stage.CLOSED,
    },
}

# After so many returns between units the information office decides, and its word stands.
MOST_RETURNS = statute.limit("returns_between_units").value


@dataclass(frozen=True)
class Happened:
    """One event as the fold sees it."""

    kind: str
    at: datetime
    day: date
    by: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clock:
    """What the clock of a case says: legal and safe due date, and how they were counted."""

    due_on: date | None = None
    safe_on: date | None = None
    provisional: bool = False
    paused: bool = False
    trace: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """The fold of a case's events."""

    stage: Stage | None = None
    owner_unit: int | None = None
    returns: int = 0
    final_routing: bool = False
    received_on: date | None = None
    answered_on: date | None = None
    outcome: str = ""
    rating: int | None = None


def _nothing(happened: tuple[Happened, ...], kind: str, data: Mapping[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class Machine:
    """What a kind of case may do, and how its clock runs.

    ``forbids`` says in Chinese why an event with this data must not follow those that happened,
    whichever door it comes from; empty when it may.
    """

    transitions: Transitions
    clock: Callable[[tuple[Happened, ...], Calendar], Clock]
    labels: Mapping[str, str]
    forbids: Callable[[tuple[Happened, ...], str, Mapping[str, Any]], str] = _nothing


def fold(events: Iterable[Happened], machine: Machine) -> State:
    """The state that the events add up to; raises ValueError on a sequence that cannot be."""
    state = State()
    for event in events:
        state = step(state, event, machine)
    return state


def step(state: State, event: Happened, machine: Machine) -> State:
    """The state after one more event."""
    if state.stage is None:
        if event.kind != Act.SUBMITTED:
            raise ValueError(f"a case begins with its submission, not with {event.kind}")
        return replace(state, stage=Stage.SUBMITTED)
    to = machine.transitions.get(state.stage, {}).get(event.kind)
    if to is None:
        raise ValueError(f"{event.kind} is not provided for at {state.stage}")
    return replace(state, stage=to, **_told_by(event, state))


def _told_by(event: Happened, state: State) -> dict[str, Any]:
    """What an event changes beside the stage."""
    data = event.data
    match event.kind:
        case Act.REGISTERED:
            return {"received_on": date.fromisoformat(data["received_on"])}
        case Act.ROUTED:
            return {"owner_unit": data["unit"], "final_routing": data.get("final", False)}
        case Act.SENT_BACK:
            return {"returns": state.returns + 1, "owner_unit": None}
        case Act.DISPATCHED:
            return _result(event)
        case Act.RATED:
            return {"rating": data["stars"]}
    return _result(event) if "outcome" in data else {}


def _result(event: Happened) -> dict[str, Any]:
    """A result ends the matter, with or without an answer; proof of dispatch may name its day."""
    told = event.data.get("answered_on")
    day = date.fromisoformat(told) if told else event.day
    return {"answered_on": day, "outcome": event.data.get("outcome", "")}


def objection(state: State, kind: str, machine: Machine) -> str:
    """Why an event of this kind cannot happen now, in Chinese; empty when it can."""
    if state.stage is None:
        return "" if kind == Act.SUBMITTED else "本件尚未提交。"
    if kind not in machine.transitions.get(state.stage, {}):
        label = machine.labels.get(kind, kind)
        return f"本件现在是“{STAGE_LABELS[state.stage]}”，不能办理“{label}”，请刷新页面后再看。"
    if kind == Act.SENT_BACK and (state.final_routing or state.returns >= MOST_RETURNS):
        return "本件已由信息办确定承办单位，不能再退回；如有困难请直接与信息办联系。"
    if kind == Act.RATED and state.rating is not None:
        return "本件已经评价过，谢谢。"
    return ""


class Lamp(StrEnum):
    """How near the due date is."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    GREY = "grey"
    DONE = "done"


LAMP_SHAPES = {
    Lamp.GREEN: "○",
    Lamp.YELLOW: "◐",
    Lamp.ORANGE: "●",
    Lamp.RED: "▲",
    Lamp.GREY: "‖",
    Lamp.DONE: "✓",
}


def lamp_limits(on: date) -> tuple[int, int]:
    """Working days left at which the lamp turns yellow and orange."""
    return statute.period("lamp_yellow", on).days, statute.period("lamp_orange", on).days


def lamp(clock: Clock, stage: Stage, today: date, calendar: Calendar) -> tuple[Lamp, str]:
    """The lamp and its words: shape and words carry the meaning, colour only helps."""
    if stage in FINISHED:
        return Lamp.DONE, "已办结"
    if clock.paused:
        return Lamp.GREY, "暂停计时"
    if clock.due_on is None:
        return Lamp.YELLOW, "待登记计时"
    if today > clock.due_on:
        return Lamp.RED, f"逾期{calendar.working_days_between(clock.due_on, today)}个工作日"
    left = calendar.working_days_between(today, clock.due_on)
    words = f"剩{left}个工作日" if left else "今天到期"
    soon, very_soon = lamp_limits(today)
    if left > soon:
        return Lamp.GREEN, words
    return (Lamp.YELLOW, words) if left > very_soon else (Lamp.ORANGE, words)
