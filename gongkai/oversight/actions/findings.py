"""Findings and audits: opened and closed by the supervisors, answered by the unit."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Post, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.queries import holders
from gongkai.agencies.rules import Duty, Role
from gongkai.ledger.actions import record
from gongkai.outbox.actions import post as post_message
from gongkai.oversight import rules
from gongkai.oversight.actions.checked import entered, next_number, own_unit
from gongkai.oversight.models import ContentAudit, Finding, FindingEvent
from gongkai.oversight.rules import Act, Source
from gongkai.refusal import Refused
from gongkai.review.models import Sheet


@transaction.atomic
def record_finding(
    agency: Agency, *, by: User, source: str, text: str, unit: Unit, due: date,
    channel: str = "", subject: str = "",
) -> Finding:  # fmt: skip
    """Enter what was found wrong; the unit that must put it right by ``due`` is told at once.

    The supervisors enter what they find, the information office what the public pointed out.
    """
    duty = Duty.OVERSIGHT_FIND if source == Source.INTERNAL else Duty.OVERSIGHT_MANAGE
    post = require(by, duty, agency)
    if source == Source.EXTERNAL and not channel.strip():
        raise Refused("外部监督的问题请写明来源渠道。", field="channel")
    return _open(
        agency, post, by=by, source=source, text=text, unit=unit, due=due,
        channel=channel.strip(), subject=subject,
    )  # fmt: skip


@transaction.atomic
def answer_finding(finding: Finding, *, by: User, text: str) -> FindingEvent:
    """The responsible unit reports how it was put right."""
    post = require(by, Duty.OVERSIGHT_ANSWER, finding.agency, finding.unit)
    return _add(finding, Act.ANSWERED, by, post, text)


@transaction.atomic
def accept_remedy(finding: Finding, *, by: User, text: str = "") -> FindingEvent:
    """A supervisor looked again and it is right: the finding is closed. Never by who answered."""
    post = require(by, Duty.OVERSIGHT_FIND, finding.agency)
    if finding.events.filter(act=Act.ANSWERED, by=by).exists():
        raise Refused("报告整改的人不能自己复查，请由另一名监督员办理。")
    return _add(finding, Act.ACCEPTED, by, post, text)


@transaction.atomic
def reopen_finding(finding: Finding, *, by: User, text: str) -> FindingEvent:
    """A supervisor looked again and it is not right, or no longer."""
    post = require(by, Duty.OVERSIGHT_FIND, finding.agency)
    event = _add(finding, Act.REOPENED, by, post, text)
    _tell(finding)
    return event


@transaction.atomic
def audit_content(
    agency: Agency, *, by: User, subject: str, true: bool, lawful: bool, result: str = "",
    due: date | None = None,
) -> ContentAudit:  # fmt: skip
    """Enter a look at something public. What is untrue or unlawful becomes a finding at once."""
    post = require(by, Duty.OVERSIGHT_FIND, agency)
    sheet = Sheet.objects.filter(agency=agency, subject=subject, state=Sheet.State.RELEASED).first()
    if sheet is None:
        raise Refused("此项现在没有公开，不能抽审，请从已公开的信息中选取。", field="subject")
    finding = None
    if not (true and lawful):
        if not result.strip() or due is None:
            raise Refused("不真实或不合法的，请写明问题和整改期限。", field="result")
        finding = _open(
            agency, post, by=by, source=Source.INTERNAL, text=result, unit=sheet.unit, due=due,
            channel="内容审核", subject=subject,
        )  # fmt: skip
    audit = entered(
        ContentAudit(
            agency=agency, subject=subject, title=sheet.title, content_hash=sheet.content_hash,
            by=by, unit=post.unit, on=clock.today(), true=true, lawful=lawful, result=result,
            finding=finding,
        )
    )  # fmt: skip
    record(
        "content.audited", subject, by=by, post=str(post),
        data={"hash": sheet.content_hash, "true": true, "lawful": lawful},
    )  # fmt: skip
    return audit


def _open(
    agency: Agency, post: Post, *, by: User, source: str, text: str, unit: Unit, due: date,
    channel: str, subject: str,
) -> Finding:  # fmt: skip
    own_unit(agency, unit)
    today = clock.today()
    if due < today:
        raise Refused("整改期限不能早于今天。", field="due")
    finding = entered(
        Finding(
            agency=agency, number=next_number(Finding, agency, "JD", today.year), source=source,
            channel=channel, subject=subject, text=text.strip(), found_by=by, found_in=post.unit,
            on=today, unit=unit, due=due,
        )
    )  # fmt: skip
    _add(finding, Act.OPENED, by, post, "")
    _tell(finding)
    return finding


def _add(finding: Finding, act: Act, by: User, post: Post, text: str) -> FindingEvent:
    """Append an event; the finding's row is locked so that two do not get one number."""
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if act != Act.OPENED and (objection := rules.objection_to_act(finding.state, act, text)):
        raise Refused(objection, field="text")
    event = entered(
        FindingEvent(
            finding=finding, seq=finding.events.count() + 1, act=act.value, text=text.strip(),
            by=by, on=clock.today(), at=clock.now(),
        )
    )  # fmt: skip
    record(
        f"finding.{act.value}", f"finding:{finding.agency.code}/{finding.number}", by=by,
        post=str(post), data={"unit": finding.unit.code, "about": finding.subject},
    )  # fmt: skip
    return event


def _tell(finding: Finding) -> None:
    """A notice on the desk of everybody who may answer for the unit."""
    told = holders(Role.LIAISON, finding.agency, finding.unit) | holders(
        Role.UNIT_HEAD, finding.agency, finding.unit
    )
    for person in told.distinct():
        post_message(
            kind="finding", channel="desk", recipient=person.username,
            subject=f"有一项问题需要整改：{finding.number}",
            body=f"请于 {finding.due:%Y-%m-%d} 前整改并报告。{finding.text}",
            about=f"finding:{finding.agency.code}/{finding.number}",
        )  # fmt: skip
