"""Asking third parties and other organs for their opinion; meanwhile the clock stands."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Post, User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.notices import send_consultation, send_overruling
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.letters.wording import told_date
from gongkai.applications.models import Consulted
from gongkai.applications.rules import (
    Did,
    consultations,
    facts_of,
    forbidden,
    objection_to_consulting,
    open_consultations,
    opinion_due,
)
from gongkai.applications.rules.citing import formal
from gongkai.cases.actions import append, ensure_possible
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Kind
from gongkai.refusal import Refused
from gongkai.statute import law_for

Asked = Literal["third_party", "organ"]
_WHOM = {"third_party": "第三方的合法权益", "organ": "其他行政机关"}
_STARTED = {"third_party": Did.CONSULT_STARTED, "organ": Did.ORGAN_CONSULT_STARTED}
_REACHED = {"third_party": Did.CONSULT_REACHED, "organ": Did.ORGAN_CONSULT_REACHED}
_ENDED = {"third_party": Did.CONSULT_ENDED, "organ": Did.ORGAN_CONSULT_ENDED}


@transaction.atomic
def start_consultation(
    case: Case,
    *,
    by: User,
    asked: Asked = "third_party",
    whom: str = "",
    address: str = "",
    what: str = "",
    how: str = "",
    proof: str = "",
) -> Event:
    """Ask a third party (征求意见书) or another organ (征求意见函) by a numbered letter that goes
    out today; the clock stops.

    条例（2019）第32条、第34条, 条例（2007）第23条. ``what`` is the information that concerns them,
    default what is applied for. An organ's name is on the record; a third party's is sealed, and
    stands only on the copy for the envelope. The event's ``ref`` is the consultation's number.
    """
    events, calendar = locked(case)
    post = _handler(case, by)
    ensure_possible(case, _STARTED[asked])
    refuse_if(objection_to_consulting(events, calendar, clock.today()))
    ref = len(consultations(events)) + 1
    data: dict[str, object] = {"ref": ref, "day": clock.today().isoformat()}
    if asked == "organ" and whom.strip():
        data["organ"] = whom.strip()
    event = append(case, _STARTED[asked], by=by, post=str(post), data=data)
    told = what.strip() or case.title
    organ = whom.strip() if asked == "organ" else ""
    letter = send_consultation(case, asked, organ, by=by, what=told, how=how, proof=proof)
    Consulted.objects.create(
        case=case, ref=ref, name=whom.strip(), address=address.strip(), what=told, letter=letter
    )
    _tell_why_it_stands(case, asked, by)
    return event


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
            last = opinion_due(asked, facts.law, calendar) if facts else None
            if last is not None and clock.today() > last:
                data = {"ref": ref, "day": last.isoformat(), "opinion": "none"}
                append(case, _ENDED[asked.kind], by=None, data=data)
                ended += 1
    return ended


@transaction.atomic
def overrule_objection(
    case: Case, ref: int, *, by: User, reason: str, how: str = "", proof: str = ""
) -> Event:
    """Disclose although a third party does not agree: it is told what and why, in writing, before
    the reply leaves (条例（2019）第32条, 条例（2007）第23条).

    Only after the leader approved the reply; ``reason`` says which public interest would suffer.
    """
    post = require(by, Duty.CASE_COLLATE, case.agency)
    events, _ = locked(case)
    ensure_possible(case, Did.OBJECTION_OVERRULED, {"ref": ref})
    if not reason.strip():
        raise Refused("请写明不公开会对公共利益造成什么影响，第三方会看到它。", field="reason")
    data = {"ref": ref, "reason": reason, "day": clock.today().isoformat()}
    event = append(case, Did.OBJECTION_OVERRULED, by=by, post=str(post), data=data)
    asked = case.consulted.get(ref=ref)
    letter = send_overruling(
        case, consultations(events)[ref].sent, by=by, what=asked.what, reason=reason, how=how,
        proof=proof,
    )  # fmt: skip
    asked.told_by = letter
    asked.save(update_fields=["told_by"])
    return event


def _tell_why_it_stands(case: Case, asked: Asked, by: User) -> None:
    """The applicant hears at once that others are asked and that the law does not count the time;
    never who they are. Nothing where the law counts it (other organs, 条例（2007）第24条).
    """
    assert case.received_on is not None
    law = law_for(case.received_on)
    reason = law.exclusions.get(asked)
    if reason is not None:
        tell_applicant(
            case, Moment.CONSULTING, by=by, whom=_WHOM[asked], sent=told_date(clock.today()),
            article=formal(reason.article, law),
        )  # fmt: skip


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
