"""The fee for processing information: notice, payment, and what follows when nobody pays."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.notices import send_fee_notice, send_lapsed
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.queries import items_before
from gongkai.applications.rules import (
    Charge,
    Did,
    Way,
    amount_of,
    charge_of,
    objection_to_charge,
    objection_to_consulting,
    objection_to_lapse,
)
from gongkai.cases.actions import append, ensure_possible
from gongkai.cases.models import Case, Event
from gongkai.refusal import Refused
from gongkai.statute import Law, fee_article, law_for


@transaction.atomic
def charge_fee(
    case: Case, *, by: User, way: str, units: int, pay_how: str, how: str = "", proof: str = ""
) -> Event:
    """Ask for the fee by a numbered 收费通知书, inside the answer period; the clock stops.

    条例（2019）第42条, 信息处理费管理办法第4至6条. ``way``: items (on top of what the same
    applicant asked for earlier in the month, which is counted here) or pages of this application.
    Raises Refused when nothing is to be paid.
    """
    post = require(by, Duty.CASE_ROUTE, case.agency)
    events, calendar = locked(case)
    ensure_possible(case, Did.FEE_CHARGED)
    law, today = _law(case), clock.today()
    held = items_before(case) if way == Way.ITEMS else 0
    field, objection = objection_to_charge(law, way, units, held, today)
    refuse_if(objection, field=field, rule=fee_article("items"))
    refuse_if(objection_to_consulting(events, calendar, today, "不能再通知缴费"))
    if not pay_how.strip():
        raise Refused("请写明缴费方式，例如缴款识别码或者缴费窗口。", field="pay_how")
    charge = Charge(Way(way), units, held, amount_of(way, units, held), today)
    data = {"way": way, "units": units, "held": held, "amount": charge.amount}
    event = append(
        case, Did.FEE_CHARGED, by=by, post=str(post), data=data | {"day": today.isoformat()}
    )
    if way == Way.ITEMS and case.application.items != units:
        case.application.items = units
        case.application.save(update_fields=["items"])
    send_fee_notice(case, charge, by=by, pay_how=pay_how, how=how, proof=proof)
    tell_applicant(case, Moment.FEE, by=by, amount=str(charge.amount))
    return event


@transaction.atomic
def note_fee_notice_received(case: Case, *, by: User, day: date) -> Event:
    """The applicant has the notice since ``day``: the period to pay runs from the day after."""
    return _go_on(case, Did.FEE_NOTICE_REACHED, by, day, "收到收费通知的日期")


@transaction.atomic
def receive_fee(case: Case, *, by: User, day: date, receipt: str) -> Event:
    """The fee came in on ``day``: the answer period runs again in full from then."""
    charge = _charge(case)
    if not receipt.strip():
        raise Refused("请填写票据号码或者缴款凭证。", field="receipt")
    more = {"amount": charge.amount, "receipt": receipt.strip()}
    return _go_on(case, Did.FEE_PAID, by, day, "缴费日期", **more)


@transaction.atomic
def cancel_fee(case: Case, *, by: User, reason: str) -> Event:
    """The notice was wrong, or the applicant asks for less: as if it had never been sent."""
    post = require(by, Duty.CASE_ROUTE, case.agency)
    locked(case)
    if not reason.strip():
        raise Refused("请写明撤回收费通知的理由。", field="reason")
    return append(case, Did.FEE_CANCELLED, by=by, post=str(post), data={"reason": reason})


@transaction.atomic
def lapse_fee(case: Case, *, by: User, reason: str = "", how: str = "", proof: str = "") -> Event:
    """Not paid in time: given up, not processed further (O2), told by a 不再处理告知书.

    信息处理费管理办法第6条; the applicant may turn against this, not against the fee (第7条).
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    events, calendar = locked(case)
    ensure_possible(case, Did.FEE_LAPSED)
    field, objection = objection_to_lapse(charge_of(events), _law(case), calendar, clock.today())
    refuse_if(objection, field=field, rule=fee_article("payment"))
    data = {"outcome": "O2", "reason": reason}
    event = append(case, Did.FEE_LAPSED, by=by, post=str(post), data=data)
    send_lapsed(case, "O2", by=by, how=how, proof=proof)
    return event


def _go_on(case: Case, kind: Did, by: User, day: date, what: str, **more: Any) -> Event:
    post = require(by, Duty.CASE_REGISTER, case.agency)
    charge = _charge(case)
    if not (charge.reached or charge.sent) <= day <= clock.today():
        raise Refused(f"{what}应在发出（送达）收费通知之后、今天之前，请核对。", field="day")
    return append(case, kind, by=by, post=str(post), data={"day": day.isoformat(), **more})


def _charge(case: Case) -> Charge:
    events, _ = locked(case)
    charge = charge_of(events)
    if charge is None or not charge.awaited:
        raise Refused("本件没有等待缴纳的信息处理费，请刷新页面后再看。")
    return charge


def _law(case: Case) -> Law:
    if case.received_on is None:
        raise Refused("本件尚未登记收到日期，请先登记。")
    return law_for(case.received_on)
