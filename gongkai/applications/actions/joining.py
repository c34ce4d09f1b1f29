"""One matter, one request: merging, splitting, and what came in by the wrong door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.receiving import register
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.models import Application
from gongkai.applications.queries import others_of_applicant, person_of
from gongkai.applications.rules import (
    Carrier,
    Class,
    Delivery,
    Did,
    objection_to_merging,
    objection_to_recount,
)
from gongkai.applications.rules.form import LONGEST_TITLE
from gongkai.cases.actions import Opened, append, ensure_possible, hold, open_case
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Act, Channel, Kind
from gongkai.refusal import Refused

# What made the clock of the whole; each part needs it too.
_OF_THE_CLOCK = (Did.RECTIFICATION_ASKED, Did.RECTIFIED)


@transaction.atomic
def merge(case: Case, into: Case, *, by: User, reason: str) -> Event:
    """Two applications of one applicant for the same information become one.

    The earlier one goes on with its own, earlier, period; the later one closes without a result
    and is not counted in the annual report, so that one request has one result.
    """
    post = str(require(by, Duty.CASE_ROUTE, case.agency))
    for one in sorted((case, into), key=lambda c: c.pk):
        hold(one)
    ensure_possible(case, Did.MERGED)
    if not reason.strip():
        raise Refused("请写明为什么是同一件申请，例如“同日网上和信函各提交一次”。", field="reason")
    if into.pk not in {other.pk for other in others_of_applicant(case)} or into.is_finished:
        raise Refused("只能并入同一申请人尚未办结的申请，请重新选择。", field="into")
    assert case.received_on is not None
    if into.received_on is None:
        raise Refused("要并入的申请还没有登记收到日期，请先登记。", field="into")
    refuse_if(objection_to_merging(case.received_on, into.received_on, clock.today()), field="into")
    append(into, Did.ABSORBED, by=by, post=post, data={"from": case.number})
    event = append(case, Did.MERGED, by=by, post=post, data={"into": into.number, "reason": reason})
    Application.objects.filter(case=case).update(merged_into=into, counted=False)
    tell_applicant(case, Moment.MERGED, by=by, into=into.number)
    return event


@transaction.atomic
def split(case: Case, parts: Sequence[str], *, by: User) -> list[Opened]:
    """One form with several matters becomes several applications: ``parts`` are those that leave.

    Every part keeps the day of receipt and the period, has its own number and query code, and is
    counted by itself (信息处理费管理办法第4条 lets it be so for the fee too). Codes may be shown
    only after the transaction has committed.
    """
    post = str(require(by, Duty.CASE_ROUTE, case.agency))
    events, _ = locked(case)
    ensure_possible(case, Did.SPLIT)
    texts = [part.strip() for part in parts if part.strip()]
    if not texts:
        raise Refused("请写明拆出的每一项内容，每行一项。", field="parts")
    assert case.received_on is not None
    refuse_if(objection_to_recount(case.received_on, clock.today()), field="parts")
    opened = [_part(case, text, by) for text in texts]
    copied = [e for e in events if e.kind == Act.REGISTERED or e.kind in _OF_THE_CLOCK]
    for new in opened:
        for event in copied:
            data = dict(event.data) | {"day": event.data.get("day", event.day.isoformat())}
            append(new.case, event.kind, by=by, post=post, data=data)
    numbers = [new.case.number for new in opened]
    append(case, Did.SPLIT, by=by, post=post, data={"to": numbers})
    kept = max(1, case.application.items - len(texts))
    Application.objects.filter(case=case).update(items=kept)
    tell_applicant(
        case, Moment.SPLIT, by=by, count=str(len(opened) + 1), numbers="、".join(numbers)
    )
    return opened


@transaction.atomic
def refer(case: Case, to: str, *, by: User, reason: str) -> Event:
    """What the application really is was opened as message ``to``, with the same day of receipt.

    条例（2019）第39条: the applicant is still told by a reply that this is not handled as an
    application, and that reply is what the annual report counts.
    """
    post = require(by, Duty.CASE_ROUTE, case.agency)
    locked(case)
    if not reason.strip():
        raise Refused("请写明为什么不是政府信息公开申请。", field="reason")
    return append(case, Did.REFERRED, by=by, post=str(post), data={"to": [to], "reason": reason})


@transaction.atomic
def take_over(
    message: Case, *, by: User, reason: str, applicant_class: str = Class.NATURAL
) -> Opened:
    """A message that is really an application: opened as one, with the message's day of receipt.

    The message closes and points here. What the message does not tell (proof of identity, the form
    wanted) is asked for by a rectification; it never costs the applicant the day of receipt.
    """
    post = str(require(by, Duty.CASE_REGISTER, message.agency))
    hold(message)
    if message.is_application:
        raise Refused("本件已经是政府信息公开申请。")
    ensure_possible(message, Act.CLOSED)
    if not reason.strip():
        raise Refused("请写明依据，例如“来信写明请依照条例公开”。", field="reason")
    assert message.received_on is not None
    opened = _opened(message, message.title, message.text, by, applicant_class=applicant_class)
    Application.objects.create(
        case=opened.case, delivery=Delivery.ONLINE, carrier=Carrier.ELECTRONIC,
        arrived_on=message.received_on, origin=message,
    )  # fmt: skip
    register(opened.case, by=by, received_on=message.received_on)
    data = {"to": [opened.case.number], "reason": reason}
    append(message, Act.CLOSED, by=by, post=post, data=data)
    return opened


def _part(case: Case, text: str, by: User) -> Opened:
    title = " ".join(text.split())[:LONGEST_TITLE]
    opened = _opened(case, title, text, by)
    whole = case.application
    Application.objects.create(
        case=opened.case, features=whole.features, delivery=whole.delivery, carrier=whole.carrier,
        posted_on=whole.posted_on, arrived_on=whole.arrived_on, origin=case,
    )  # fmt: skip
    return opened


def _opened(case: Case, title: str, text: str, by: User, **more: str) -> Opened:
    person = person_of(case)
    if more.get("applicant_class") and not person.applicant_class:
        person = replace(person, **more)
    files = [e.file for e in case.enclosures.select_related("file")]
    return open_case(
        Kind.APPLICATION, case.agency, channel=Channel(case.channel), title=title, text=text,
        person=person, files=files, by=by,
    )  # fmt: skip
