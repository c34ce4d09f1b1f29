"""What a finding's events mean, how an assessment adds up, what a suggestion needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class RuleKind(StrEnum):
    """The five rules (五项工作制度)."""

    DISCLOSURE = "disclosure"
    CONFIDENTIALITY = "confidentiality"
    SUBMISSION = "submission"
    ASSESSMENT = "assessment"
    ACCOUNTABILITY = "accountability"


RULE_LABELS = {
    RuleKind.DISCLOSURE: "政务信息公开",
    RuleKind.CONFIDENTIALITY: "信息公开保密审查",
    RuleKind.SUBMISSION: "信息公开材料报送",
    RuleKind.ASSESSMENT: "信息公开考核评议",
    RuleKind.ACCOUNTABILITY: "违反信息公开规定责任追究",
}


class Source(StrEnum):
    """Who watches: the bureau's own offices, or the public."""

    INTERNAL = "internal"
    EXTERNAL = "external"


SOURCE_LABELS = {Source.INTERNAL: "内部监督", Source.EXTERNAL: "外部监督"}


class Act(StrEnum):
    """What can happen to a finding."""

    OPENED = "opened"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REOPENED = "reopened"


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


ACT_LABELS = {
    Act.OPENED: "提出",
    Act.ANSWERED: "报告整改",
    Act.ACCEPTED: "复查通过",
    Act.REOPENED: "退回继续整改",
}
STATE_LABELS = {State.OPEN: "待整改", State.ANSWERED: "待复查", State.CLOSED: "已整改"}

_BECOMES = {
    Act.OPENED: State.OPEN,
    Act.ANSWERED: State.ANSWERED,
    Act.ACCEPTED: State.CLOSED,
    Act.REOPENED: State.OPEN,
}
_FROM = {
    Act.ANSWERED: frozenset({State.OPEN}),
    Act.ACCEPTED: frozenset({State.ANSWERED}),
    Act.REOPENED: frozenset({State.ANSWERED, State.CLOSED}),
}


def fold(acts: Iterable[str]) -> State | None:
    """The state of a finding after these acts, oldest first; None before the first.

    Raises ValueError on a sequence that the actions would not have let happen.
    """
    state: State | None = None
    for act in map(Act, acts):
        if act == Act.OPENED and state is not None:
            raise ValueError("opened twice")
        if act != Act.OPENED and state not in _FROM[act]:
            raise ValueError(f"{act} while {state}")
        state = _BECOMES[act]
    return state


def objection_to_act(state: State, act: Act, text: str) -> str:
    """Why an act cannot happen to a finding in this state, in Chinese; empty when it can."""
    if state not in _FROM[act]:
        return f"此项现为“{STATE_LABELS[state]}”，不能{ACT_LABELS[act]}，请刷新页面。"
    if act == Act.ANSWERED and not text.strip():
        return "请写明怎样整改、何时完成。"
    if act == Act.REOPENED and not text.strip():
        return "请写明还差什么，责任处室会看到。"
    return ""


def is_overdue(state: State | None, due: date, on: date) -> bool:
    """A finding is overdue when its day has passed and nobody accepted the remedy."""
    return state != State.CLOSED and on > due


FULL_SCORE = 100


def score(deductions: Iterable[int]) -> int:
    """Points left of a hundred, never below zero."""
    return max(0, FULL_SCORE - sum(deductions))


def objection_to_deduction(points: int, row: str, reason: str) -> str:
    """Why a deduction does not stand, in Chinese; empty when it does. None without a row."""
    if not 0 < points <= FULL_SCORE:
        return f"扣分应为 1 至 {FULL_SCORE} 的整数。"
    if not row.strip() or not reason.strip():
        return "每一处扣分都要写明理由，并指明所依据的条目（信息、办件或问题编号）。"
    return ""


def number(prefix: str, year: int, serial: int) -> str:
    """A readable number: ``JD-2014-003``."""
    return f"{prefix}-{year}-{serial:03}"
