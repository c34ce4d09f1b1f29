"""The report as a Word file in the layout of GB/T 9704-2012. The same report, the same bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.applications.letters.docx import FANGSONG, SONG, TITLE, without_times
from gongkai.reporting.document.shape import ROW, Line, ReportDocument, ReportTable
from gongkai.reporting.document.words import chinese_date

HEI = "黑体"
_BODY, _HEAD, _FOOT, _TABLE = Pt(16), Pt(22), Pt(14), Pt(9)
_LINE = Pt(28.95)
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


def render_docx(report: ReportDocument) -> bytes:
    """The bytes of a .docx file."""
    document = Document()
    _page(document, report)
    _title(document, report)
    _paragraph(document, report.preface)
    for section in report.sections:
        _heading(document, section.heading)
        for text in section.paragraphs:
            _paragraph(document, text)
        for table in section.tables:
            _table(document, table)
    _signature(document, report)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def _page(document: Any, report: ReportDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, side, Mm(width))
    properties = document.core_properties
    properties.title, properties.author = report.title, report.agency
    properties.created = properties.modified = datetime.combine(report.dated, time(), UTC)
    style = document.styles["Normal"]
    _font(style, FANGSONG, _BODY)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = _LINE
    style.paragraph_format.space_after = Pt(0)
    _page_number(section.footer.paragraphs[0])


def _title(document: Any, report: ReportDocument) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(34)
    title.paragraph_format.space_after = _LINE
    for text in report.title_lines:
        _font(title.add_run(text), TITLE, _HEAD)


def _heading(document: Any, text: str) -> None:
    """A heading that Word's outline shows, in the face of the standard."""
    paragraph = _paragraph(document, "")
    _font(paragraph.add_run(text), HEI, _BODY)
    paragraph.paragraph_format.keep_with_next = True
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(level)


def _paragraph(document: Any, text: str) -> Any:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = _BODY * 2
    return paragraph


def _table(document: Any, table: ReportTable) -> None:
    caption = document.add_paragraph(table.caption)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    lines = (*table.head, *table.body)
    grid = document.add_table(rows=len(lines), cols=table.width, style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines):
        _fill(grid, row, line, taken)
    for row in grid.rows[: len(table.head)] if table.repeats else ():
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _fill(grid: Any, row: int, line: Line, taken: set[tuple[int, int]]) -> None:
    """Put a line into the grid, past the places that cells from above reach down to."""
    column = 0
    for cell in line:
        while (row, column) in taken:
            column += 1
        last = (row + cell.rowspan - 1, column + cell.colspan - 1)
        taken |= {(r, c) for r in range(row, last[0] + 1) for c in range(column, last[1] + 1)}
        target = grid.cell(row, column)
        if last != (row, column):
            target = target.merge(grid.cell(*last))
        target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = target.paragraphs[0]
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        left = cell.scope == ROW
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
        _font(paragraph.add_run(cell.text), SONG, _TABLE)


def _signature(document: Any, report: ReportDocument) -> None:
    document.add_paragraph()
    for text, indent in ((report.agency, 3), (chinese_date(report.dated), 4)):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = _BODY * indent


def _font(target: Any, name: str, size: Pt) -> None:
    """Word takes Chinese glyphs from the East Asian font, which python-docx does not set."""
    target.font.name, target.font.size = name, size
    target.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run("— "), SONG, _FOOT)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _font(paragraph.add_run(" —"), SONG, _FOOT)
