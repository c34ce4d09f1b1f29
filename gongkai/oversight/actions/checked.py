"""What every entry must satisfy, and how it gets its number."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from gongkai import clock
from gongkai.agencies.models import Agency, Unit
from gongkai.oversight import rules
from gongkai.refusal import Refused

Row = TypeVar("Row", bound=models.Model)


def entered(row: Row) -> Row:
    """Save a new row whose values fit; a missing or overlong one is refused by its name."""
    try:
        row.clean_fields()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        raise Refused(f"{label}填写有误：{messages[0]}", field=name) from error
    row.save(force_insert=True)
    return row


def own_unit(agency: Agency, unit: Unit) -> None:
    """Nobody inspects, praises or blames a unit of another organ."""
    if unit.agency_id != agency.pk:
        raise Refused(f"“{unit.name}”不是本机关的处室，请另选。", field="unit")


def happened(on: date) -> None:
    """What is entered has taken place."""
    if on > clock.today():
        raise Refused("日期不能晚于今天，请在事后登记，或改填实际日期。", field="on")


def next_number(model: type[models.Model], agency: Agency, prefix: str, year: int) -> str:
    """The next number of an organ and year, without gaps; the organ's row is locked meanwhile."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    taken = model._default_manager.filter(agency=agency, number__startswith=f"{prefix}-{year}-")
    return rules.number(prefix, year, taken.count() + 1)
