"""The register of computers and printers from a spreadsheet, row by row, through the same actions.

A dry run does everything and takes it back, so its verdicts are those of the real run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.queries import units_of
from gongkai.agencies.rules import Duty
from gongkai.assets import actions
from gongkai.assets.models import Device, Peripheral
from gongkai.assets.queries import custody_of, placement_of
from gongkai.imports import headings
from gongkai.imports.line import Line, needed, needed_day, understood
from gongkai.imports.sheet import sheet_of
from gongkai.refusal import Refused


def run(path: Path, agency: Agency, by: User, *, dry_run: bool) -> Iterator[dict[str, Any]]:
    """One dict per row: ``row``, ``number``, ``verdict``, ``reason``, ``changes``.

    ``verdict`` is new, changed, unchanged or refused; ``reason`` (Chinese) says why it was refused,
    ``changes`` which headings changed. Refused rows are left out and do not stop the others.
    Raises Refused when the file as a whole cannot be read, NotPermitted when the person does not
    keep the register.
    """
    require(by, Duty.ASSET_MANAGE, agency)
    sheet = sheet_of(path)
    rows = sheet.rows
    place, columns = headings.heading_row(rows)
    if missing := [headings.TITLES[f] for f in headings.NEEDED if f not in columns.values()]:
        raise Refused(
            f"“{path.name}”的表头缺少：{'、'.join(missing)}。请补上这些列后再导入。", field="file"
        )
    with transaction.atomic():
        entry = _Entry(agency, by, since_1904=sheet.since_1904)
        verdicts = [
            entry.verdict_on(row, _fields(cells, columns)) for row, cells in rows[place + 1 :]
        ]
        if dry_run:
            transaction.set_rollback(True)
    yield from verdicts


def _fields(cells: list[str], columns: dict[int, str]) -> dict[str, str]:
    return {field: cells[at] if at < len(cells) else "" for at, field in columns.items()}


class _Entry:
    """Enters the rows of one file."""

    def __init__(self, agency: Agency, by: User, *, since_1904: bool) -> None:
        self.agency = agency
        self.since_1904 = since_1904
        self.by = by
        self.units = {headings.plain(unit.name): unit for unit in units_of(agency)}
        self.rows: dict[str, int] = {}

    def verdict_on(self, row: int, fields: dict[str, str]) -> dict[str, Any]:
        """Enter one row; a refused one leaves nothing behind."""
        verdict, reason, changes = "new", "", list[str]()
        try:
            with transaction.atomic():
                line = understood(fields, since_1904=self.since_1904)
                self._once(line.number, row)
                known = self._enter(line)
        except Refused as refusal:
            verdict, reason = "refused", refusal.message
        else:
            if known is not None:
                changes = [headings.TITLES[field] for field in known]
                verdict = "changed" if changes else "unchanged"
        return {
            "row": row, "number": fields["number"], "verdict": verdict, "reason": reason,
            "changes": changes,
        }  # fmt: skip

    def _once(self, number: str, row: int) -> None:
        first = self.rows.setdefault(number, row)
        if first != row:
            raise Refused(
                f"资产编号 {number} 与第 {first} 行重复，请核对后只保留一行。", field="number"
            )

    def _enter(self, line: Line) -> list[str] | None:
        """The fields that changed; None for a new entry."""
        unit = self._unit(line.unit)
        if line.is_peripheral:
            return self._peripheral(line, unit)
        device = Device.objects.filter(agency=self.agency, number=line.number).first()
        if device is None:
            self._new(line, unit)
            return None
        return [
            *self._correct(device, line),
            *self._move(device, line, unit),
            *self._hand_over(device, line),
            *self._label(device, line),
            *self._retire(device, line),
        ]

    def _new(self, line: Line, unit: Unit) -> None:
        device = actions.register_device(
            self.agency, by=self.by, number=line.number, kind=line.kind, unit=unit,
            zone=needed(line, "zone"), connection=line.connection,
            custodian=needed(line, "custodian"), in_use_from=needed_day(line),
            facts=line.facts,
        )  # fmt: skip
        self._label(device, line)
        self._retire(device, line)

    def _correct(self, device: Device, line: Line) -> list[str]:
        told = {"kind": line.kind, **line.facts}
        differing = {name: told[name] for name in told if getattr(device, name) != told[name]}
        if differing:
            actions.correct_device(device, by=self.by, facts=differing)
        return list(differing)

    def _move(self, device: Device, line: Line, unit: Unit) -> list[str]:
        before = placement_of(device)
        zone = line.zone or before.zone
        # Only a new purpose changes the network by itself.
        connection = line.connection or (before.connection if zone == before.zone else "")
        changed = [
            field
            for field, now, was in (
                ("unit", unit.pk, before.unit_id),
                ("zone", zone, before.zone),
                ("connection", connection, before.connection),
            )
            if now != was
        ]
        if changed:
            actions.move_device(
                device, by=self.by, unit=unit, zone=zone, connection=connection, on=clock.today()
            )
        return changed

    def _hand_over(self, device: Device, line: Line) -> list[str]:
        if not line.custodian or line.custodian == custody_of(device).person:
            return []
        actions.hand_over(device, by=self.by, custodian=line.custodian, on=clock.today())
        return ["custodian"]

    def _label(self, device: Device, line: Line) -> list[str]:
        """A date without a text: the label bears the asset number."""
        text = line.label or (line.number if line.labelled_on and not device.label else "")
        if not text or text == device.label:
            return []
        on = line.labelled_on or device.labelled_on or clock.today()
        actions.label_device(device, by=self.by, text=text, on=on)
        return ["label"]

    def _retire(self, device: Device, line: Line) -> list[str]:
        if line.scrapped_on is None or line.scrapped_on == device.scrapped_on:
            return []
        actions.retire_device(device, by=self.by, on=line.scrapped_on, reason="台账导入")
        return ["scrapped_on"]

    def _peripheral(self, line: Line, unit: Unit) -> list[str] | None:
        known = Peripheral.objects.filter(agency=self.agency, number=line.number).first()
        model = " ".join(line.facts[f] for f in ("maker", "model") if f in line.facts)
        if known is None:
            actions.register_peripheral(
                self.agency, by=self.by, number=line.number, kind=line.kind, unit=unit,
                model=model, in_use_from=needed_day(line),
            )  # fmt: skip
            return None
        if (known.kind, known.unit_id, known.model) != (line.kind, unit.pk, model):
            raise Refused("台账中这台外设的内容不同，请停用原条目后用新编号登记。", field="number")
        return []

    def _unit(self, name: str) -> Unit:
        unit = self.units.get(headings.plain(name))
        if unit is None:
            raise Refused(f"没有名为“{name}”的处室，请按机构设置中的名称填写。", field="unit")
        return unit
