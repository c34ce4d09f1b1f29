"""From the events of an application to the facts that its clock counts with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.applications.deadlines import (
    Consultation,
    Facts,
    explain_reply,
    reply_deadline,
    safe_deadline,
)
from gongkai.applications.rules.correction import correction_clock, is_correction
from gongkai.applications.rules.excess import delayed_until
from gongkai.applications.rules.fees import charge_of
from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Act, Clock, Happened
from gongkai.clock.rules import Calendar
from gongkai.statute import Law, law_for

_STARTS = {Did.CONSULT_STARTED: "third_party", Did.ORGAN_CONSULT_STARTED: "organ"}
_REACHES = (Did.CONSULT_REACHED, Did.ORGAN_CONSULT_REACHED)
_ENDS = (Did.CONSULT_ENDED, Did.ORGAN_CONSULT_ENDED)


def _day(event: Happened) -> date:
    """The day that the law counts: the one stated, else the one of the entry."""
    return date.fromisoformat(event.data["day"]) if "day" in event.data else event.day


def consultations(events: Iterable[Happened]) -> dict[int, Consultation]:
    """Every consultation by its number, with the days that are known of it."""
    found: dict[int, Consultation] = {}
    for event in events:
        if event.kind in _STARTS:
            kind = _STARTS[Did(event.kind)]
            asked = Consultation(kind, _day(event))  # type: ignore[arg-type]  # a key of _STARTS
            found[event.data["ref"]] = asked
        elif event.kind in _REACHES or event.kind in _ENDS:
            known = found[event.data["ref"]]
            reached = _day(event) if event.kind in _REACHES else known.reached
            back = _day(event) if event.kind in _ENDS else known.back
            found[event.data["ref"]] = Consultation(known.kind, known.sent, back, reached)
    return found


def open_consultations(events: Iterable[Happened]) -> dict[int, Consultation]:
    """Those whose opinion is still awaited."""
    return {n: asked for n, asked in consultations(events).items() if asked.back is None}


def opinions(events: Iterable[Happened]) -> dict[int, str]:
    """What was said by those who were asked, by number: agreed, objected or none."""
    return {e.data["ref"]: e.data.get("opinion", "") for e in events if e.kind in _ENDS}


def overruled(events: Iterable[Happened]) -> frozenset[int]:
    """The consultations whose objection was overruled, and the third party told so."""
    return frozenset(e.data["ref"] for e in events if e.kind == Did.OBJECTION_OVERRULED)


def opinion_due(asked: Consultation, law: Law, calendar: Calendar) -> date | None:
    """The last day for an opinion: known only from when the letter was received, and only where
    the law sets a period (条例（2019）第32条、第34条).
    """
    silence = law.silence.get(asked.kind)
    if silence is None or asked.reached is None:
        return None
    return calendar.add_working_days(asked.reached, silence.period.days).date


def arrived_on(events: Iterable[Happened]) -> date | None:
    """The first day on which the application was on its way into the house."""
    for event in events:
        if event.kind == Act.REGISTERED:
            return date.fromisoformat(event.data["arrived"])
    return None


def facts_of(events: Sequence[Happened], as_of: date | None = None) -> Facts | None:
    """What the clock must know; None before registration.

    Nobody knows yet when an open consultation will end: one whose letter was received counts to
    the last day of its period, any other to ``as_of`` (default: the day of the last event).
    """
    registered = next((e for e in events if e.kind == Act.REGISTERED), None)
    if registered is None:
        return None
    received = date.fromisoformat(registered.data["received_on"])
    law = law_for(received)
    asked = []
    for one in consultations(events).values():
        ends_by_itself = one.reached is not None and one.kind in law.silence
        until = one.back or (None if ends_by_itself else max(as_of or events[-1].day, one.sent))
        asked.append(Consultation(one.kind, one.sent, until, one.reached))
    notices = [_day(e) for e in events if e.kind == Did.RECTIFICATION_ASKED]
    answers = [_day(e) for e in events if e.kind == Did.RECTIFIED]
    charge = charge_of(events)
    return Facts(
        received,
        law,
        tuple(asked),
        fee_notice_received=(charge.reached or charge.sent) if charge else None,
        paid=charge.paid if charge else None,
        correction_notice=notices[0] if notices else None,
        corrected=answers[-1] if answers else None,
        extension=sum(e.data["days"] for e in events if e.kind == Did.EXTENDED),
    )


def is_waiting(events: Sequence[Happened], facts: Facts) -> bool:
    """Whether the clock stands: for a rectification, a fee, an opinion that this law excludes."""
    acts = [e.kind for e in events if e.kind in (Did.RECTIFICATION_ASKED, Did.RECTIFIED)]
    if acts and acts[-1] == Did.RECTIFICATION_ASKED:
        return True
    if (charge := charge_of(events)) is not None and charge.awaited:
        return True
    return any(o.kind in facts.law.exclusions for o in open_consultations(events).values())


def reply_clock(events: tuple[Happened, ...], calendar: Calendar) -> Clock:
    """The clock of an application: legal and safe due date, with the arithmetic of the first."""
    facts = facts_of(events)
    if facts is None:
        return Clock()
    if is_correction(events):
        return correction_clock(events, calendar)
    finished = any("outcome" in event.data for event in events)
    due = reply_deadline(calendar, facts)
    safe = safe_deadline(calendar, facts, arrived_on(events) or facts.received)
    told = explain_reply(calendar, facts)
    trace = tuple(f"{s.text}（{s.article}）" if s.article else s.text for s in told.steps)
    later = delayed_until(events) or due.due
    if later > due.due:
        trace += (f"理由合理而不能按期答复，已告知延迟至 {later} 答复（条例（2019）第35条）",)
    return Clock(
        due_on=max(due.due, later),
        safe_on=max(safe.due, later) if later > due.due else safe.due,
        provisional=due.provisional,
        paused=not finished and is_waiting(events, facts),
        trace=trace,
    )
