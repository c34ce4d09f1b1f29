"""Settling what the screening found."""

from __future__ import annotations

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.models import Settlement, Sheet
from gongkai.review.queries import duty_to_settle, findings_of


@transaction.atomic
def settle(sheet: Sheet, finding_key: str, *, reason: str, by: User) -> Settlement:
    """Settle one finding with a reason; a blocking kind stays open until a second person agrees.

    Secrecy marks cannot be settled at all: remove them, or refer to the secrecy administration.
    """
    finding = next((f for f in findings_of(sheet) if f["key"] == finding_key), None)
    if finding is None:
        raise Refused("这条提示已不存在，请刷新页面后再看。")
    if not finding["overridable"]:
        raise Refused(
            "涉密标志不能忽略：请删去该内容，或报保密行政管理部门确定。", rule="SSL24 art 35"
        )
    if not reason.strip():
        raise Refused("请写明为什么可以公开。", field="reason")
    post = require(by, duty_to_settle(sheet), sheet.agency, sheet.unit)
    if by == sheet.drafter:
        raise Refused("起草人不能处理自己稿件的审查提示，请由审查人办理。")
    settlement, new = Settlement.objects.get_or_create(
        sheet=sheet,
        finding=finding_key,
        defaults={"reason": reason, "by": by, "at": clock.now()},
    )
    if not new and settlement.second is None and settlement.by != by:
        settlement.second = by
        settlement.save(update_fields=["second"])
    record("review.settled", sheet.subject, by=by, post=str(post), data={"finding": finding_key})
    return settlement
