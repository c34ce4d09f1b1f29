"""An application comes in, is registered, or is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.notices import send_acknowledgement
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.models import Application
from gongkai.applications.rules import Did, Request, Wanted, day_of_receipt, problems, usual_day
from gongkai.applications.rules.form import LONGEST_TITLE
from gongkai.cases.actions import Opened, Person, append, open_case
from gongkai.cases.codes import matches
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Act, Channel, Kind
from gongkai.files.models import StoredFile
from gongkai.refusal import Refused
from gongkai.statute import law_for

# Told at registration: the clock and the acts are others.
_NAMED = frozenset({Request.CORRECTION})
# What comes in without a member of staff typing it.
_BY_ITSELF = frozenset({Channel.ONLINE, Channel.CITY_PLATFORM})


@transaction.atomic
def submit(
    agency: Agency,
    channel: Channel,
    person: Person,
    *,
    title: str,
    text: str,
    delivery: str,
    carrier: str,
    features: str = "",
    items: int = 1,
    submission_key: str = "",
    request: str = Request.DISCLOSURE,
    files: Sequence[StoredFile] = (),
    posted_on: date | None = None,
    arrived_on: date | None = None,
    by: User | str = "public",
) -> Opened:
    """Take an application; the same ``submission_key`` again changes nothing (``Opened.again``).

    Raises Refused for the first of ``rules.problems``. ``request`` may be the correction of one's
    own record, which needs evidence (条例（2019）第41条). ``arrived_on`` is when a letter, fax or
    visitor reached the house; what comes in on the net arrives when it is submitted. Number and
    code may be shown only after the transaction has committed.
    """
    today = clock.today()
    if channel not in _BY_ITSELF:
        require_registrar(by, agency)
    arrived = today if channel in _BY_ITSELF else arrived_on or today
    wanted = Wanted(
        name=person.name, applicant_class=person.applicant_class, identity=person.identity,
        phone=person.phone, mail=person.mail, address=person.address, title=title, text=text,
        delivery=delivery, carrier=carrier, files=len(files),
    )  # fmt: skip
    _check(wanted, arrived, posted_on)
    _check_request(request, files)
    opened = open_case(
        Kind.APPLICATION, agency, channel=channel, title=_title_of(title) or _title_of(text),
        text=text, person=person, submission_key=submission_key, files=files, by=by,
    )  # fmt: skip
    if not opened.again:
        Application.objects.create(
            case=opened.case, features=features, items=items, delivery=delivery, carrier=carrier,
            request=request, counted=request == Request.DISCLOSURE, posted_on=posted_on,
            arrived_on=arrived,
        )  # fmt: skip
    return opened


@transaction.atomic
def register(
    case: Case, *, by: User, received_on: date | None = None, acknowledge: bool = True
) -> Event:
    """Fix the legal day of receipt, from which the clock runs (条例（2019）第31条).

    ``received_on`` is the day on which staff and applicant confirmed the receipt to each other;
    where the law takes another day (handed in, signed for) it may be left out, and no other is
    accepted. With ``acknowledge`` the applicant gets a numbered 受理回执.
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    arrived = case.application.arrived_on
    channel = Channel(case.channel)
    told = received_on or usual_day(channel, arrived, clock.today())
    receipt = day_of_receipt(channel, arrived, told, clock.today())
    event = append(
        case,
        Act.REGISTERED,
        by=by,
        post=str(post),
        data={
            "received_on": told.isoformat(),
            "arrived": arrived.isoformat(),
            "fact": receipt.by,
            "article": receipt.article,
            **({"request": asked} if (asked := case.application.request) in _NAMED else {}),
        },
    )
    if acknowledge:
        send_acknowledgement(case, by=by, article=receipt.article)
        tell_applicant(case, Moment.RECEIVED, by=by)
    return event


@transaction.atomic
def withdraw(case: Case, *, code: str = "", by: User | None = None, reason: str = "") -> Event:
    """The applicant takes the application back: with the query code, or by a word to the office."""
    post = ""
    if by is not None:
        post = str(require(by, Duty.CASE_REGISTER, case.agency))
        if not reason.strip():
            raise Refused("请写明申请人以何种方式撤回，例如“2026年3月5日来电”。", field="reason")
    elif not matches(code, case.code_hash):
        raise Refused("编号或查询码不正确，请核对后再试。", field="code")
    data = {"outcome": "O3", "reason": reason} if case.received_on else {"reason": reason}
    return append(case, Did.WITHDRAWN, by=by or "applicant", post=post, data=data)


def require_registrar(by: User | str, agency: Agency) -> None:
    """Only the information office enters what came on paper, by phone or by hand."""
    if not isinstance(by, User):
        raise Refused("来信、来访、传真、来电的申请须由信息办登记。")
    require(by, Duty.CASE_REGISTER, agency)


def _check(wanted: Wanted, arrived: date, posted: date | None) -> None:
    today = clock.today()
    if arrived > today or (posted is not None and posted > arrived):
        raise Refused("寄出、到达日期的先后不对，或晚于今天，请核对。", field="arrived_on")
    for field, message in problems(wanted, law_for(today)):
        raise Refused(message, field=field)


def _check_request(request: str, files: Sequence[StoredFile]) -> None:
    if request not in set(Request):
        raise Refused("请选择申请公开政府信息，还是更正与本人有关的信息。", field="request")
    if request == Request.CORRECTION and not files:
        raise Refused("申请更正的，请附上证明记录不准确的证据。", field="files")


def _title_of(text: str) -> str:
    """What is asked in one line, for lists and letters."""
    return " ".join(text.split())[:LONGEST_TITLE]
