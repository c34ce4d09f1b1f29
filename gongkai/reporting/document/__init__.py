"""The annual report as a document, in the form of the law in force for its year."""

from __future__ import annotations

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.reporting import queries
from gongkai.reporting.counting import form_for
from gongkai.reporting.document import earlier, national
from gongkai.reporting.document.shape import (
    Cell,
    Line,
    ReportDocument,
    ReportSection,
    ReportTable,
)
from gongkai.reporting.document.tables import table_of
from gongkai.reporting.document.words import Known, chinese_date
from gongkai.reporting.figures import last_day
from gongkai.reporting.models import AnnualReport
from gongkai.statute import ReportForm

__all__ = ["Cell", "Line", "ReportDocument", "ReportSection", "ReportTable", "report_document"]

_PREFACE = 0


def report_document(
    agency: Agency, year: int, report: AnnualReport | None = None
) -> ReportDocument:
    """The report on a year: the version that counts (or the given one), else counted now.

    Sections that nobody wrote hold sentences built from the figures; gaps that only people can
    fill are marked. Refused for a year without a form.
    """
    form = form_for(year)
    report = report or queries.report_of(agency, year)
    known = _known(agency, year, report)
    texts = report.texts if report else {}
    return ReportDocument(
        title=f"{agency.name}{year}年{form.title}",
        agency=agency.name,
        year=year,
        form=form.id,
        cut_off=known.cut_off,
        dated=clock.day_of(report.frozen_at or report.made_at) if report else clock.today(),
        version=report.version if report else 0,
        frozen=bool(report and report.frozen_at),
        preface=known.filled(texts.get(str(_PREFACE), "")) or _preface(form, known),
        sections=tuple(
            _section(form, number, known, texts.get(str(number), ""))
            for number in range(1, len(form.sections) + 1)
        ),
    )


def _known(agency: Agency, year: int, report: AnnualReport | None) -> Known:
    if report:
        return Known(agency.name, year, report.cut_off, report.figures(), report.facts)
    cells, facts = queries.count_cells(agency, year), queries.figures(agency, year)
    return Known(agency.name, year, last_day(year), cells, facts)


def _preface(form: ReportForm, known: Known) -> str:
    return (
        f"根据《中华人民共和国政府信息公开条例》，编制{known.agency}{known.year}年度报告。"
        f"统计期自{known.year}年1月1日起，至{chinese_date(known.cut_off)}止。"
    )


def _section(form: ReportForm, number: int, known: Known, text: str) -> ReportSection:
    drafts = (earlier if form.id == "2007" else national).SECTIONS
    written = [known.filled(line) for line in text.splitlines() if line.strip()]
    drafted = [line for line in drafts[number - 1](known) if line.strip("。")]
    return ReportSection(
        heading=form.sections[number - 1],
        paragraphs=tuple(written or drafted),
        tables=tuple(
            table_of(table, known.cells)
            for table in form.tables
            if table.section == number and known.year >= form.statistics_first_year
        ),
        drafted=not written,
    )
