"""What may happen between registration and draft: rectification, consultation, extension."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Post, User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.notices import send_extension, send_rectification
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.letters.wording import told_date
from gongkai.applications.rules import (
    Did,
    consultations,
    facts_of,
    forbidden,
    objection_to_abandoning,
    objection_to_consulting,
    objection_to_extension,
    objection_to_rectification,
    open_consultations,
)
from gongkai.cases.actions import append, route
from gongkai.cases.models import Case, Event
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import Kind, Stage, fold
from gongkai.refusal import Refused
from gongkai.statute import law_for

Asked = Literal["third_party", "organ"]
_STARTED = {"third_party": Did.CONSULT_STARTED, "organ": Did.ORGAN_CONSULT_STARTED}
_REACHED = {"third_party": Did.CONSULT_REACHED, "organ": Did.ORGAN_CONSULT_REACHED}
_ENDED = {"third_party": Did.CONSULT_ENDED, "organ": Did.ORGAN_CONSULT_ENDED}


@transaction.atomic
def ask_rectification(
    case: Case, *, by: User, what: str, until: date, how: str = "", proof: str = ""
) -> Event:
    """Tell the applicant, once, what is unclear and until when to say it (条例（2019）第30条).

    A notice after the law's seventh working day is a breach: it is possible, and on record as
    late. Sends the numbered 补正告知书.
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    events, calendar = locked(case)
    if not what.strip():
        raise Refused("请逐项写明需要补正的内容。", field="what")
    today = clock.today()
    refuse_if(objection_to_rectification(events, calendar, until, today), field="until")
    assert case.received_on is not None
    law = law_for(case.received_on)
    data: dict[str, object] = {"what": what, "until": until.isoformat(), "day": today.isoformat()}
    if law.has("correction_notice"):
        last = calendar.add_working_days(case.received_on, law.period("correction_notice").days)
        data |= {"late": today > last.date}
    event = append(case, Did.RECTIFICATION_ASKED, by=by, post=str(post), data=data)
    send_rectification(case, by=by, what=what, until=until, how=how, proof=proof)
    tell_applicant(case, Moment.TO_RECTIFY, by=by, what=what, until=told_date(until))
    return event


