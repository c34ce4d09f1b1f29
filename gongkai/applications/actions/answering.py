"""From the unit's draft to the letter that leaves, in one voice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications import letters
from gongkai.applications.actions.access import locked, refuse_if
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.letters.making import mark_dispatched
from gongkai.applications.letters.wording import reply_facts
from gongkai.applications.models import Reply
from gongkai.applications.queries import current_reply
from gongkai.applications.rules import (
    Basis,
    Did,
    article_of,
    forbidden,
    lint,
    objection_to_basis,
    reasons_are_lacking,
)
from gongkai.cases.actions import append
from gongkai.cases.models import Case, Event, Letter
from gongkai.cases.rules import Act, Happened
from gongkai.files.models import StoredFile
from gongkai.files.queries import objection_to_approver, objection_to_handing_over
from gongkai.refusal import Refused
from gongkai.review import actions as review
from gongkai.review.models import Sheet
from gongkai.review.release import release
from gongkai.review.rules import Path, Step, Verdict
from gongkai.statute import Law, law_for
from gongkai.statute import dispatch as way_out


@transaction.atomic
def draft_reply(
    case: Case,
    *,
    by: User,
    outcome: str,
    text: str,
    grounds: Sequence[str] = (),
    article: str = "",
    search_record: str = "",
    handed_over: Sequence[StoredFile] = (),
) -> Reply:
    """The liaison's draft: it becomes a numbered letter, is screened, and goes to the office.

    ``outcome`` is one of the 21 codes; ``grounds`` are keys of the law's grounds for withholding;
    ``article`` is needed only where the law names none; ``handed_over`` are the documents that the
    applicant gets with the letter (R19 art 36 no 2): named in it, screened and approved with it.
    Raises Refused with the field for what is missing, and for a letter that fails ``rules.lint``.
    """
    events, _ = locked(case)
    if case.owner_unit is None:
        raise Refused("本件尚未分办承办单位，不能拟稿。")
    post = require(by, Duty.CASE_DRAFT, case.agency, case.owner_unit)
    basis = Basis(
        law=_law(case),
        outcome=outcome,
        grounds=tuple(grounds),
        article=article,
        text=text,
        search_record=search_record,
        rectified=any(event.kind == Did.RECTIFIED for event in events),
        without_reasons=reasons_are_lacking(events, clock.today()),
        handed_over=tuple(file.name for file in handed_over),
    )
    _check(basis, events)
    if any(file.agency_id != case.agency_id for file in handed_over):
        raise Refused("只能提供本机关的文件，请重新上传。", field="files")
    refuse_if(objection_to_handing_over(handed_over, case.subject), field="files")
    words = letters.put_into_words("reply", case, reply_facts(basis, clock.today()), clock.today())
    for fault in lint(words.text(), basis, clock.today()):
        raise Refused(fault, field="text")
    letter = letters.make(case, "reply", words, by=by, outcome=outcome)
    reply = _keep(case, basis, letter, handed_over, by)
    reply.sheet = _open_sheet(reply)
    reply.save(update_fields=["sheet"])
    append(
        case, Act.DRAFTED, by=by, post=str(post),
        data={"version": reply.version, "proposed": outcome, "hash": reply.content_hash},
    )  # fmt: skip
    return reply


@transaction.atomic
def collate(case: Case, *, by: User, note: str = "") -> Event:
    """The information office agrees and passes the draft to the leader in charge."""
    post = require(by, Duty.CASE_COLLATE, case.agency)
    locked(case)
    _agree(case, Step.OFFICE, by, note)
    return append(case, Act.COLLATED, by=by, post=str(post))


@transaction.atomic
def redraft(case: Case, *, by: User, reason: str) -> Event:
    """The information office gives the draft back to the unit, and says why."""
    post = require(by, Duty.CASE_COLLATE, case.agency)
    locked(case)
    _disagree(case, by, reason)
    return append(case, Act.REDRAFT, by=by, post=str(post), data={"reason": reason})


@transaction.atomic
def approve(case: Case, *, by: User, note: str = "") -> Event:
    """The leader in charge approves exactly what the office collated."""
    post = require(by, Duty.CASE_APPROVE, case.agency)
    locked(case)
    _agree(case, Step.LEADER, by, note)
    return append(case, Act.APPROVED, by=by, post=str(post))


@transaction.atomic
def refuse(case: Case, *, by: User, reason: str) -> Event:
    """The leader in charge does not approve; the office sees the reason."""
    post = require(by, Duty.CASE_APPROVE, case.agency)
    locked(case)
    _disagree(case, by, reason)
    return append(case, Act.REFUSED, by=by, post=str(post), data={"reason": reason})


@transaction.atomic
def dispatch(case: Case, *, by: User, how: str, proof: str, day: date | None = None) -> Event:
    """The reply is out: the evidence of its dispatch stops the clock (国办公开办函〔2016〕235号).

    ``how``: direct, through_organ, post or electronic; ``day``: when it was signed for, posted or
    sent (default today), never before it was approved. Only what the sheet approved leaves, and
    only while the remedies that it tells are still those of the law.
    """
    post = require(by, Duty.CASE_COLLATE, case.agency)
    events, _ = locked(case)
    way_out(how)
    if not proof.strip():
        raise Refused("请填写送达凭证：签收记录、邮寄单号或发送记录。", field="proof")
    out = day or clock.today()
    approved = next((e.day for e in reversed(events) if e.kind == Act.APPROVED), None)
    if approved is not None and not approved <= out <= clock.today():
        raise Refused("送达日期应在审核同意之后、今天之前，请核对。", field="day")
    reply = current_reply(case)
    refuse_if(_no_longer_right(reply, out))
    refuse_if(objection_to_handing_over(reply.handed_over.all(), case.subject), field="files")

    def leave() -> Event:
        mark_dispatched(reply.letter, how=how, proof=proof, by=by)
        return append(
            case, Act.DISPATCHED, by=by, post=str(post),
            data={"outcome": reply.outcome, "how": how, "answered_on": out.isoformat(),
                  "letter": reply.letter.number, "hash": reply.content_hash},
        )  # fmt: skip

    release(_sheet(case), leave, by=by)
    tell_applicant(case, Moment.ANSWERED, by=by)
    return case.events.latest("seq")


def _agree(case: Case, step: Step, by: User, note: str) -> None:
    """Approve on the sheet, unless that was already done on the reviewers' own screen.

    Who drew a redaction agrees at neither place.
    """
    refuse_if(objection_to_approver(current_reply(case).handed_over.all(), by))
    sheet = _sheet(case)
    if step not in {approval.step for approval in sheet.approvals()}:
        review.decide(sheet, Verdict.APPROVE, by=by, reason=note)


def _disagree(case: Case, by: User, reason: str) -> None:
    sheet = _sheet(case)
    if not reason.strip():
        raise Refused("请写明退回理由，承办单位会看到它。", field="reason")
    if sheet.state == Sheet.State.OPEN:
        review.decide(sheet, Verdict.RETURN, by=by, reason=reason)


def _law(case: Case) -> Law:
    if case.received_on is None:
        raise Refused("本件尚未登记收到日期，请先登记。")
    return law_for(case.received_on)


def _check(basis: Basis, events: Sequence[Happened]) -> None:
    refuse_if(forbidden(events, Act.DRAFTED, {}))
    field, message = objection_to_basis(basis)
    refuse_if(message, field=field, rule=basis.result.article)


def _keep(
    case: Case, basis: Basis, letter: Letter, handed_over: Sequence[StoredFile], by: User
) -> Reply:
    reply = Reply(
        case=case, version=case.replies.count() + 1, outcome=basis.outcome,
        grounds=list(basis.grounds), article=article_of(basis), text=basis.text,
        search_record=basis.search_record, letter=letter, drafted_by=by, drafted_at=clock.now(),
    )  # fmt: skip
    reply.save()
    reply.handed_over.set(handed_over)
    reply.content_hash = reply.fingerprint()
    reply.save(update_fields=["content_hash"])
    return reply


def _open_sheet(reply: Reply) -> Sheet:
    """The review sheet of the reply.

    The letter's file and what is handed over are screened but not listed on the sheet: listed files
    become public on release, and a reply goes to one person. Their digests are in the content hash.
    """
    case, result = reply.case, reply.get_outcome_display()
    assert case.owner_unit is not None and reply.letter.file is not None
    texts = {"标题": case.title, "答复书": reply.letter.text}
    sheet = review.submit(
        subject=case.subject,
        title=f"{reply.letter.number} {case.title}",
        content_hash=reply.content_hash,
        texts=texts,
        unit=case.owner_unit,
        drafter=reply.drafted_by,
        path=Path.ANSWER,
        attribute="on_application",
        ground=f"依申请答复申请人：{result}",
        case_due_on=case.due_on,
    )
    review.screen(sheet, texts, [reply.letter.file, *reply.handed_over.order_by("pk")])
    return sheet


def _sheet(case: Case) -> Sheet:
    sheet = current_reply(case).sheet
    assert sheet is not None
    return sheet


def _no_longer_right(reply: Reply, out: date) -> str:
    if reply.fingerprint() != reply.content_hash:
        return "答复书与审查通过的内容不一致，不能发出，请退回重新拟稿。"
    days = (clock.day_of(reply.letter.made_at), out)
    if len({letters.remedy_paragraph(reply.outcome, day) for day in days}) > 1:
        return "拟稿之后复议、诉讼的规定已有变化，请退回重新拟稿，按送达之日的规定告知救济途径。"
    return ""
