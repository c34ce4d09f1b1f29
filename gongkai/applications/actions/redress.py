"""The organ is taken to reconsideration or to court, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked
from gongkai.applications.models import Remedy
from gongkai.applications.rules import Did, answer_due
from gongkai.cases.actions import append
from gongkai.cases.models import Case
from gongkai.clock.queries import calendar
from gongkai.refusal import Refused

_Kind, _Result = Remedy.Kind, Remedy.Result


@transaction.atomic
def file_remedy(
    case: Case, *, by: User, kind: str, filed_on: date, reference: str = "",
    copy_on: date | None = None, simple: bool = False,
) -> Remedy:  # fmt: skip
    """Enter a reconsideration or a suit against the organ over this application.

    While one of them is open the other cannot be (行政复议法第29条). A suit after a decided
    reconsideration is counted apart. ``copy_on``, ``simple``: see ``note_remedy_copy``; they may
    be entered later.
    """
    post = require(by, Duty.CASE_REGISTER, case.agency)
    locked(case)
    if kind not in _Kind.values:
        raise Refused("请选择行政复议或行政诉讼。", field="kind")
    if case.received_on is None or not case.received_on <= filed_on <= clock.today():
        raise Refused("受理日期应在收到申请之后、今天之前，请核对。", field="filed_on")
    if case.remedies.filter(decided_on=None).exists():
        raise Refused("本件已有复议或诉讼尚未审结，请先登记其结果。", rule="行政复议法第29条")
    reviewed = case.remedies.filter(kind=_Kind.RECONSIDERATION, decided_on__lte=filed_on)
    remedy = Remedy.objects.create(
        case=case,
        kind=kind,
        after_review=kind == _Kind.SUIT and reviewed.exists(),
        reference=reference,
        filed_on=filed_on,
    )
    data = {"remedy": case.remedies.count(), "kind": kind, "day": filed_on.isoformat()}
    append(case, Did.REMEDY_FILED, by=by, post=str(post), data=data)
    return note_remedy_copy(remedy, by=by, copy_on=copy_on, simple=simple) if copy_on else remedy


@transaction.atomic
def note_remedy_copy(remedy: Remedy, *, by: User, copy_on: date, simple: bool = False) -> Remedy:
    """The copy of the application or complaint reached the organ: its time to answer runs
    (行政复议法第48条、第54条, 行政诉讼法第67条). A wrong day may be entered anew until the answer.
    """
    post = _open(remedy, by)
    case = remedy.case
    if not remedy.filed_on <= copy_on <= clock.today():
        raise Refused("收到副本的日期应在受理之后、今天之前，请核对。", field="copy_on")
    if simple and remedy.kind == _Kind.SUIT:
        raise Refused("只有行政复议的简易程序缩短答复期限，诉讼请不要勾选。", field="simple")
    counted = answer_due(remedy.kind, copy_on, calendar(case.agency.code), simple=simple)
    remedy.copy_on, remedy.simple = copy_on, simple
    remedy.save(update_fields=["copy_on", "simple"])
    data = {"kind": remedy.kind, "day": copy_on.isoformat(), "answer_by": counted.due.isoformat()}
    append(case, Did.REMEDY_COPY, by=by, post=post, data=data)
    return remedy


@transaction.atomic
def answer_remedy(remedy: Remedy, *, by: User, answered_on: date, proof: str) -> Remedy:
    """The written answer, evidence and documents relied on were handed in; lateness is told, not
    refused: what was late is on record as it was.
    """
    post = _open(remedy, by)
    if remedy.copy_on is None:
        raise Refused("请先登记收到副本的日期。")
    if not remedy.copy_on <= answered_on <= clock.today():
        raise Refused("提交日期应在收到副本之后、今天之前，请核对。", field="answered_on")
    if not proof.strip():
        raise Refused("请填写提交凭证：收件回执、邮寄单号或系统提交记录。", field="proof")
    remedy.answered_on = answered_on
    remedy.save(update_fields=["answered_on"])
    data = {"kind": remedy.kind, "day": answered_on.isoformat(), "proof": proof.strip()}
    append(remedy.case, Did.REMEDY_ANSWERED, by=by, post=post, data=data)
    return remedy


def _open(remedy: Remedy, by: User) -> str:
    """The post of the person, with the case held; Refused once answered or decided."""
    post = require(by, Duty.CASE_REGISTER, remedy.case.agency)
    locked(remedy.case)
    remedy.refresh_from_db()
    if remedy.decided_on is not None:
        raise Refused("这件复议或诉讼的结果已经登记。")
    if remedy.answered_on is not None:
        raise Refused("已经登记提交书面答复（答辩状）。")
    return str(post)


@transaction.atomic
def decide_remedy(remedy: Remedy, *, by: User, result: str, decided_on: date) -> Remedy:
    """Enter how a reconsideration or suit ended: upheld, corrected or other."""
    case = remedy.case
    post = require(by, Duty.CASE_REGISTER, case.agency)
    locked(case)
    remedy.refresh_from_db()
    if remedy.decided_on is not None:
        raise Refused("这件复议或诉讼的结果已经登记。")
    if result not in _Result.values:
        raise Refused("请选择结果：维持、纠正或其他。", field="result")
    if not remedy.filed_on <= decided_on <= clock.today():
        raise Refused("审结日期应在受理之后、今天之前，请核对。", field="decided_on")
    remedy.result, remedy.decided_on = result, decided_on
    remedy.save(update_fields=["result", "decided_on"])
    data = {"kind": remedy.kind, "result": result, "day": decided_on.isoformat()}
    append(case, Did.REMEDY_DECIDED, by=by, post=str(post), data=data)
    return remedy
