"""What was once classified: declassified by procedure, and looked at again, before it is public."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.rules import Duty
from gongkai.ledger.actions import record
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.models import FormerSecret, Sheet
from gongkai.review.queries import duty_to_settle


@transaction.atomic
def declare_former_secret(
    sheet: Sheet,
    *,
    level: str,
    organ: str,
    by: User,
    declassified_on: date | None = None,
    document: str = "",
) -> FormerSecret:
    """Enter that the item was classified, by whom, and how it was declassified.

    The drafter or a reviewer enters it, with the proof or without; without it nobody can approve.
    What was entered may be completed until the second look, which then stands for it.
    """
    _open(sheet)
    if by.pk != sheet.drafter_id and not may(by, duty_to_settle(sheet), sheet.agency, sheet.unit):
        raise NotPermitted("只有起草人和本环节的审查人可以登记原密级。")
    if level not in FormerSecret.Level.values:
        raise Refused("请选择原密级。", field="level")
    if not organ.strip():
        raise Refused("请写明由哪个机关定密。", field="organ")
    if declassified_on is not None and declassified_on > clock.today():
        raise Refused("解密日期还没有到，到期前不能公开。", field="declassified_on")
    known = FormerSecret.objects.filter(sheet=sheet).first()
    if known is not None and known.second_id is not None:
        raise Refused("本件的解密已经复核，不能再改。")
    entered, _ = FormerSecret.objects.update_or_create(
        sheet=sheet,
        defaults={"level": level, "organ": organ, "declassified_on": declassified_on,
                  "document": document, "by": by, "at": clock.now()},
    )  # fmt: skip
    record("review.declared_former_secret", sheet.subject, by=by, data={"level": level})
    return entered


@transaction.atomic
def look_again(sheet: Sheet, *, opinion: str, by: User) -> FormerSecret:
    """复核: another person than drafter and enterer confirms the proof of declassification."""
    _open(sheet)
    entered = FormerSecret.objects.select_for_update().filter(sheet=sheet).first()
    if entered is None or entered.second_id is not None:
        raise Refused("本件没有等待复核的解密登记，请刷新页面后再看。")
    if not entered.declassified_on or not entered.document.strip():
        raise Refused("请先补登解密日期和解密文件，再复核。", field="opinion")
    if by.pk in {sheet.drafter_id, entered.by_id}:
        raise Refused("起草人和登记人不能复核，请由另一人办理。")
    if not opinion.strip():
        raise Refused("请写明复核意见。", field="opinion")
    duty = Duty.REVIEW_SECRECY
    if not may(by, duty, sheet.agency, sheet.unit):
        duty = duty_to_settle(sheet)
    post = require(by, duty, sheet.agency, sheet.unit)
    entered.opinion, entered.second, entered.second_at = opinion, by, clock.now()
    entered.save(update_fields=["opinion", "second", "second_at"])
    record("review.looked_again", sheet.subject, by=by, post=str(post))
    return entered


@transaction.atomic
def retract_former_secret(sheet: Sheet, *, reason: str, by: User) -> None:
    """Take back an entry that was a mistake: the item never was classified.

    Only before the second look, by a reviewer who is neither the drafter nor who entered it, with
    a reason. What was entered stays in the ledger.
    """
    _open(sheet)
    entered = FormerSecret.objects.select_for_update().filter(sheet=sheet).first()
    if entered is None or entered.second_id is not None:
        raise Refused("本件没有等待复核的解密登记，请刷新页面后再看。")
    if by.pk in {sheet.drafter_id, entered.by_id}:
        raise Refused("起草人和登记人不能撤销登记，请由另一名审查人办理。")
    post = require(by, duty_to_settle(sheet), sheet.agency, sheet.unit)
    if not reason.strip():
        raise Refused("请写明撤销登记的理由，例如误登。", field="reason")
    all_of_it = FormerSecret.objects.filter(sheet__subject=sheet.subject)
    if all_of_it.exclude(second=None).exists():
        raise Refused("以前的版本已经复核解密，说明本件确曾涉密，不能撤销登记；请办理复核。")
    facts = {"level": entered.level, "organ": entered.organ, "reason": reason}
    all_of_it.delete()
    record("review.retracted_former_secret", sheet.subject, by=by, post=str(post), data=facts)


def carry_over(sheet: Sheet) -> None:
    """Once a secret, always asked about: another content of the subject is looked at again."""
    earlier = (
        FormerSecret.objects.filter(sheet__subject=sheet.subject)
        .exclude(sheet=sheet)
        .order_by("-pk")
        .first()
    )
    if earlier is not None:
        FormerSecret.objects.create(
            sheet=sheet, level=earlier.level, organ=earlier.organ, document=earlier.document,
            declassified_on=earlier.declassified_on, by=earlier.by, at=clock.now(),
        )  # fmt: skip


def _open(sheet: Sheet) -> None:
    if sheet.state != Sheet.State.OPEN:
        raise Refused("本件已不在审查中，请刷新页面后再看。")
