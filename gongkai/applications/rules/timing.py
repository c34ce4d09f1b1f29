"""What still may be done today, by the law's periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.applications.deadlines import Facts, reply_deadline
from gongkai.applications.rules.happenings import facts_of, is_waiting
from gongkai.applications.rules.limits import forbidden
from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Happened
from gongkai.clock.rules import Calendar
from gongkai.refusal import Refused


def _facts(events: Sequence[Happened], as_of: date) -> Facts:
    facts = facts_of(events, as_of)
    if facts is None:
        raise Refused("本件尚未登记收到日期，请先登记。")
    return facts


def objection_to_extension(
    events: Sequence[Happened], calendar: Calendar, days: int, today: date
) -> str:
    """Why the period cannot be extended; empty when it can.

    Once, on or before the day on which it ends, by no more than the law allows (working days).
    """
    facts = _facts(events, today)
    if objection := forbidden(events, Did.EXTENDED, {"days": days}):
        return objection
    due = reply_deadline(calendar, facts, today).base
    if not is_waiting(events, facts) and today > due:
        return f"答复期限已于 {due} 届满，不能再延长，请尽快答复。"
    return ""


def objection_to_rectification(
    events: Sequence[Happened], calendar: Calendar, until: date, today: date
) -> str:
    """Why rectification cannot be asked; empty when it can. A late notice is told, not refused."""
    _facts(events, today)
    if objection := forbidden(events, Did.RECTIFICATION_ASKED, {}):
        return objection
    if calendar.working_days_between(today, until) < 1:
        return "补正期限应在今天之后，并留出合理时间，请重新填写。"
    return ""


def objection_to_abandoning(events: Sequence[Happened], today: date) -> str:
    """Why an application cannot yet be given up for want of rectification (条例（2019）第30条)."""
    notice = next(e for e in reversed(events) if e.kind == Did.RECTIFICATION_ASKED)
    until = date.fromisoformat(notice.data["until"])
    if today <= until:
        return f"补正期限至 {until} 届满，届满前不能作放弃申请处理。"
    return ""


def objection_to_consulting(
    events: Sequence[Happened],
    calendar: Calendar,
    today: date,
    late: str = "不能再征求意见",
) -> str:
    """Why nobody can be asked for an opinion, or a fee, any more: the letter must go out within
    the period.
    """
    facts = _facts(events, today)
    due = reply_deadline(calendar, facts, today).due
    if not is_waiting(events, facts) and today > due:
        return f"答复期限已于 {due} 届满，{late}，请尽快答复。"
    return ""
