"""Applications beyond a reasonable number: asking for reasons, and telling a later day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.notices import send_delay, send_reasons
from gongkai.applications.rules import Did, objection_to_asking, objection_to_delay
from gongkai.cases.actions import append, ensure_possible
from gongkai.cases.models import Case, Event
from gongkai.refusal import Refused
from gongkai.statute import law_for


@transaction.atomic
def ask_reasons(
    case: Case, *, by: User, why: str, until: date, how: str = "", proof: str = ""
) -> Event:
    """Ask the applicant why so much is asked for, by a 说明理由告知书 (条例（2019）第35条).

    ``why`` says what is beyond reason, for example how many in which time. The clock goes on.
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    _, calendar = locked(case)
    ensure_possible(case, Did.REASONS_ASKED)
    if case.received_on is not None and "ask_reasons" not in law_for(case.received_on).duties:
        raise Refused("这件申请适用的条例没有要求说明理由的规定。")
    if not why.strip():
        raise Refused("请写明数量、频次的情况，例如“您本月提出26件申请”。", field="why")
    refuse_if(objection_to_asking(calendar, until, clock.today()), field="until")
    data = {"reason": why, "until": until.isoformat(), "day": clock.today().isoformat()}
    event = append(case, Did.REASONS_ASKED, by=by, post=str(post), data=data)
    send_reasons(case, by=by, why=why, until=until, how=how, proof=proof)
    return event


@transaction.atomic
def receive_reasons(case: Case, *, by: User, text: str, reasonable: bool) -> Event:
    """The applicant gave reasons, and the office judges whether they are good ones."""
    post = require(by, Duty.CASE_REGISTER, case.agency)
    locked(case)
    if not text.strip():
        raise Refused("请录入申请人说明的理由。", field="text")
    data = {"reason": text, "reasonable": reasonable}
    return append(case, Did.REASONS_GIVEN, by=by, post=str(post), data=data)


@transaction.atomic
def delay_reply(
    case: Case, *, by: User, until: date, reason: str, how: str = "", proof: str = ""
) -> Event:
    """Good reasons, too little time: a reasonable later day, told by a 延迟答复告知书."""
    post = require(by, Duty.CASE_ROUTE, case.agency)
    events, _ = locked(case)
    ensure_possible(case, Did.DELAYED)
    if not reason.strip():
        raise Refused("请写明不能按期答复的原因，申请人会看到它。", field="reason")
    assert case.due_on is not None
    field, objection = objection_to_delay(events, until, case.due_on)
    refuse_if(objection, field=field, rule="条例（2019）第35条")
    data = {"until": until.isoformat(), "reason": reason}
    event = append(case, Did.DELAYED, by=by, post=str(post), data=data)
    send_delay(case, by=by, until=until, reason=reason, how=how, proof=proof)
    return event
