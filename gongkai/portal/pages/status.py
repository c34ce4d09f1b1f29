"""What a citizen sees of the own case: one sentence first, then the answer, then the way so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai import clock
from gongkai.applications.letters.wording import remedy_paragraph
from gongkai.applications.queries import files_of, released_reply
from gongkai.applications.rules import charge_of, last_day_to_pay
from gongkai.cases.models import Case
from gongkai.cases.queries import clock_of
from gongkai.cases.rules import PUBLIC_LABELS, Act, Stage
from gongkai.clock.queries import calendar
from gongkai.enquiries.queries import answer_to_asker
from gongkai.files.models import StoredFile
from gongkai.portal import contexts
from gongkai.portal.forms.query import RATINGS
from gongkai.statute import law_for

_STEPS = ("已收到", "办理中", "已答复")


def status_page(
    case: Case,
    *,
    frame: dict[str, Any],
    form: Any,
    action: str,
    file_address: Callable[[Case, StoredFile], str],
    printed_address: Callable[[Case], str],
) -> contexts.CaseStatusPage:
    """The page of one case, for the one who asked."""
    answer = _answer(case, file_address, printed_address)
    may_rate = answer is not None and not case.is_application and case.rating is None
    return contexts.CaseStatusPage(
        **frame,
        number=case.number,
        kind=case.get_kind_display(),
        subject=case.title,
        received_on=case.received_on or clock.day_of(case.submitted_at),
        sentence=_sentence(case),
        clock="\n".join(clock_of(case).trace),
        steps=_steps(case),
        answer=answer,
        form=form if may_rate else None,
        action=action,
        rated=f"您已评价：{RATINGS[case.rating]}。谢谢。" if case.rating else "",
    )


def _sentence(case: Case) -> str:
    """Who acts next, and until when."""
    stage = Stage(case.stage)
    if stage == Stage.ANSWERED and case.answered_on:
        return f"已于 {case.answered_on} 答复"
    if stage == Stage.CLOSED:
        lead = case.application.merged_into if case.is_application else None
        return f"已与 {lead.number} 合并办理，答复见该编号" if lead else "已办结"
    if stage == Stage.RECTIFYING:
        return "需要您补正材料，补正前不计答复时间"
    unit = case.owner_unit.name if case.owner_unit else f"{case.agency.short_name}信息办"
    if case.due_on is None:
        return f"已收到，由{unit}登记"
    wait = "（日期待明年放假安排公布后核定）" if case.provisional else ""
    if fee := _fee_to_pay(case):
        return fee
    paused = "，正在征求意见，暂停计时" if case.paused else ""
    return f"正在办理，由{unit}办理，最迟 {case.due_on} 答复{wait}{paused}"


def _fee_to_pay(case: Case) -> str:
    """A fee that is awaited, and the last day to pay where the period already runs."""
    if not case.is_application or not case.paused or case.received_on is None:
        return ""
    charge = charge_of(event.happened() for event in case.events.order_by("seq"))
    if charge is None or not charge.awaited:
        return ""
    last = last_day_to_pay(charge, law_for(case.received_on), calendar(case.agency.code))
    until = f"请在 {last} 前缴纳" if last else "请按收费通知书缴纳"
    return f"需要您缴纳信息处理费 {charge.amount} 元，{until}；缴费前不计答复时间"


def _steps(case: Case) -> tuple[contexts.CaseStep, ...]:
    stage = Stage(case.stage)
    label = PUBLIC_LABELS.get(stage, "办理中")
    labels = list(_STEPS)
    if label == "待您补正":
        labels.insert(2, label)
    if label == "已办结":
        labels[-1] = label
    place = labels.index(label)
    finished = case.is_finished
    return tuple(
        contexts.CaseStep(
            label=text,
            state="done" if n < place or finished else "current" if n == place else "todo",
            on=_day_of_step(case, n, len(labels)),
        )
        for n, text in enumerate(labels)
    )


def _day_of_step(case: Case, place: int, count: int) -> date | None:
    if place == 0:
        return clock.day_of(case.submitted_at)
    if place == 1:
        routed = case.events.filter(kind=Act.ROUTED).order_by("seq").first()
        return clock.day_of(routed.at) if routed else None
    return case.answered_on if place == count - 1 else None


def _answer(
    case: Case,
    file_address: Callable[[Case, StoredFile], str],
    printed_address: Callable[[Case], str],
) -> contexts.CaseAnswer | None:
    if case.answered_on is None:
        return None
    if case.is_application:
        return _reply(case, file_address, printed_address)
    answer = answer_to_asker(case)
    if answer is None:
        return None
    return contexts.CaseAnswer(
        on=case.answered_on, unit=case.agency.name, paragraphs=_paragraphs(answer.text)
    )


def _reply(
    case: Case,
    file_address: Callable[[Case, StoredFile], str],
    printed_address: Callable[[Case], str],
) -> contexts.CaseAnswer | None:
    reply = released_reply(case)
    if reply is None or case.answered_on is None:
        return None
    return contexts.CaseAnswer(
        on=case.answered_on,
        unit=case.agency.name,
        paragraphs=_paragraphs(reply.text),
        attachments=(
            contexts.Attachment(
                title=f"{reply.letter.number}.pdf", url=printed_address(case), kind="PDF", size=0
            ),
            *(
                contexts.Attachment(
                    title=file.name,
                    url=file_address(case, file),
                    kind=file.suffix.upper(),
                    size=file.size,
                )
                for file in files_of(reply)
            ),
        ),
        remedies=(remedy_paragraph(reply.outcome, case.answered_on),),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
