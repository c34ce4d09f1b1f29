"""Reports and statistics as web pages: tables of cells, charts, and text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.safestring import SafeString

from gongkai.portal.contexts.charts import Chart
from gongkai.portal.contexts.home import Figure
from gongkai.portal.contexts.items import Attachment
from gongkai.portal.contexts.lists import Filter, SideNav
from gongkai.portal.contexts.site import Link, Page


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a printed form; ``scope`` (col, row, colgroup, rowgroup) makes it a heading."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    url: str = ""


CellRow = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    caption: str
    head: tuple[CellRow, ...]
    body: tuple[CellRow, ...]
    note: str = ""

    @property
    def wide(self) -> bool:
        """Too many columns for a phone: it scrolls instead of breaking every word."""
        return max((sum(c.colspan for c in row) for row in self.head + self.body), default=0) > 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    heading: str
    body: SafeString
    tables: tuple[ReportTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    """The annual report in the national form: six sections, three tables."""

    template: ClassVar[str] = "portal/report.html"
    year: int
    agency: str
    published_on: date
    preface: str = ""
    sections: tuple[ReportSection, ...]
    attachments: tuple[Attachment, ...] = ()
    other_years: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsPage(Page):
    template: ClassVar[str] = "portal/statistics.html"
    period: str
    counted_on: date
    side: SideNav | None = None
    filters: tuple[Filter, ...] = ()
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    downloads: tuple[Attachment, ...] = ()
