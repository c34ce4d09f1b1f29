"""What every entry in the register must satisfy."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from gongkai import clock
from gongkai.agencies.models import Agency, Unit
from gongkai.assets import rules
from gongkai.assets.models import Device, Peripheral
from gongkai.refusal import Refused


def fits(row: models.Model) -> None:
    """Every value fits its column; a database may cut it off or break where a form was not used."""
    try:
        row.clean_fields()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        raise Refused(f"{label}填写有误：{messages[0]}", field=name) from error


def new_number(agency: Agency, number: str, model: type[Device] | type[Peripheral]) -> None:
    if not number:
        raise Refused("请填写资产编号。", field="number")
    if model.objects.filter(agency=agency, number=number).exists():
        raise Refused(
            f"资产编号 {number} 已在台账中，请核对编号，或到原条目中修改。", field="number"
        )


def check_place(agency: Agency, unit: Unit, zone: str, connection: str) -> None:
    own_unit(agency, unit)
    if objection := rules.objection_to_connection(zone, connection):
        raise Refused(objection, field="connection", rule="AS4")


def own_unit(agency: Agency, unit: Unit) -> None:
    if unit.agency_id != agency.pk:
        raise Refused(f"“{unit.name}”不是本机关的处室，请另选。", field="unit")


def in_use(device: Device) -> None:
    if device.scrapped_on is not None:
        raise Refused(f"{device.number} 已于 {device.scrapped_on:%Y-%m-%d} 报废，不能再变动。")


def on_a_day(since: date, on: date) -> None:
    if objection := rules.objection_to_handover(since, on, clock.today()):
        raise Refused(objection, field="on")


def not_later_than_today(day: date) -> None:
    on_a_day(date.min, day)
