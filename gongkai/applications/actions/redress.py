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
from gongkai.applications.rules import Did
from gongkai.cases.actions import append
from gongkai.cases.models import Case
from gongkai.refusal import Refused

_Kind, _Result = Remedy.Kind, Remedy.Result


@transaction.atomic
def file_remedy(case: Case, *, by: User, kind: str, filed_on: date, reference: str = "") -> Remedy:
    """Enter a reconsideration or a suit against the organ over this application.

    While one of them is open the other cannot be (行政复议法第29条). A suit after a decided
    reconsideration is counted apart.
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
    return remedy


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
