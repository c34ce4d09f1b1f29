"""The letter as a Word file in the letter form of GB/T 9704-2012.

The same letter gives the same bytes, so that its digest can be reviewed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.applications.letters.wording import Words, told_date

FANGSONG, TITLE, SONG = "仿宋_GB2312", "方正小标宋简体", "宋体"
_RED = RGBColor(0xE6, 0x00, 0x12)
_BODY, _HEAD, _FOOT = Pt(16), Pt(22), Pt(14)
_LINE = Pt(28.95)
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(words: Words, number: str) -> bytes:
    """The letter with its number, as the bytes of a .docx file."""
    document = Document()
    _page(document, words)
    _head(document, words, number)
    _body(document, words)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def _page(document: Any, words: Words) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, side, Mm(width))
    section.footer_distance = Mm(25)
    properties = document.core_properties
    properties.title, properties.author = words.title, words.organ
    properties.created = properties.modified = datetime.combine(words.dated, time(), UTC)
    style = document.styles["Normal"]
    _font(style, FANGSONG, _BODY)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = _LINE
    style.paragraph_format.space_after = Pt(0)
    _page_number(section.footer.paragraphs[0])


def _head(document: Any, words: Words, number: str) -> None:
    organ = document.add_paragraph()
    organ.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = organ.add_run(words.organ)
    _font(run, TITLE, Pt(30))
    run.font.color.rgb = _RED
    organ.paragraph_format.line_spacing = Pt(44)
    _red_line(organ)
    document.add_paragraph(number).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(34)
    _font(title.add_run(words.title), TITLE, _HEAD)
    document.add_paragraph()
    document.add_paragraph(f"{words.addressee}：")


def _body(document: Any, words: Words) -> None:
    for text in words.paragraphs:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = _BODY * 2
    document.add_paragraph()
    for text, indent in ((words.organ, 3), (told_date(words.dated), 4)):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = _BODY * indent


def _font(target: Any, name: str, size: Pt) -> None:
    """Word takes Chinese glyphs from the East Asian font, which python-docx does not set."""
    target.font.name, target.font.size = name, size
    target.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _red_line(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (
        ("val", "thickThinSmallGap"),
        ("sz", "24"),
        ("space", "4"),
        ("color", "E60012"),
    ):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("", "— "), ("field", "PAGE"), ("", " —")):
        run = paragraph.add_run("" if kind else text)
        _font(run, SONG, _FOOT)
        for step in ("begin", "instr", "end") if kind else ():
            part = OxmlElement("w:instrText" if step == "instr" else "w:fldChar")
            if step == "instr":
                part.text = text
            else:
                part.set(qn("w:fldCharType"), step)
            run._r.append(part)


def without_times(content: bytes) -> bytes:
    """The same archive with every entry dated alike: the writer stamps the time of day."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, _ZIP_EPOCH), source.read(name), zipfile.ZIP_DEFLATED
            )
    return result.getvalue()
