"""Tables 2 and 3: applications by class and result, reconsiderations and suits by result."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.applications import queries
from gongkai.reporting.rules import key_text
from gongkai.reporting.sources import Row, of_cases, of_remedies

_TABLE_2, _TABLE_3 = 2, 3


def numbers(agency: Agency, year: int) -> dict[str, int]:
    """Both tables, in two queries."""
    tables = (
        (_TABLE_2, queries.counts(agency, year)),
        (_TABLE_3, queries.remedy_counts(agency, year)),
    )
    return {
        key_text(number, row, column): value
        for number, rows in tables
        for row, cells in rows.items()
        for column, value in cells.items()
    }


def rows(agency: Agency, year: int, table: int, row: str, column: str) -> list[Row]:
    """The applications, or the reconsiderations and suits, that a cell counts."""
    if table == _TABLE_2:
        return list(of_cases(queries.rows_behind(agency, year, row, column)))
    return list(of_remedies(queries.remedies_behind(agency, year, row, column)))
