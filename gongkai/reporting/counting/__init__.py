"""Counting the cells of the year's form. What nobody recorded stays None until it is entered."""

from __future__ import annotations

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.refusal import Refused
from gongkai.reporting.counting import applications, documents, statistics
from gongkai.reporting.rules import Number, key_text
from gongkai.reporting.sources import Row, Source
from gongkai.statute import ReportForm, report_form

__all__ = ["cell_rows", "count_cells", "form_for"]


def form_for(year: int) -> ReportForm:
    """The form of the year; Refused for a year that has not begun."""
    if year > clock.today().year:
        raise Refused(f"{year} 年还没有开始，没有数据可以统计，请核对年份。", field="year")
    return report_form(year)


def count_cells(agency: Agency, year: int) -> dict[str, Number | None]:
    """Every cell of the form as ``table.row.column`` → number; None where nothing is recorded."""
    form = form_for(year)
    counted = applications.numbers(agency, year) if form.id != "2007" else {}
    found: dict[str, Number | None] = {}
    for table in form.tables:
        for row, column in table.cells():
            key = key_text(table.number, row, column)
            source = _source(form, table.number, row, column)
            found[key] = counted.get(key) if source is None else source.count(agency, year)
    return found


def cell_rows(agency: Agency, year: int, table: int, row: str, column: str) -> list[Row]:
    """The rows that a cell counts; empty for one that is entered by hand."""
    form = form_for(year)
    if (row, column) not in _cells_of(form, table):
        raise Refused("报告里没有这一格，请从报告的表格中点开。")
    source = _source(form, table, row, column)
    if source is not None:
        return list(source.rows(agency, year))
    if form.id == "2007" or table == 1:
        return []
    return applications.rows(agency, year, table, row, column)


def _cells_of(form: ReportForm, number: int) -> set[tuple[str, str]]:
    return {cell for table in form.tables if table.number == number for cell in table.cells()}


def _source(form: ReportForm, table: int, row: str, column: str) -> Source | None:
    """How a cell is counted, if not with the applications in one sweep."""
    if form.id == "2007":
        return statistics.source(row)
    return documents.source(form.id, row, column) if table == 1 else None
