"""Assessment with its deductions, the unit's objection, and accountability."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Post, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.ledger.actions import record
from gongkai.oversight import rules
from gongkai.oversight.actions.checked import entered, happened, own_unit
from gongkai.oversight.models import Accountability, Assessment, Deduction
from gongkai.refusal import Refused


class Taken(NamedTuple):
    """Points taken off: ``row`` is the subject (item, case, finding) that shows why."""

    indicator: str
    points: int
    row: str
    reason: str


@transaction.atomic
def assess(
    agency: Agency, *, by: User, year: int, unit: Unit, deductions: Iterable[Taken]
) -> Assessment:
    """Assess a unit's year; each deduction names a row and a reason."""
    post = require(by, Duty.OVERSIGHT_MANAGE, agency)
    own_unit(agency, unit)
    if Assessment.objects.filter(year=year, unit=unit).exists():
        raise Refused(f"“{unit.name}”{year} 年已评议，如有异议请由处室申诉。", field="unit")
    assessment = entered(Assessment(agency=agency, year=year, unit=unit, on=clock.today()))
    for taken in deductions:
        if objection := rules.objection_to_deduction(taken.points, taken.row, taken.reason):
            raise Refused(objection, field="deductions")
        entered(Deduction(assessment=assessment, **taken._asdict()))
    record("unit.assessed", _of(unit), by=by, post=str(post), data=_result(assessment))
    return assessment


@transaction.atomic
def object_to_assessment(assessment: Assessment, *, by: User, text: str) -> Assessment:
    """The unit objects, once."""
    post = require(by, Duty.OVERSIGHT_ANSWER, assessment.agency, assessment.unit)
    if not text.strip():
        raise Refused("请写明对哪一处扣分有异议和理由。", field="objection")
    if assessment.objection:
        raise Refused("本处室已申诉，请等待复核意见。")
    assessment.objection, assessment.objected_on = text.strip(), clock.today()
    assessment.save(update_fields=["objection", "objected_on"])
    record(
        "assessment.objected", _of(assessment.unit), by=by, post=str(post),
        data={"year": assessment.year},
    )  # fmt: skip
    return assessment


@transaction.atomic
def settle_objection(
    assessment: Assessment, *, by: User, outcome: str, take_back: Iterable[Deduction] = ()
) -> Assessment:
    """Answer an objection; deductions that do not stand are taken back, and stay visible."""
    post = require(by, Duty.OVERSIGHT_MANAGE, assessment.agency)
    if not assessment.objection or assessment.outcome:
        raise Refused("没有待复核的申诉，请刷新页面。")
    if not outcome.strip():
        raise Refused("请写明复核意见。", field="outcome")
    assessment.deductions.filter(pk__in=[d.pk for d in take_back]).update(taken_back=True)
    assessment.outcome = outcome.strip()
    assessment.save(update_fields=["outcome"])
    record(
        "assessment.settled", _of(assessment.unit), by=by, post=str(post), data=_result(assessment)
    )
    return assessment


@transaction.atomic
def hold_accountable(
    agency: Agency, *, by: User, unit: Unit, ground: str, decision: str, on: date,
    post: Post | None = None,
) -> Accountability:  # fmt: skip
    """Enter a decision about a unit, or about one of its posts."""
    seat = require(by, Duty.OVERSIGHT_MANAGE, agency)
    own_unit(agency, unit)
    happened(on)
    if post is not None and post.unit_id != unit.pk:
        raise Refused(f"“{post}”不是“{unit.name}”的岗位，请另选。", field="post")
    held = entered(
        Accountability(agency=agency, unit=unit, post=post, ground=ground, decision=decision, on=on)
    )
    record("unit.held_accountable", _of(unit), by=by, post=str(seat), data={"on": on.isoformat()})
    return held


def _of(unit: Unit) -> str:
    return f"unit:{unit.agency.code}/{unit.code}"


def _result(assessment: Assessment) -> dict[str, int]:
    return {"year": assessment.year, "score": assessment.score}
