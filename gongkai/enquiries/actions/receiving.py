"""Taking a message, registering it, giving it to a unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.cases import actions as cases
from gongkai.cases.actions import Opened, Person
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Act, Channel, Kind
from gongkai.enquiries.models import Enquiry
from gongkai.enquiries.queries import barred_by
from gongkai.enquiries.rules import (
    KINDS,
    LINES,
    TARGETED,
    clean,
    objections_to_message,
    objections_to_person,
)
from gongkai.enquiries.rules import (
    topic as known_topic,
)
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused

_ANYBODY = Person()


@transaction.atomic
def submit(
    agency: Agency,
    kind: Kind,
    *,
    channel: Channel,
    title: str,
    text: str,
    person: Person = _ANYBODY,
    consent: bool = False,
    topic: str = "other",
    target: Unit | None = None,
    submission_key: str = "",
    files: Iterable[StoredFile] = (),
    by: object = "public",
) -> Opened:
    """Take a message: only title and text are compulsory. The same key again opens nothing new.

    ``by`` is the official who enters a letter, call or visit. Show number and code after commit.
    """
    if isinstance(by, User):
        require(by, Duty.CASE_REGISTER, agency)
    if kind not in KINDS:
        raise Refused("请选择咨询、投诉、举报或建议。", field="kind")
    enclosed = list(files)
    title, text, person = clean(title), clean(text), _cleaned(person)
    _refuse_first(
        objections_to_message(title, text, files=len(enclosed), submission_key=submission_key)
        | objections_to_person(**_told(person))
    )
    _check_target(kind, agency, target)
    line = known_topic(topic).line
    opened = cases.open_case(
        kind, agency, channel=channel, title=title, text=text, person=person,
        submission_key=submission_key, files=enclosed, by=by,
    )  # fmt: skip
    if not opened.again:
        Enquiry.objects.create(
            case=opened.case, topic=topic, line=line, consent=consent, target=target
        )
    return opened


@transaction.atomic
def register(
    case: Case,
    *,
    by: User,
    received_on: date | None = None,
    topic: str | None = None,
    line: str | None = None,
    target: Unit | None = None,
) -> Event:
    """The information office takes the message on; its clock starts from the day of receipt.

    That day cannot lie after the day on which it was entered: registering late wins no time.
    """
    cases.hold(case)
    post = require(by, Duty.CASE_REGISTER, case.agency)
    entered = clock.day_of(case.submitted_at)
    received = received_on or entered
    if received > entered:
        raise Refused(
            f"收到日期不能晚于提交日期（{entered}），期限从收到之日起算。", field="received_on"
        )
    enquiry = _classified(case, topic, line, target)
    data = {"received_on": received.isoformat(), "topic": enquiry.topic, "line": enquiry.line}
    barred = barred_by(enquiry.target)
    return cases.append(
        case,
        Act.REGISTERED,
        by=by,
        post=str(post),
        data=data | ({"barred": barred} if barred else {}),
    )


@transaction.atomic
def route(case: Case, unit: Unit, *, by: User, note: str = "", final: bool = False) -> Event:
    """Give it to the competent unit: never to the one it is about, nor to one that is no more."""
    cases.hold(case)
    today = clock.today()
    if unit.valid_to is not None and unit.valid_to < today:
        heir = f"，其职能由{unit.successor}承接" if unit.successor else ""
        raise Refused(f"{unit}已撤销{heir}，请重新选择承办单位。", field="unit")
    if unit.pk in barred_by(case.enquiry.target):
        raise Refused(
            f"本件反映的正是{case.enquiry.target}，不能由{unit}办理，请分给其他单位。", field="unit"
        )
    return cases.route(case, unit, by=by, note=note, final=final)


def _classified(case: Case, topic: str | None, line: str | None, target: Unit | None) -> Enquiry:
    enquiry = case.enquiry
    if topic is not None:
        enquiry.topic, enquiry.line = topic, known_topic(topic).line
    if line is not None:
        if line not in LINES:
            raise Refused("请从列表中选择业务条线。", field="line")
        enquiry.line = line
    if target is not None:
        _check_target(Kind(case.kind), case.agency, target)
        enquiry.target = target
    enquiry.save(update_fields=["topic", "line", "target"])
    return enquiry


def _check_target(kind: Kind, agency: Agency, target: Unit | None) -> None:
    if target is None:
        return
    if kind not in TARGETED:
        raise Refused("只有投诉、举报才填写被反映单位，请改选类别或不选单位。", field="target")
    if target.agency_id != agency.pk:
        raise Refused("被反映单位不属于本机关，请重新选择；不确定时可不选。", field="target")


def _cleaned(person: Person) -> Person:
    told = {name: clean(value) for name, value in asdict(person).items()}
    return replace(person, **told)


def _told(person: Person) -> dict[str, str]:
    return {name: value for name, value in asdict(person).items() if name != "applicant_class"}


def _refuse_first(objections: dict[str, str]) -> None:
    for field, message in objections.items():
        raise Refused(message, field=field)
