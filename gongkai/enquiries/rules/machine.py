"""The transitions and the clock of enquiries, complaints, reports and suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from gongkai import statute
from gongkai.cases.rules import (
    ACT_LABELS,
    KIND_LABELS,
    SHARED,
    Act,
    Clock,
    Happened,
    Kind,
    Machine,
    Stage,
    Transitions,
)
from gongkai.clock.rules import Calendar, Counted, explain

KINDS = (Kind.ENQUIRY, Kind.COMPLAINT, Kind.REPORT, Kind.SUGGESTION)
#: Kinds that may be directed against a unit of the agency.
TARGETED = frozenset({Kind.COMPLAINT, Kind.REPORT})
#: The public answer was taken away again; the asker keeps theirs.
UNPUBLISHED = "unpublished"
#: How many working days before the last day the house wants to be done.
SAFE_DAYS = 2  # not law: a margin of the house

_TRANSITIONS: Transitions = {
    **SHARED,
    Stage.ANSWERED: {**SHARED[Stage.ANSWERED], UNPUBLISHED: Stage.ANSWERED},
}
_LABELS = {**{act.value: label for act, label in ACT_LABELS.items()}, UNPUBLISHED: "撤回公开答复"}
_ENDS = frozenset({Act.DISPATCHED.value, Act.CLOSED.value})


def count(kind: Kind, received_on: date, calendar: Calendar) -> Counted:
    """The last day for an answer to a message received on that day, with its arithmetic.

    The period is the one in force on the day of receipt; raises Refused when there is none.
    """
    period = statute.message_period(KIND_LABELS[kind], received_on)
    return explain(calendar, received_on, period.days, period.unit, article=period.article)


def barred_units(target: int, units: Iterable[tuple[int, int | None, int | None]]) -> list[int]:
    """The units that may not handle a message against ``target``.

    Itself, the units under it, and those that took its work over. ``units``: id, parent, successor.
    """
    rows = list(units)
    barred = {target}
    grown = True
    while grown:
        size = len(barred)
        barred |= {unit for unit, parent, _ in rows if parent in barred}
        barred |= {heir for unit, _, heir in rows if heir is not None and unit in barred}
        grown = len(barred) > size
    return sorted(barred)


def _conflict(happened: tuple[Happened, ...], kind: str, data: Mapping[str, Any]) -> str:
    """A message against a unit is never handled by it, whichever door the routing comes from."""
    barred = {unit for event in happened for unit in event.data.get("barred", ())}
    if kind == Act.ROUTED and data.get("unit") in barred:
        return "本件反映的正是该单位（或其下属、承接单位），不能由它办理，请分给其他单位。"
    return ""


def _clock_of(kind: Kind) -> Callable[[tuple[Happened, ...], Calendar], Clock]:
    def clock(happened: tuple[Happened, ...], calendar: Calendar) -> Clock:
        known = [e.data["received_on"] for e in happened if e.kind == Act.REGISTERED]
        if not known or any(event.kind in _ENDS for event in happened):
            return Clock()
        counted = count(kind, date.fromisoformat(known[-1]), calendar)
        safe = counted.due
        for _ in range(SAFE_DAYS):
            safe = calendar.working_day_before(safe)
        return Clock(counted.due, safe, counted.provisional, trace=_trace(counted, safe))

    return clock


def _trace(counted: Counted, safe: date) -> tuple[str, ...]:
    lines = (f"{s.text}（{s.article}）" if s.article else s.text for s in counted.steps)
    return (*lines, f"内部期限 {safe.isoformat()}：期满前第 {SAFE_DAYS} 个工作日")


MACHINES = {kind: Machine(_TRANSITIONS, _clock_of(kind), _LABELS, _conflict) for kind in KINDS}
