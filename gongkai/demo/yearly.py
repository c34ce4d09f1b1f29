"""The annual reports since 2015: counted, closed by the leader, published as items.

Nothing in them is made up: the demo replays the mail of 2014 and of the last year only, so that the
years between count nothing, and their reports say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from gongkai import clock
from gongkai.demo.bureau import table
from gongkai.demo.items import Desk, Story
from gongkai.demo.replay import working
from gongkai.reporting.actions import draft_report, enter_cell, freeze, set_text
from gongkai.reporting.counting import form_for
from gongkai.reporting.document import Line, ReportDocument, ReportTable, report_document
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.rendering.word import render_docx
from gongkai.reporting.rules import key_text
from gongkai.review.rules import Step

FIRST = 2015
_NEW_FORM = 2019  # since then the report is due in January


def build(desk: Desk) -> None:
    """Note one report a year, up to the last that is due."""
    today = clock.today()
    last = today.year - (1 if today > date(today.year, 1, 31) else 2)
    for year in range(FIRST, last + 1):
        Yearly(desk, year).note()


@dataclass
class Yearly:
    """The report on a year, made and released in the year after."""

    desk: Desk
    year: int

    @property
    def day(self) -> date:
        """Some days before the law's last day."""
        month, day = (1, 22) if self.year >= _NEW_FORM else (3, 14)
        return working(date(self.year + 1, month, day))

    def note(self) -> None:
        story = Story(self.desk, {
            "at": "portal/xxgk/nb", "genre": "年报", "article": "20-15", "keywords": "年度报告",
        })  # fmt: skip
        replay = self.desk.replay
        replay.at(self.day, 9, 0, partial(self.write, story))
        for hour, step in ((10, Step.UNIT), (11, Step.OFFICE), (15, Step.LEADER)):
            replay.at(self.day, hour, 30, partial(story.approve, step))

    def write(self, story: Story) -> None:
        """Count, write what only people know, close; the closed report becomes the item."""
        bureau, told = self.desk.bureau, table("reports_since")
        report = draft_report(bureau.agency, self.year, by=bureau.xxb)
        for section, text in self._texts(told):
            report = set_text(report, section, text, by=bureau.xxb)
        self._fill_in(report)
        report = freeze(report, by=bureau.ld)
        document = report_document(bureau.agency, self.year, report)
        name = f"{document.title}.docx"
        story.facts |= {
            "title": document.title,
            "text": "\n".join(lines(document)),
            "files": [{"name": name, "content": render_docx(document)}],
        }
        story.draft()

    def _fill_in(self, report: AnnualReport) -> None:
        """What no register of the house holds (licences, fines, fees): none, and where from."""
        counted = report.figures()
        for found in form_for(self.year).tables:
            for row, column in found.cells():
                if counted.get(key_text(found.number, row, column)) is None:
                    enter_cell(
                        report, found.number, row, column, 0,
                        source="演示单位没有这类决定和收费", by=self.desk.bureau.xxb,
                    )  # fmt: skip

    def _texts(self, told: dict[str, Any]) -> Iterator[tuple[int, str]]:
        """What only people know, by the place of its section in the form of the year."""
        year, sections = str(self.year), form_for(self.year).sections
        yield 0, told["year"].get(year, "") + told["note"]
        for place, heading in enumerate(sections, 1):
            if "问题" in heading:
                yield place, told["problems"].format(improved=told["improved"].get(year, ""))
            if "收费" in heading or "其他" in heading:
                yield place, told["fee"]


def lines(document: ReportDocument) -> Iterator[str]:
    """The report as the plain text of an item: paragraphs, ``## `` headings, ``| `` rows."""
    yield document.preface
    for section in document.sections:
        yield f"## {section.heading}"
        yield from section.paragraphs
        for found in section.tables:
            yield from grid(found)


def grid(found: ReportTable) -> Iterator[str]:
    """A table without merged cells: each text at its first place, headings in every line below."""
    width = found.width
    held: dict[tuple[int, int], str] = {}
    for y, line in enumerate((*found.head, *found.body)):
        _fill(held, y, line)
        yield "| " + " | ".join(held.get((y, x), "") or "—" for x in range(width))


def _fill(held: dict[tuple[int, int], str], y: int, line: Line) -> None:
    x = 0
    for cell in line:
        while (y, x) in held:
            x += 1
        for dy in range(cell.rowspan):
            for dx in range(cell.colspan):
                held[y + dy, x + dx] = cell.text if cell.scope else ""
        held[y, x] = cell.text
        x += cell.colspan
