"""A report as paper and page show it: headings, paragraphs, tables of cells. No markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ROW, COL, ROWGROUP, COLGROUP = "row", "col", "rowgroup", "colgroup"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``scope`` makes it a heading, ``key`` (``table.row.column``) a counted number."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    key: str = ""


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table of the form; ``head`` are its first lines, of headings only.

    ``repeats``: the head stands over every line, so a next page may show it again.
    """

    number: int
    caption: str
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    repeats: bool = True

    @property
    def width(self) -> int:
        """How many columns it has."""
        return sum(cell.colspan for cell in self.head[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A section of the form. ``drafted``: the paragraphs are the machine's, nobody wrote them."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[ReportTable, ...] = ()
    drafted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """The annual report of an organ. ``version`` 0: counted now, nobody has drafted it."""

    title: str
    agency: str
    year: int
    form: str
    cut_off: date
    dated: date
    version: int
    frozen: bool
    preface: str
    sections: tuple[ReportSection, ...]

    @property
    def title_lines(self) -> tuple[str, str]:
        """Where a title too long for one line breaks: after organ and year."""
        first = self.title.index(str(self.year)) + len(f"{self.year}年")
        return self.title[:first], self.title[first:]
