"""The answer in the making: the unit drafts, the office collates, the leader decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.queries import appointments_of
from gongkai.agencies.rules import Duty
from gongkai.cases import actions as cases
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Act
from gongkai.enquiries.models import Answer, Contribution
from gongkai.enquiries.queries import answer_subject, barred_by, collated_answer
from gongkai.enquiries.rules import Content, clean, objection_to_answer, public_text
from gongkai.refusal import NotPermitted, Refused
from gongkai.review import actions as review
from gongkai.review.models import Attribute, Sheet
from gongkai.review.queries import open_findings, sheets_about, waiting_step
from gongkai.review.rules import OpenFinding, Path, Step, Verdict


@dataclass(frozen=True)
class Collated:
    """A collated answer; while ``to_settle`` is not empty it has not gone to the leader.

    Settle the findings on ``answer.sheet`` and collate again, or change the text.
    """

    answer: Answer
    to_settle: tuple[OpenFinding, ...] = ()


@transaction.atomic
def draft(case: Case, text: str, *, by: User) -> Contribution:
    """The liaison of the unit that owns the case drafts the answer."""
    cases.hold(case)
    cases.ensure_possible(case, Act.DRAFTED)
    post = require(by, Duty.CASE_DRAFT, case.agency, case.owner_unit)
    barred = barred_by(case.enquiry.target)
    if appointments_of(by).filter(post__unit__in=barred).exists():
        raise NotPermitted("您同时在被反映的单位任职，本件须由其他人拟稿。")
    text = _answer_text(text)
    contribution = Contribution.objects.create(
        case=case, unit=post.unit, text=text, by=by, at=clock.now()
    )
    cases.append(case, Act.DRAFTED, by=by, post=str(post), data={"contribution": contribution.pk})
    return contribution


@transaction.atomic
def redraft(case: Case, *, by: User, reason: str) -> Event:
    """The information office asks the unit for another draft, and says what is missing."""
    cases.hold(case)
    post = require(by, Duty.CASE_COLLATE, case.agency)
    event = cases.append(case, Act.REDRAFT, by=by, post=str(post), data={"reason": _reason(reason)})
    _close_others(case, None, by, "退回处室重拟")
    return event


@transaction.atomic
def collate(
    case: Case,
    text: str,
    *,
    by: User,
    public_title: str | None = None,
    public_question: str | None = None,
    public_answer: str | None = None,
) -> Collated:
    """The information office writes the one answer, and, with consent, its public version.

    Both are screened; the collator's approval is the first of the two. The public version is
    masked whatever is given.
    """
    cases.hold(case)
    post = require(by, Duty.CASE_COLLATE, case.agency)
    cases.ensure_possible(case, Act.COLLATED)
    content = _content(case, _answer_text(text), public_title, public_question, public_answer)
    sheet = _sheet(case, content)
    _close_others(case, sheet, by, "已由新一稿代替")
    answer, _ = Answer.objects.update_or_create(
        case=case,
        content_hash=sheet.content_hash,
        defaults={
            "text": content.text, "public_title": content.public_title,
            "public_question": content.public_question, "public_answer": content.public_answer,
            "sheet": sheet, "collated_by": by, "at": clock.now(),
        },
    )  # fmt: skip
    if findings := open_findings(sheet):
        return Collated(answer, tuple(findings))
    review.decide(sheet, Verdict.APPROVE, by=by)
    cases.append(case, Act.COLLATED, by=by, post=str(post), data={"hash": answer.content_hash})
    return Collated(answer)


@transaction.atomic
def approve(case: Case, *, by: User, reason: str = "") -> Event:
    """The leader in charge agrees to exactly this answer."""
    cases.hold(case)
    post = require(by, Duty.CASE_APPROVE, case.agency)
    cases.ensure_possible(case, Act.APPROVED)
    answer = collated_answer(case)
    if not answer.is_intact:
        raise Refused("答复内容与汇总时不一致，请退回信息办重新汇总。")
    if answer.sheet.state != Sheet.State.APPROVED:  # else decided at the review desk already
        review.decide(answer.sheet, Verdict.APPROVE, by=by, reason=reason)
    return cases.append(
        case, Act.APPROVED, by=by, post=str(post), data={"hash": answer.content_hash}
    )


@transaction.atomic
def refuse(case: Case, *, by: User, reason: str) -> Event:
    """The leader in charge returns the answer; the reason goes to the information office."""
    cases.hold(case)
    post = require(by, Duty.CASE_APPROVE, case.agency)
    cases.ensure_possible(case, Act.REFUSED)
    reason = _reason(reason)
    sheet = collated_answer(case).sheet
    if sheet.state == Sheet.State.OPEN:
        review.decide(sheet, Verdict.RETURN, by=by, reason=reason)
    return cases.append(case, Act.REFUSED, by=by, post=str(post), data={"reason": reason})


def _answer_text(text: str) -> str:
    text = clean(text)
    if objection := objection_to_answer(text):
        raise Refused(objection, field="text")
    return text


def _reason(reason: str) -> str:
    if not clean(reason):
        raise Refused("请写明退回理由和修改要求。", field="reason")
    return clean(reason)


def _content(
    case: Case, text: str, title: str | None, question: str | None, answer: str | None
) -> Content:
    """The answer with its masked public version; without consent nothing is public."""
    if not case.enquiry.consent:
        return Content(text)
    who = case.party
    facts = (who.phone, who.mail, who.address, who.identity, who.representative)
    title, question, answer = (
        public_text(clean(own) if own else default, name=who.name, facts=facts)
        for own, default in ((title, case.title), (question, case.text), (answer, text))
    )
    if len(title) > 120:
        raise Refused("公开标题过长，请控制在 120 字以内。", field="public_title")
    return Content(text, title, question, answer)


def _sheet(case: Case, content: Content) -> Sheet:
    contribution = case.contributions.select_related("by", "unit").latest("pk")
    is_public = bool(content.public_answer)
    return review.submit(
        subject=answer_subject(case),
        title=f"{case.get_kind_display()} {case.number} 的答复",
        content_hash=content.digest(case.subject),
        texts=content.texts(),
        unit=contribution.unit,
        drafter=contribution.by,
        path=Path.ANSWER,
        attribute=Attribute.PROACTIVE if is_public else Attribute.ON_APPLICATION,
        ground="" if is_public else "来信人未同意公开，只答复本人",
        case_due_on=case.due_on,
    )


def _close_others(case: Case, kept: Sheet | None, by: User, reason: str) -> None:
    """An earlier text that nobody will send must not wait on a desk for ever."""
    for sheet in sheets_about(answer_subject(case)).filter(state=Sheet.State.OPEN):
        if sheet != kept and waiting_step(sheet) == Step.OFFICE:
            review.decide(sheet, Verdict.RETURN, by=by, reason=reason)
