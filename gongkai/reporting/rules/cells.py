"""Reading the tables of a report file into cells, blanks and unseen ones told apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.refusal import Refused
from gongkai.reporting.rules.faults import Fault, Findings, Number
from gongkai.statute import ReportForm, Table, report_form

Key = tuple[int, str, str]
# Keys of the file that are remarks on a table and no rows.
_REMARKS = frozenset({"cell_notes", "note"})
# Section of the statistics form of 2014: an annex that many reports lack.
_ANNEX = 7
_PARTIAL = "_partial"
_READ_WHOLE = frozenset({"", "sure", "derived"})


def key_text(table: int, row: str, column: str) -> str:
    """The cell as ``table.row.column``."""
    return f"{table}.{row}.{column}"


@dataclass(frozen=True)
class Cells:
    """``values`` holds the numbers that stand there; ``blank`` the cells printed empty.

    A cell in neither was not seen by whoever made the file, so nothing can be said of it.
    """

    form: ReportForm
    values: Mapping[Key, Number]
    blank: frozenset[Key]

    def value(self, key: Key) -> Number | None:
        """The number for arithmetic: a blank counts as 0; None where nothing can be said."""
        return 0 if key in self.blank else self.values.get(key)

    def total(self, *keys: Key) -> Number | None:
        """The sum, None if any part is unknown."""
        parts = [self.value(key) for key in keys]
        known = [part for part in parts if part is not None]
        return tidy(math.fsum(known)) if len(known) == len(parts) else None


def tidy(value: float) -> Number:
    """A whole number as int, so that it prints as people write it."""
    return int(value) if float(value).is_integer() else round(value, 6)


def form_of(report: Mapping[str, Any]) -> ReportForm:
    """The form that the file names, else the one of its year."""
    year, form = report.get("year"), report.get("format")
    if form is not None:
        if str(form) not in {"2007", "2019", "2021"}:
            raise Refused(f"没有“{form}”这种格式，请填 2007、2019 或 2021。", field="format")
        return report_form(int(str(form)))  # a form is named after its first year
    if type(year) is not int:
        raise Refused("文件里没有年度，请补上 year。", field="year")
    return report_form(year)


def read_cells(report: Mapping[str, Any], findings: Findings) -> Cells:
    """The cells of every table; what is no number is noted as a fault."""
    form = form_of(report)
    values: dict[Key, Number] = {}
    blank: set[Key] = set()
    for table in form.tables:
        whole, raw = _table_of(report, table)
        if raw is None:
            _note_missing(report, table, findings)
            continue
        for key, found in _cells_of(table, raw, whole, findings):
            if found is None:
                blank |= {key} if whole else set()
            elif _is_number(found):
                values[key] = tidy(found)
            else:
                findings.note(_no_number(key, found))
    return Cells(form, values, frozenset(blank))


def _table_of(report: Mapping[str, Any], table: Table) -> tuple[bool, Mapping[str, Any] | None]:
    """Whether the table was read whole, and its rows.

    In a file that holds a part of some table (``tableN_partial``) no gap proves a blank.
    """
    name = f"table{table.number}"
    raw = report.get(name)
    excerpt = any(key.endswith(_PARTIAL) for key in report)
    whole = raw is not None and not excerpt and _confidence(report, table) in _READ_WHOLE
    raw = report.get(f"{name}{_PARTIAL}") if raw is None else raw
    if raw is not None and not isinstance(raw, Mapping):
        raise Refused(f"{name} 应按行列出，请对照样例改写。", field=name)
    return whole, raw


def _confidence(report: Mapping[str, Any], table: Table) -> str:
    """How well the maker of the file says that the table was read; empty if nothing is said."""
    told = report.get("confidence")
    return str(told.get(f"t{table.number}", "")) if isinstance(told, Mapping) else ""


def _note_missing(report: Mapping[str, Any], table: Table, findings: Findings) -> None:
    if table.section == _ANNEX or _confidence(report, table):
        return
    text = f"文件里没有表 {table.number}（{table.label}），未核对。"
    findings.note(Fault("missing", table.number, None, None, None, None, text), level="warning")


def _cells_of(
    table: Table, raw: Mapping[str, Any], whole: bool, findings: Findings
) -> Iterator[tuple[Key, Any]]:
    for row in table.rows:
        columns = row.columns or tuple(column.key for column in table.columns)
        told = raw.get(row.key)
        if isinstance(told, list | tuple):
            if len(told) != len(columns):
                findings.note(_wrong_length(table, row.key, len(columns), len(told)))
            told = dict(zip(columns, told, strict=False))
        elif told is not None and not isinstance(told, Mapping):
            told = {columns[0]: told}
        if told is None and not whole:
            continue
        for column in columns:
            yield (table.number, row.key, column), (told or {}).get(column)
    for name in raw.keys() - {row.key for row in table.rows} - _REMARKS:
        text = f"表 {table.number} 有本格式没有的行“{name}”。"
        fault = Fault("form", table.number, name, None, None, None, text)
        findings.note(fault, level="warning")


def _is_number(found: Any) -> bool:
    return type(found) in {int, float} and math.isfinite(found)


def _no_number(key: Key, found: Any) -> Fault:
    shown = found if isinstance(found, str | bool) else str(found)
    text = f"表 {key[0]}“{key[1]}/{key[2]}”不是数。"
    return Fault("X4", *key, None, shown, text)


def _wrong_length(table: Table, row: str, expected: int, found: int) -> Fault:
    text = f"表 {table.number}“{row}”应有 {expected} 格，现有 {found} 格。"
    return Fault("form", table.number, row, None, expected, found, text)
