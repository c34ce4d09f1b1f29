"""One row of a register, understood: what its cells say, and nothing that they do not. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.imports import headings
from gongkai.refusal import Refused


@dataclass(frozen=True)
class Line:
    """What a row says; empty or None where its cell is empty or its column is missing."""

    number: str
    kind: str
    unit: str
    custodian: str
    zone: str
    connection: str
    label: str
    in_use_from: date | None
    labelled_on: date | None
    scrapped_on: date | None
    facts: Mapping[str, str]

    @property
    def is_peripheral(self) -> bool:
        """A printer or a scanner rather than a computer."""
        return self.kind in headings.PERIPHERALS


def understood(fields: Mapping[str, str], *, since_1904: bool = False) -> Line:
    """The row behind the cells; raises Refused with the heading whose cell is not understood."""
    number = unicodedata.normalize("NFKC", fields["number"])
    if not number:
        raise Refused("请填写资产编号。", field="number")
    return Line(
        number=number,
        kind=_code(fields, "kind", headings.KINDS, needed=True),
        unit=fields["unit"],
        custodian=fields.get("custodian", ""),
        zone=_code(fields, "zone", headings.ZONES),
        connection=_code(fields, "connection", headings.CONNECTIONS),
        label=fields.get("label", ""),
        in_use_from=_day(fields, "in_use_from", since_1904),
        labelled_on=_day(fields, "labelled_on", since_1904),
        scrapped_on=_day(fields, "scrapped_on", since_1904),
        facts={f: fields[f] for f in headings.FACTS if fields.get(f)},
    )


def needed(line: Line, field: str) -> str:
    """A cell that a new entry cannot do without."""
    value = getattr(line, field)
    if not value:
        raise Refused(f"新登记的条目须填写{headings.TITLES[field]}。", field=field)
    return str(value)


def needed_day(line: Line) -> date:
    """Since when a new entry is in use: without it no past day's figures can be counted."""
    if line.in_use_from is None:
        raise Refused(f"新登记的条目须填写{headings.TITLES['in_use_from']}。", field="in_use_from")
    return line.in_use_from


def _code(
    fields: Mapping[str, str],
    field: str,
    words: dict[str, tuple[str, ...]],
    *,
    needed: bool = False,
) -> str:
    text = fields.get(field, "")
    if not text and not needed:
        return ""
    code = headings.meaning(text, words)
    if code is None:
        said = "、".join(said[0] for said in words.values())
        raise Refused(f"{headings.TITLES[field]}“{text}”无法识别，请填写：{said}。", field=field)
    return code


def _day(fields: Mapping[str, str], field: str, since_1904: bool) -> date | None:
    text = fields.get(field, "")
    day = headings.day(text, since_1904=since_1904) if text else None
    if text and day is None:
        raise Refused(
            f"{headings.TITLES[field]}“{text}”不是日期，请按 2014-03-01 的样子填写。", field=field
        )
    return day
