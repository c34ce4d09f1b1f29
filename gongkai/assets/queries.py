"""Counting the register as of a day; each figure is the size of a list that can be shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.assets.models import (
    CheckResult,
    Custody,
    Device,
    Licence,
    Peripheral,
    Placement,
    SpotCheck,
)
from gongkai.assets.rules import PeripheralKind, SoftwareKind, Zone, draw
from gongkai.refusal import Refused

Rows = Callable[[Agency, date], QuerySet[Any]]

# Operating systems come with the machine and are not counted as sets.
COUNTED_SOFTWARE = (SoftwareKind.ANTIVIRUS, SoftwareKind.DOCUMENT)


def devices_in_use(agency: Agency, on: date | None = None) -> QuerySet[Device]:
    """The computers in use on a day, with their zone, connection, unit and custodian that day."""
    return Device.objects.filter(agency=agency).in_use(on or clock.today())


def placement_of(device: Device) -> Placement:
    """Where the device stands and for what; of one out of use, where it stood last."""
    return device.placements.latest("start", "pk")


def custody_of(device: Device) -> Custody:
    """Who answers for the device; of one out of use, who did last."""
    return device.custodies.latest("start", "pk")


def _printers(agency: Agency, on: date, kind: PeripheralKind) -> QuerySet[Peripheral]:
    return Peripheral.objects.filter(agency=agency, kind=kind, in_use_from__lte=on).filter(
        Q(scrapped_on=None) | Q(scrapped_on__gt=on)
    )


def _licences(agency: Agency, on: date) -> QuerySet[Licence]:
    return Licence.objects.filter(
        agency=agency, title__kind__in=COUNTED_SOFTWARE, acquired_on__lte=on
    ).filter(Q(valid_until=None) | Q(valid_until__gte=on))


def _in_zone(zone: Zone) -> Rows:
    return lambda agency, on: devices_in_use(agency, on).filter(Q(zone=zone))


_ROWS: dict[str, Rows] = {
    "computers.total": devices_in_use,
    "computers.internal_information": _in_zone(Zone.INTERNAL_INFORMATION),
    "computers.standalone": _in_zone(Zone.STANDALONE),
    "computers.intranet": _in_zone(Zone.INTRANET),
    "computers.labelled": lambda a, on: devices_in_use(a, on).filter(labelled_on__lte=on),
    "computers.with_custodian": lambda a, on: devices_in_use(a, on).filter(Q(kept=True)),
    "printers.laser": lambda a, on: _printers(a, on, PeripheralKind.LASER),
    "printers.inkjet": lambda a, on: _printers(a, on, PeripheralKind.INKJET),
    "software.sets": _licences,
}


def rows_behind(figure: str, agency: Agency, on: date) -> QuerySet[Any]:
    """The rows that a figure (``computers.total`` …) counts; of licences the sets are added up."""
    if figure not in _ROWS:
        raise Refused(f"没有“{figure}”这个数字，请从报告中点开。")
    return _ROWS[figure](agency, on)


def figures(agency: Agency, on: date) -> dict[str, dict[str, int]]:
    """The parts computers, printers and software of the bureau's figures, as of a day."""
    counted: dict[str, dict[str, int]] = {}
    for key in _ROWS:
        part, name = key.split(".")
        counted.setdefault(part, {})[name] = _size(rows_behind(key, agency, on))
    return counted


def _size(rows: QuerySet[Any]) -> int:
    if rows.model is Licence:
        return rows.aggregate(total=Sum("sets"))["total"] or 0
    return rows.count()


def checks_of(agency: Agency) -> QuerySet[SpotCheck]:
    """The spot checks, newest first."""
    return SpotCheck.objects.filter(agency=agency)


def still_to_check(check: SpotCheck) -> list[str]:
    """The drawn machines without a result."""
    done = set(check.results.values_list("device__number", flat=True))
    return [number for number in check.drawn if number not in done]


def not_remedied(agency: Agency) -> QuerySet[CheckResult]:
    """Faults of spot checks that are not yet put right."""
    return CheckResult.objects.filter(
        check_round__agency=agency, passed=False, remedied_on=None
    ).select_related("device", "check_round")


def is_honest(check: SpotCheck) -> bool:
    """Whether the frozen list is what the published seed draws."""
    return bool(draw(check.seed, check.population, len(check.drawn)) == check.drawn)
