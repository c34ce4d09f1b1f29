"""Keeping the register: who may is whoever holds the network security administrator's post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.assets import rules
from gongkai.assets.actions.checked import (
    check_place,
    fits,
    in_use,
    new_number,
    not_later_than_today,
    on_a_day,
    own_unit,
)
from gongkai.assets.models import Custody, Device, Peripheral, Placement
from gongkai.assets.queries import custody_of, placement_of
from gongkai.ledger.actions import record
from gongkai.refusal import Refused

CORRECTABLE = frozenset({"kind", "maker", "model", "serial", "operating_system"})


@transaction.atomic
def register_device(
    agency: Agency,
    *,
    by: User,
    number: str,
    kind: str,
    unit: Unit,
    zone: str,
    custodian: str,
    in_use_from: date,
    connection: str = "",
    custodian_user: User | None = None,
    facts: Mapping[str, str] | None = None,
) -> Device:
    """Enter a computer with its place, purpose and responsible person.

    ``facts`` are those of ``CORRECTABLE``, such as the maker. ``connection`` is the usual one
    of the zone unless told. Refused: a number that exists, no
    responsible person, a purpose that does not go with the network.
    """
    post = require(by, Duty.ASSET_MANAGE, agency)
    number = number.strip()
    new_number(agency, number, Device)
    connection = connection or rules.USUAL[rules.Zone(zone)]
    check_place(agency, unit, zone, connection)
    not_later_than_today(in_use_from)
    device = Device(agency=agency, number=number, kind=kind, in_use_from=in_use_from)
    _note(device, facts or {})
    fits(device)
    device.save()
    Placement.objects.create(
        device=device, unit=unit, zone=zone, connection=connection, start=in_use_from
    )
    _give(device, custodian, custodian_user, in_use_from)
    record(
        "device.registered", device.subject, by=by, post=str(post),
        data={"zone": zone, "unit": unit.code, "from": in_use_from.isoformat()},
    )  # fmt: skip
    return device


@transaction.atomic
def correct_device(device: Device, *, by: User, facts: Mapping[str, str]) -> Device:
    """Correct what stands on the machine itself (maker, model, serial, system, kind)."""
    post = require(by, Duty.ASSET_MANAGE, device.agency)
    _note(device, facts)
    fits(device)
    device.save(update_fields=list(facts))
    record(
        "device.corrected", device.subject, by=by, post=str(post), data={"fields": sorted(facts)}
    )
    return device


@transaction.atomic
def move_device(
    device: Device, *, by: User, unit: Unit, zone: str, on: date, connection: str = ""
) -> Placement:
    """Give a device another unit, purpose or network from a day on."""
    post = require(by, Duty.ASSET_MANAGE, device.agency)
    in_use(device)
    before = placement_of(device)
    on_a_day(before.start, on)
    connection = connection or rules.USUAL[rules.Zone(zone)]
    check_place(device.agency, unit, zone, connection)
    before.end = on
    before.save(update_fields=["end"])
    placement = Placement.objects.create(
        device=device, unit=unit, zone=zone, connection=connection, start=on
    )
    record(
        "device.moved", device.subject, by=by, post=str(post),
        data={"zone": zone, "unit": unit.code, "on": on.isoformat()},
    )  # fmt: skip
    return placement


@transaction.atomic
def label_device(device: Device, *, by: User, text: str, on: date) -> Device:
    """Note the label on the machine; a later label does not change since when it is labelled."""
    post = require(by, Duty.ASSET_MANAGE, device.agency)
    in_use(device)
    if not text.strip():
        raise Refused("请填写标签内容（编号、用途、管理人）。", field="label")
    on_a_day(device.in_use_from, on)
    device.label, device.labelled_on = text.strip(), device.labelled_on or on
    fits(device)
    device.save(update_fields=["label", "labelled_on"])
    record("device.labelled", device.subject, by=by, post=str(post), data={"on": on.isoformat()})
    return device


@transaction.atomic
def hand_over(
    device: Device, *, by: User, custodian: str, on: date, custodian_user: User | None = None
) -> Custody:
    """Another person answers for the device from a day on; the former one until the day before."""
    post = require(by, Duty.ASSET_MANAGE, device.agency)
    in_use(device)
    before = custody_of(device)
    on_a_day(before.start, on)
    before.end = on
    before.save(update_fields=["end"])
    custody = _give(device, custodian, custodian_user, on)
    record("device.handed_over", device.subject, by=by, post=str(post), data={"on": on.isoformat()})
    return custody


@transaction.atomic
def retire_device(device: Device, *, by: User, on: date, reason: str) -> Device:
    """Take a device out of use: custody, place and licences end the same day."""
    post = require(by, Duty.ASSET_MANAGE, device.agency)
    in_use(device)
    if not reason.strip():
        raise Refused("请写明报废或停用的原因。", field="reason")
    on_a_day(max(custody_of(device).start, placement_of(device).start), on)
    device.scrapped_on = on
    device.save(update_fields=["scrapped_on"])
    device.placements.filter(end=None).update(end=on)
    device.custodies.filter(end=None).update(end=on)
    device.installations.filter(end=None).update(end=on)
    record(
        "device.retired", device.subject, by=by, post=str(post),
        data={"on": on.isoformat(), "reason": reason},
    )  # fmt: skip
    return device


@transaction.atomic
def register_peripheral(
    agency: Agency, *, by: User, number: str, kind: str, unit: Unit, in_use_from: date,
    model: str = "",
) -> Peripheral:  # fmt: skip
    """Enter a printer or another peripheral."""
    post = require(by, Duty.ASSET_MANAGE, agency)
    number = number.strip()
    new_number(agency, number, Peripheral)
    own_unit(agency, unit)
    not_later_than_today(in_use_from)
    peripheral = Peripheral(
        agency=agency, unit=unit, number=number, kind=kind, in_use_from=in_use_from, model=model
    )
    fits(peripheral)
    peripheral.save()
    record(
        "peripheral.registered", f"peripheral:{agency.code}/{number}", by=by, post=str(post),
        data={"kind": kind},
    )  # fmt: skip
    return peripheral


@transaction.atomic
def retire_peripheral(peripheral: Peripheral, *, by: User, on: date, reason: str) -> Peripheral:
    """Take a printer or another peripheral out of use."""
    post = require(by, Duty.ASSET_MANAGE, peripheral.agency)
    if peripheral.scrapped_on is not None:
        raise Refused(f"{peripheral.number} 已报废，无需重复登记。")
    if not reason.strip():
        raise Refused("请写明报废或停用的原因。", field="reason")
    on_a_day(peripheral.in_use_from, on)
    peripheral.scrapped_on = on
    peripheral.save(update_fields=["scrapped_on"])
    record(
        "peripheral.retired", f"peripheral:{peripheral.agency.code}/{peripheral.number}", by=by,
        post=str(post), data={"on": on.isoformat(), "reason": reason},
    )  # fmt: skip
    return peripheral


def _note(device: Device, facts: Mapping[str, str]) -> None:
    if wrong := set(facts) - CORRECTABLE:
        raise TypeError(f"not a fact of the machine itself: {sorted(wrong)}")
    for name, value in facts.items():
        setattr(device, name, value)


def _give(device: Device, person: str, user: User | None, on: date) -> Custody:
    person = person.strip() or (user.get_full_name() if user else "")
    if not person:
        raise Refused("每台计算机都要有一名管理人，请填写管理人。", field="custodian")
    custody = Custody(device=device, person=person, user=user, start=on)
    fits(custody)
    custody.save()
    return custody
