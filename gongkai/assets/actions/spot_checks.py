"""Spot checks: nobody chooses the machines, the ledger's own digest does."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.assets import rules
from gongkai.assets.actions.checked import on_a_day
from gongkai.assets.models import CheckResult, Device, SpotCheck
from gongkai.assets.queries import devices_in_use
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def plan_spot_check(agency: Agency, *, by: User, plan: str, on: date, size: int) -> SpotCheck:
    """Plan a check and draw ``size`` of the machines in use; seed and list are frozen at once.

    The seed is the digest of the ledger entry that announces the check and the population, so
    nobody knows it before and the ledger proves it after; each new try is on record too.
    """
    post = require(by, Duty.ASSET_MANAGE, agency)
    if not plan.strip():
        raise Refused("请写明抽查内容。", field="plan")
    if on < clock.today():
        raise Refused("抽查日期不能早于今天：先抽取，后检查。", field="on")
    population = sorted(devices_in_use(agency).values_list("number", flat=True))
    if not 1 <= size <= len(population):
        raise Refused(
            f"在用计算机共 {len(population)} 台，请填写 1 至 {len(population)} 的台数。",
            field="size",
        )
    entry = record(
        "check.planned", f"agency:{agency.code}", by=by, post=str(post),
        data={
            "on": on.isoformat(), "size": size, "of": len(population),
            "population": hashlib.sha256("\n".join(population).encode()).hexdigest(),
        },
    )  # fmt: skip
    return SpotCheck.objects.create(
        agency=agency, plan=plan.strip(), on=on, seed=entry.hash, population=population,
        drawn=rules.draw(entry.hash, population, size), by=by, planned_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def record_check_result(
    check: SpotCheck, device: Device, *, by: User, passed: bool, found: str = ""
) -> CheckResult:
    """Note what was found on a drawn machine, once; a machine that failed says why."""
    post = require(by, Duty.ASSET_MANAGE, check.agency)
    if device.agency_id != check.agency_id or device.number not in check.drawn:
        raise Refused(f"{device.number} 不在本次抽中的名单里，请按名单检查。", field="device")
    if clock.today() < check.on:
        raise Refused(f"抽查定于 {check.on:%Y-%m-%d}，请在当日或以后填写结果。")
    if check.results.filter(device=device).exists():
        raise Refused(f"{device.number} 的结果已填写，不能再改；如已整改，请登记整改情况。")
    if not passed and not found.strip():
        raise Refused("不合格的，请写明发现的问题。", field="found")
    result = CheckResult.objects.create(
        check_round=check, device=device, passed=passed, found=found.strip(), by=by, at=clock.now()
    )
    record(
        "check.recorded", device.subject, by=by, post=str(post),
        data={"check": check.pk, "passed": passed},
    )  # fmt: skip
    return result


@transaction.atomic
def record_remedy(result: CheckResult, *, by: User, remedy: str, on: date) -> CheckResult:
    """Note how and when a fault was put right."""
    post = require(by, Duty.ASSET_MANAGE, result.check_round.agency)
    if result.passed or result.remedied_on is not None:
        raise Refused("此项没有待整改的问题，无需登记。")
    if not remedy.strip():
        raise Refused("请写明怎样整改。", field="remedy")
    on_a_day(result.check_round.on, on)
    result.remedy, result.remedied_on = remedy.strip(), on
    result.save(update_fields=["remedy", "remedied_on"])
    record(
        "check.remedied", result.device.subject, by=by, post=str(post), data={"on": on.isoformat()}
    )
    return result
