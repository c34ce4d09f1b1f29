"""The figures of a year, the report on it, and the rows behind each number."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.models import Agency
from gongkai.refusal import Refused
from gongkai.reporting.counting import cell_rows, count_cells, form_for
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.rules import Findings, Number, examine, key_text
from gongkai.reporting.sources import SOURCES, Row
from gongkai.statute import Table, report_form

__all__ = [
    "as_file", "cell_rows", "check_report", "count_cells", "figures", "figures_of", "newest",
    "report_of", "rows_behind",
]  # fmt: skip

# The order in which people read them; what rooms above add comes last.
_ORDER = (
    "sites", "sections", "service_columns", "rules", "enquiries", "complaints", "answer_rate",
    "applications", "fees", "reconsiderations", "litigations", "computers", "printers", "software",
)  # fmt: skip


def figures(agency: Agency, year: int) -> dict[str, Any]:
    """The bureau's figures of a year, every one counted from records."""
    form_for(year)
    counted: dict[str, Any] = {}
    for key in _sorted():
        part, _, name = key.partition(".")
        value = SOURCES[key].count(agency, year)
        if name:
            counted.setdefault(part, {})[name] = value
        else:
            counted[part] = value
    return counted


def rows_behind(key: str, agency: Agency, year: int) -> list[Row]:
    """The rows that the figure ``key`` (``computers.total``) counts."""
    if key not in SOURCES:
        raise Refused(f"没有“{key}”这个数字，请从报告中点开。")
    return list(SOURCES[key].rows(agency, year))


def newest(agency: Agency, year: int) -> AnnualReport | None:
    """The newest version of the report on a year, frozen or not."""
    return AnnualReport.objects.filter(agency=agency, year=year).order_by("-version").first()


def report_of(agency: Agency, year: int) -> AnnualReport | None:
    """The version that counts: the newest frozen one, else the draft; None before the first."""
    frozen = AnnualReport.objects.filter(agency=agency, year=year, state=AnnualReport.State.FROZEN)
    return frozen.order_by("-version").first() or newest(agency, year)


def figures_of(agency: Agency, year: int) -> dict[str, Number | None]:
    """Every cell (``table.row.column``) of the report on a year: kept, or counted now."""
    report = report_of(agency, year)
    return report.figures() if report else count_cells(agency, year)


def as_file(agency: Agency, year: int, cells: dict[str, Number | None]) -> dict[str, Any]:
    """A report as the plain object that ``gongkai report check`` reads."""
    form = report_form(year)
    return {
        "organ": agency.name,
        "year": year,
        "format": form.id,
        **{f"table{table.number}": _table(table, cells) for table in form.tables},
    }


def check_report(report: AnnualReport) -> Findings:
    """What contradicts itself in a version, and against the report on the year before."""
    agency, year = report.agency, report.year
    before = report_of(agency, year - 1)
    previous = as_file(agency, year - 1, before.figures()) if before else None
    return examine(as_file(agency, year, report.figures()), previous)


def _table(table: Table, cells: dict[str, Number | None]) -> dict[str, Any]:
    """Rows of many columns as lists or objects, rows of one cell as their number."""
    every = [column.key for column in table.columns]
    found: dict[str, Any] = {}
    for row in table.rows:
        values = {c: cells.get(key_text(table.number, row.key, c)) for c in row.columns or every}
        if len(values) == 1:
            (found[row.key],) = values.values()
        else:
            found[row.key] = list(values.values()) if table.key == "applications" else values
    return found


def _sorted() -> list[str]:
    keys = list(SOURCES)

    def place(key: str) -> tuple[int, int]:
        part = key.partition(".")[0]
        return (_ORDER.index(part) if part in _ORDER else len(_ORDER), keys.index(key))

    return sorted(keys, key=place)
