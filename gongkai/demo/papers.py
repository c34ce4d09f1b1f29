"""Small attachments made from an item's own words: Word, Excel and PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape

import openpyxl
from docx import Document
from weasyprint import HTML

Rows = Sequence[Sequence[str]]


def word(title: str, paragraphs: Sequence[str], rows: Rows = ()) -> bytes:
    """A form or a text as .docx, without the names that Word likes to note."""
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        _table(document, rows)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Document, rows: Rows) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")  # type: ignore[attr-defined]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def sheet(title: str, rows: Rows) -> bytes:
    """A table as .xlsx."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    page = book.active
    assert page is not None
    page.title = title[:30]
    for row in rows:
        page.append([_number(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def print_out(title: str, paragraphs: Sequence[str]) -> bytes:
    """A text as .pdf."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    page = (
        "<style>@page{size:A4;margin:37mm 26mm 35mm 28mm}"
        "body{font:16pt/29pt FangSong,'Noto Serif CJK SC',serif}"
        "h1{font-size:22pt;text-align:center}p{text-indent:2em;margin:0}</style>"
    )
    made: bytes = HTML(string=f"{page}<h1>{escape(title)}</h1>{body}").write_pdf()
    return made


def _number(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text
