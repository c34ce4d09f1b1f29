"""Rules, meetings, trainings and target letters: entered by the information office."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.queries import holders
from gongkai.agencies.rules import Duty, Role
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.oversight.actions.checked import entered, happened, own_unit
from gongkai.oversight.models import Meeting, Rule, TargetLetter, Training
from gongkai.refusal import Refused


@transaction.atomic
def adopt_rule(
    agency: Agency, *, by: User, kind: str, title: str, adopted_on: date, text: str = "",
    file: StoredFile | None = None, index_number: str = "",
) -> Rule:  # fmt: skip
    """Enter a rule that was adopted, with its text, its file, or the item that shows it."""
    post = require(by, Duty.OVERSIGHT_MANAGE, agency)
    happened(adopted_on)
    if not (text.strip() or file or index_number.strip()):
        raise Refused("请填写制度正文、上传文件，或填写公开该制度的索引号。", field="text")
    if Rule.objects.filter(agency=agency, title=title.strip(), ended_on=None).exists():
        raise Refused(f"《{title.strip()}》已登记且有效，请先登记原制度废止。", field="title")
    rule = entered(
        Rule(
            agency=agency, kind=kind, title=title.strip(), adopted_on=adopted_on, text=text,
            file=file, index_number=index_number.strip(),
        )
    )  # fmt: skip
    record("rule.adopted", _of(agency), by=by, post=str(post), data={"title": rule.title})
    return rule


@transaction.atomic
def end_rule(rule: Rule, *, by: User, on: date) -> Rule:
    """A rule no longer holds from a day on; it stays in the figures of the years before."""
    post = require(by, Duty.OVERSIGHT_MANAGE, rule.agency)
    happened(on)
    if rule.ended_on is not None or on < rule.adopted_on:
        raise Refused("该制度已废止，或废止日期早于通过日期，请核对。", field="on")
    rule.ended_on = on
    rule.save(update_fields=["ended_on"])
    record("rule.ended", _of(rule.agency), by=by, post=str(post), data={"title": rule.title})
    return rule


@transaction.atomic
def record_meeting(
    agency: Agency, *, by: User, on: date, title: str, attendees: str, minutes: str
) -> Meeting:
    """Enter a meeting with its minutes."""
    post = require(by, Duty.OVERSIGHT_MANAGE, agency)
    happened(on)
    meeting = entered(
        Meeting(agency=agency, on=on, title=title, attendees=attendees, minutes=minutes)
    )
    record("meeting.recorded", _of(agency), by=by, post=str(post), data={"on": on.isoformat()})
    return meeting


@transaction.atomic
def record_training(
    agency: Agency, *, by: User, on: date, title: str, organiser: str, people: int
) -> Training:
    """Enter a training that ``people`` of the organ attended."""
    post = require(by, Duty.OVERSIGHT_MANAGE, agency)
    happened(on)
    if people < 1:
        raise Refused("参加人数至少为 1。", field="people")
    training = entered(
        Training(agency=agency, on=on, title=title, organiser=organiser, people=people)
    )
    record("training.recorded", _of(agency), by=by, post=str(post), data={"on": on.isoformat()})
    return training


@transaction.atomic
def sign_target_letter(
    agency: Agency, *, by: User, year: int, unit: Unit, signed_on: date, liaison: User
) -> TargetLetter:
    """Enter the letter that a unit signed; its liaison must hold that post there."""
    post = require(by, Duty.OVERSIGHT_MANAGE, agency)
    own_unit(agency, unit)
    happened(signed_on)
    if not holders(Role.LIAISON, agency, unit).filter(pk=liaison.pk).exists():
        raise Refused(
            f"{liaison.get_full_name()}现在不是“{unit.name}”的信息答复联络人，请先任职或另选。",
            field="liaison",
        )
    if TargetLetter.objects.filter(year=year, unit=unit).exists():
        raise Refused(f"“{unit.name}”{year} 年的目标责任书已登记。", field="unit")
    letter = entered(
        TargetLetter(agency=agency, year=year, unit=unit, signed_on=signed_on, liaison=liaison)
    )
    record(
        "target_letter.signed", f"unit:{agency.code}/{unit.code}", by=by, post=str(post),
        data={"year": year},
    )  # fmt: skip
    return letter


def _of(agency: Agency) -> str:
    return f"agency:{agency.code}"
