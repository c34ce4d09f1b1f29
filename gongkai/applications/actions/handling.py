"""What may happen between registration and draft: rectification, consultation, extension."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.notices import send_extension, send_lapsed, send_rectification
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.letters.wording import told_date
from gongkai.applications.rules import (
    Did,
    objection_to_abandoning,
    objection_to_extension,
    objection_to_rectification,
)
from gongkai.cases.actions import append, route
from gongkai.cases.models import Case, Event
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import Stage, fold
from gongkai.refusal import Refused
from gongkai.statute import law_for


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
    """No rectification in time and no good reason: not processed further (O1).

    Under 条例（2019）第30条 the applicant gets a 不再处理告知书 with the remedies.
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    events, _ = locked(case)
    if case.stage == Stage.RECTIFYING:
        refuse_if(objection_to_abandoning(events, clock.today()))
    event = append(
        case, Did.ABANDONED, by=by, post=str(post), data={"outcome": "O1", "reason": reason}
    )
    assert case.received_on is not None
    if law_for(case.received_on).correction_times is not None:
        send_lapsed(case, "O1", by=by)
    return event


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
