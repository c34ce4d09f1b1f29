"""The forms of the annual report: tables, rows, columns and their arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.refusal import Refused
from gongkai.statute.source import table

FORMS = ("2007", "2019", "2021")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``group`` is the head printed above several."""

    key: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row. ``columns`` names its cells, empty for all; ``money`` cells may hold decimals."""

    key: str
    label: str
    heading: str
    group: str
    columns: tuple[str, ...]
    unit: str
    parent: str
    money: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form, in section ``section`` (from 1)."""

    number: int
    key: str
    label: str
    section: int
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cells(self) -> tuple[tuple[str, str], ...]:
        """(row, column) of every cell, in reading order."""
        every = tuple(column.key for column in self.columns)
        return tuple((row.key, column) for row in self.rows for column in row.columns or every)


@dataclass(frozen=True, slots=True)
class Constraint:
    """Arithmetic that the form demands.

    ``kind``: rows (sums of rows, in every column), columns (sums of columns, in every row),
    whole (no blank, nothing negative), previous (right stands in last year's report), stock
    (last year's stock plus made minus repealed), text (prose equals cells; table 0).
    ``level``: error or warning.
    """

    id: str
    table: int
    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form and the reporting years that it serves; ``last_year`` is None for the present one.

    ``statistics_first_year``: from when the form's table is filled in (2014 for the old form).
    """

    id: str
    title: str
    article: str
    first_year: int
    last_year: int | None
    statistics_first_year: int
    blank_is_zero: bool
    sections: tuple[str, ...]
    tables: tuple[Table, ...]
    constraints: tuple[Constraint, ...]

    def table(self, number: int) -> Table:
        """Table 1, 2 or 3."""
        return next(found for found in self.tables if found.number == number)


@cache
def report_form(year: int) -> ReportForm:
    """The form for the report on that year."""
    for name in FORMS:
        raw = table(f"report-{name}")
        if raw["first_year"] <= year <= raw.get("last_year", year):
            return _form(raw)
    raise Refused(f"{year} 年没有年度报告格式，请核对年份。", field="year")


def _form(raw: dict[str, Any]) -> ReportForm:
    return ReportForm(
        id=raw["id"],
        title=raw["title"],
        article=raw["article"],
        first_year=raw["first_year"],
        last_year=raw.get("last_year"),
        statistics_first_year=raw.get("statistics_first_year", raw["first_year"]),
        blank_is_zero=raw.get("blank_is_zero", False),
        sections=tuple(raw["sections"]),
        tables=tuple(_table(row) for row in raw["table"]),
        constraints=tuple(
            Constraint(
                left=tuple(row.get("left", ())),
                right=tuple(row.get("right", ())),
                **{k: row[k] for k in ("id", "table", "kind", "level", "text")},
            )
            for row in raw["constraint"]
        ),
    )


def _table(raw: dict[str, Any]) -> Table:
    return Table(
        number=raw["number"],
        key=raw["key"],
        label=raw["label"],
        section=raw["section"],
        note=raw.get("note", ""),
        columns=tuple(Column(c["key"], c["label"], c.get("group", "")) for c in raw["columns"]),
        rows=tuple(
            Row(
                key=row["key"],
                label=row["label"],
                heading=row.get("heading", ""),
                group=row.get("group", ""),
                columns=tuple(row.get("columns", ())),
                unit=row.get("unit", ""),
                parent=row.get("parent", ""),
                money=row.get("decimals") == "money",
            )
            for row in raw["rows"]
        ),
    )
