"""Applications beyond a reasonable number: reasons, and a later day (条例（2019）第35条)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Happened
from gongkai.clock.rules import Calendar
from gongkai.statute import free_units


def is_excessive(items_in_month: int) -> bool:
    """Whether one applicant asked for more in a calendar month than stays without a fee.

    The law names no number; the one at which the fee begins is the only one it knows. It is a
    hint: whether the number is unreasonable is for people to judge.
    """
    return items_in_month > free_units("items")


def reasons_are_lacking(events: Sequence[Happened], today: date) -> bool:
    """Reasons were asked for, and were unreasonable or did not come in time."""
    asked = next((e for e in events if e.kind == Did.REASONS_ASKED), None)
    if asked is None:
        return False
    given = next((e for e in reversed(events) if e.kind == Did.REASONS_GIVEN), None)
    if given is not None:
        return not given.data["reasonable"]
    return today > date.fromisoformat(asked.data["until"])


def delayed_until(events: Iterable[Happened]) -> date | None:
    """The later day that was told, where the reasons were good and the period is too short."""
    days = [date.fromisoformat(e.data["until"]) for e in events if e.kind == Did.DELAYED]
    return days[-1] if days else None


def objection_to_delay(events: Sequence[Happened], until: date, due: date) -> tuple[str, str]:
    """(field, why no later day can be told); both empty when it can."""
    given = next((e for e in reversed(events) if e.kind == Did.REASONS_GIVEN), None)
    if given is None or not given.data["reasonable"]:
        return "", "申请人说明的理由合理的，才可以另定答复日期，请先登记其说明的理由。"
    if until <= due:
        return "until", f"延迟答复的日期应晚于现在的期限（{due}），请重新填写。"
    return "", ""


def objection_to_asking(calendar: Calendar, until: date, today: date) -> str:
    """Why reasons cannot be asked for by that day; empty when they can."""
    if calendar.working_days_between(today, until) < 1:
        return "说明理由的期限应在今天之后，并留出合理时间，请重新填写。"
    return ""
