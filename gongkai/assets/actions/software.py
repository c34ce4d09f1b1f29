"""Licences and what is installed under them."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.assets import rules
from gongkai.assets.actions.checked import fits, in_use, not_later_than_today, on_a_day
from gongkai.assets.models import Device, Installation, Licence, SoftwareTitle
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def register_licence(
    agency: Agency,
    *,
    by: User,
    title: str,
    kind: str,
    sets: int,
    acquired_on: date,
    vendor: str = "",
    number: str = "",
    source: str = Licence.Source.BOUGHT,
    valid_until: date | None = None,
) -> Licence:
    """Enter a right to install ``sets`` sets of a program."""
    post = require(by, Duty.ASSET_MANAGE, agency)
    if not title.strip():
        raise Refused("请填写软件名称。", field="title")
    if sets < 1:
        raise Refused("套数至少为 1，请核对许可文件。", field="sets")
    not_later_than_today(acquired_on)
    fits(SoftwareTitle(name=title.strip(), kind=kind))
    software, _ = SoftwareTitle.objects.get_or_create(name=title.strip(), defaults={"kind": kind})
    if software.kind != kind:
        raise Refused(
            f"“{software}”已登记为{software.get_kind_display()}，请选择同一类别。", field="kind"
        )
    licence = Licence(
        agency=agency, title=software, source=source, number=number, sets=sets, vendor=vendor,
        acquired_on=acquired_on, valid_until=valid_until,
    )  # fmt: skip
    fits(licence)
    licence.save()
    record(
        "licence.registered", f"licence:{licence.pk}", by=by, post=str(post),
        data={"title": software.name, "sets": sets},
    )  # fmt: skip
    return licence


@transaction.atomic
def install(licence: Licence, device: Device, *, by: User, on: date) -> Installation:
    """Put one set of a licence on a device; refused when no set is left or the term is over."""
    post = require(by, Duty.ASSET_MANAGE, licence.agency)
    if device.agency_id != licence.agency_id:
        raise Refused("许可和计算机不属于同一机关，请另选。", field="device")
    in_use(device)
    on_a_day(max(licence.acquired_on, device.in_use_from), on)
    # The row is locked so that two people cannot both take the last set.
    licence = Licence.objects.select_for_update().get(pk=licence.pk)
    installed = licence.installations.filter(end=None)
    if installed.filter(device=device).exists():
        raise Refused(f"{device.number} 已安装此软件，无需重复登记。", field="device")
    if objection := rules.objection_to_install(
        licence.sets, installed.count(), licence.valid_until, on
    ):
        raise Refused(objection, field="licence", rule="国办发〔2013〕88号 3")
    installation = Installation.objects.create(device=device, licence=licence, start=on)
    record(
        "software.installed", device.subject, by=by, post=str(post), data={"licence": licence.pk}
    )
    return installation


@transaction.atomic
def uninstall(installation: Installation, *, by: User, on: date) -> Installation:
    """Take a set off a device; it can then be installed elsewhere."""
    post = require(by, Duty.ASSET_MANAGE, installation.licence.agency)
    if installation.end is not None:
        raise Refused("此软件已卸载，无需重复登记。")
    on_a_day(installation.start, on)
    installation.end = on
    installation.save(update_fields=["end"])
    record(
        "software.removed", installation.device.subject, by=by, post=str(post),
        data={"licence": installation.licence_id},
    )  # fmt: skip
    return installation
