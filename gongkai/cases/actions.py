"""Opening a case and letting something happen to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.cases.codes import code_hash, new_submission_key, query_code
from gongkai.cases.models import Case, Enclosure, Event, NumberCounter, Party
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import NUMBER_PREFIX, Act, Channel, Kind, fold, objection
from gongkai.clock.queries import calendar
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import actor_name, record
from gongkai.ledger.sealing import blind_index
from gongkai.refusal import Refused
from gongkai.text.segment import normalise


@dataclass(frozen=True)
class Person:
    """Who asks, before it is sealed."""

    name: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    identity: str = ""
    representative: str = ""
    applicant_class: str = ""


@dataclass(frozen=True)
class Opened:
    """What the citizen is told after the commit."""

    case: Case
    code: str
    again: bool = field(default=False)


@transaction.atomic
def open_case(
    kind: Kind,
    agency: Agency,
    *,
    channel: Channel,
    title: str,
    text: str,
    person: Person,
    submission_key: str = "",
    files: Iterable[StoredFile] = (),
    by: object = "public",
) -> Opened:
    """Open a case: number, sealed party, first event. A key that is known opens nothing new.

    The number may be shown only after the transaction has committed.
    """
    key = submission_key or new_submission_key()
    counter = _locked_counter(kind, agency)
    known = Case.objects.filter(submission_key=key).first()
    if known is not None:
        return Opened(known, query_code(key), again=True)
    counter.last += 1
    counter.save(update_fields=["last"])
    case = Case.objects.create(
        number=f"{NUMBER_PREFIX[kind]}-{counter.year}-{counter.last:04d}",
        agency=agency,
        kind=kind.value,
        channel=channel.value,
        title=title,
        text=text,
        submission_key=key,
        code_hash=code_hash(query_code(key)),
        submitted_at=clock.now(),
        stage=Act.SUBMITTED.value,
    )
    _seal_party(case, person)
    Enclosure.objects.bulk_create(Enclosure(case=case, file=file) for file in files)
    append(case, Act.SUBMITTED, by=by, data={"channel": channel.value})
    return Opened(case, query_code(key))


@transaction.atomic
def append(
    case: Case, kind: str, *, by: object, post: str = "", data: Mapping[str, Any] | None = None
) -> Event:
    """Let something happen to a case, if its machine provides for it; fold; write the ledger.

    ``data`` is plain JSON without identity. Raises Refused when it cannot happen now.
    """
    hold(case)
    events = _possible(case, kind, data or {})
    event = Event(
        case=case, seq=len(events) + 1, kind=str(kind), at=clock.now(), by=actor_name(by),
        post=post, data=dict(data or {}),
    )  # fmt: skip
    event.save(force_insert=True)
    refold(case, [*events, event])
    record(f"case.{kind}", case.subject, by=by, post=post, data={"seq": event.seq})
    return event


def hold(case: Case) -> None:
    """Lock the case's row for the rest of the transaction and read it anew.

    Before asking for a permission: an old page may still name the unit that owned it an hour ago.
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())


def ensure_possible(case: Case, kind: str, data: Mapping[str, Any] | None = None) -> None:
    """Refuse at once what ``append`` would refuse: for acts that prepare much before it."""
    _possible(case, kind, data or {})


def _possible(case: Case, kind: str, data: Mapping[str, Any]) -> list[Event]:
    machine = machine_of(case.kind)
    events = list(case.events.order_by("seq"))
    happened = tuple(event.happened() for event in events)
    refusal = objection(fold(happened, machine), kind, machine)
    refusal = refusal or machine.forbids(happened, kind, data)
    if refusal:
        raise Refused(refusal)
    return events


def refold(case: Case, events: list[Event] | None = None) -> None:
    """Write the fold of a case's events into its row: the row is a copy, never the source."""
    machine = machine_of(case.kind)
    happened = tuple(e.happened() for e in (events or case.events.order_by("seq")))
    state = fold(happened, machine)
    if state.stage is None:
        raise ValueError(f"{case} has no event")
    now = machine.clock(happened, calendar(case.agency.code))
    case.stage, case.owner_unit_id = state.stage.value, state.owner_unit
    case.received_on, case.answered_on = state.received_on, state.answered_on
    case.outcome, case.returns, case.rating = state.outcome, state.returns, state.rating
    case.due_on, case.safe_on = now.due_on, now.safe_on
    case.provisional, case.paused = now.provisional, now.paused
    case.save(update_fields=FOLDED)


FOLDED = [
    "stage", "owner_unit", "received_on", "answered_on", "due_on", "safe_on", "provisional",
    "paused", "outcome", "returns", "rating",
]  # fmt: skip


@transaction.atomic
def route(case: Case, unit: Unit, *, by: User, note: str = "", final: bool = False) -> Event:
    """The information office gives the case to the competent unit (归口分类办理)."""
    hold(case)
    post = require(by, Duty.CASE_ROUTE, case.agency)
    if unit.agency_id != case.agency_id:
        raise Refused("承办单位不属于本机关，请重新选择。", field="unit")
    return append(
        case,
        Act.ROUTED,
        by=by,
        post=str(post),
        data={"unit": unit.pk, "note": note, "final": final},
    )


@transaction.atomic
def send_back(case: Case, *, by: User, reason: str) -> Event:
    """The unit returns a case that is not its own; the reason is mandatory."""
    hold(case)
    ensure_possible(case, Act.SENT_BACK)
    post = require(by, Duty.CASE_DRAFT, case.agency, case.owner_unit)
    if not reason.strip():
        raise Refused("请写明退回理由和建议的承办单位。", field="reason")
    return append(case, Act.SENT_BACK, by=by, post=str(post), data={"reason": reason})


@transaction.atomic
def remind(case: Case, *, by: User, note: str = "") -> Event:
    """催办: the information office urges the unit, at most once a day."""
    post = require(by, Duty.CASE_ROUTE, case.agency)
    last = case.events.filter(kind=Act.REMINDED).order_by("-seq").first()
    if last is not None and clock.day_of(last.at) == clock.today():
        raise Refused("今天已经催办过，请明天再催或直接电话联系。")
    return append(case, Act.REMINDED, by=by, post=str(post), data={"note": note})


@transaction.atomic
def open_identity(case: Case, *, by: User, reason: str) -> Party:
    """Look at who asked: only the information office, with a reason, each look on record."""
    post = require(by, Duty.IDENTITY_OPEN, case.agency)
    if not reason.strip():
        raise Refused("请写明查看身份信息的理由。", field="reason")
    record("identity.opened", case.subject, by=by, post=str(post), data={"reason": reason})
    return case.party


def _locked_counter(kind: Kind, agency: Agency) -> NumberCounter:
    year = clock.today().year
    NumberCounter.objects.get_or_create(agency=agency, kind=kind.value, year=year)
    return NumberCounter.objects.select_for_update().get(agency=agency, kind=kind.value, year=year)


def _seal_party(case: Case, person: Person) -> None:
    Party.objects.create(
        case=case,
        applicant_class=person.applicant_class,
        name=person.name,
        phone=person.phone,
        mail=person.mail,
        address=person.address,
        identity=person.identity,
        representative=person.representative,
        name_index=blind_index(normalise(person.name), "party-name") if person.name else "",
    )