@transaction.atomic
def receive_rectification(
    case: Case, *, by: User, text: str, received_on: date | None = None
) -> Event:
    """The rectified application has come: the clock starts anew, in full.

    The case goes back to the unit that had it; one that was not routed waits for routing.
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    events, _ = locked(case)
    day = received_on or clock.today()
    asked = [e for e in events if e.kind == Did.RECTIFICATION_ASKED]
    if asked and not asked[-1].day <= day <= clock.today():
        raise Refused("收到补正的日期应在告知补正之后、今天之前，请核对。", field="received_on")
    if not text.strip():
        raise Refused("请录入申请人补正的内容。", field="text")
    before = fold(events, machine_of(case.kind))
    event = append(
        case, Did.RECTIFIED, by=by, post=str(post), data={"day": day.isoformat(), "text": text}
    )
    if case.owner_unit is not None:
        route(case, case.owner_unit, by=by, note="补正后继续办理", final=before.final_routing)
    return event


@transaction.atomic
def abandon(case: Case, *, by: User, reason: str = "") -> Event:
    """No rectification in time and no good reason: not processed further (O1)."""
    post = require(by, Duty.CASE_REGISTER, case.agency)
    events, _ = locked(case)
    if case.stage == Stage.RECTIFYING:
        refuse_if(objection_to_abandoning(events, clock.today()))
    return append(
        case, Did.ABANDONED, by=by, post=str(post), data={"outcome": "O1", "reason": reason}
    )


@transaction.atomic
def start_consultation(case: Case, *, by: User, asked: Asked = "third_party") -> Event:
    """The letter to a third party, or to another organ, goes out today; the clock stops.

    Whom is asked stands in the letter, not here: a third party's name is as personal as the
    applicant's. The event's ``ref`` is the consultation's number.
    """
    events, calendar = locked(case)
    post = _handler(case, by)
    refuse_if(objection_to_consulting(events, calendar, clock.today()))
    ref = len(consultations(events)) + 1
    data = {"ref": ref, "day": clock.today().isoformat()}
    return append(case, _STARTED[asked], by=by, post=str(post), data=data)


@transaction.atomic
def note_consultation_received(case: Case, ref: int, *, by: User, day: date) -> Event:
    """The other side has the letter since ``day``: its own period to answer runs from then."""
    post = _handler(case, by)
    return _go_on(case, ref, _REACHED, by=by, post=str(post), day=day, more={})


@transaction.atomic
def end_consultation(
    case: Case, ref: int, *, by: User, day: date | None = None, opinion: str = "agreed"
) -> Event:
    """The opinion came on ``day`` (default today), or is no longer awaited; the clock goes on.

    ``opinion``: agreed, objected, or none. After the other side's period has passed without an
    answer the clock goes on from its last day, whenever this is entered.
    """
    post = _handler(case, by)
    if opinion not in {"agreed", "objected", "none"}:
        raise Refused("请选择意见：同意、不同意或未答复。", field="opinion")
    when = day or clock.today()
    return _go_on(case, ref, _ENDED, by=by, post=str(post), day=when, more={"opinion": opinion})


@transaction.atomic
def end_silent_consultations(agency: Agency) -> int:
    """End the consultations whose period passed without an answer; returns how many. Run daily."""
    ended = 0
    for case in Case.objects.filter(agency=agency, kind=Kind.APPLICATION, paused=True):
        events, calendar = locked(case)
        facts = facts_of(events)
        for ref, asked in open_consultations(events).items() if facts else ():
            silence = facts.law.silence.get(asked.kind) if facts else None
            if silence is None or asked.reached is None:
                continue
            last = calendar.add_working_days(asked.reached, silence.period.days).date
            if clock.today() > last:
                data = {"ref": ref, "day": last.isoformat(), "opinion": "none"}
                append(case, _ENDED[asked.kind], by=None, data=data)
                ended += 1
    return ended


@transaction.atomic
def extend(
    case: Case, *, by: User, days: int, reason: str, how: str = "", proof: str = ""
) -> Event:
    """Extend the period by ``days`` working days: once, by its last day, up to the law's cap.

    条例（2019）第33条: approved in the disclosure office and told to the applicant, by the numbered
    延期答复告知书.
    """
    post = require(by, Duty.CASE_ROUTE, case.agency)
    events, calendar = locked(case)
    if not reason.strip():
        raise Refused("请写明延长的理由，申请人会看到它。", field="reason")
    refuse_if(objection_to_extension(events, calendar, days, clock.today()), field="days")
    base = case.due_on
    event = append(case, Did.EXTENDED, by=by, post=str(post), data={"days": days, "reason": reason})
    assert base is not None
    send_extension(case, by=by, base=base, days=days, reason=reason, how=how, proof=proof)
    tell_applicant(case, Moment.EXTENDED, by=by, reason=reason)
    return event


def _handler(case: Case, by: User) -> Post:
    """The unit that has the case, or the information office."""
    if case.owner_unit is not None and may(by, Duty.CASE_DRAFT, case.agency, case.owner_unit):
        return require(by, Duty.CASE_DRAFT, case.agency, case.owner_unit)
    return require(by, Duty.CASE_ROUTE, case.agency)


def _go_on(
    case: Case, ref: int, acts: dict[str, Did], *, by: User, post: str, day: date,
    more: dict[str, str],
) -> Event:  # fmt: skip
    events, _ = locked(case)
    asked = open_consultations(events).get(ref)
    if asked is None:
        raise Refused(forbidden(events, Did.CONSULT_ENDED, {"ref": ref}))
    if not (asked.reached or asked.sent) <= day <= clock.today():
        raise Refused("日期应在征求意见书发出（送达）之后、今天之前，请核对。", field="day")
    data = {"ref": ref, "day": day.isoformat(), **more}
    return append(case, acts[asked.kind], by=by, post=post, data=data)
