"""Tables as Excel files that run nothing: every text is a text, whatever it begins with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from gongkai.clock import SHANGHAI

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet. A cell that begins with = + - @ stays a text (no formula of a stranger runs)."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_download(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The same as a response to be saved."""
    response = HttpResponse(workbook(title, headings, rows), content_type=TYPE)
    response.headers["Content-Disposition"] = _attachment(f"{title}.xlsx")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).replace(tzinfo=None)
    if isinstance(value, bool):
        value = "是" if value else "否"
    if value is None or isinstance(value, int | float) or hasattr(value, "isoformat"):
        return WriteOnlyCell(sheet, value=value)
    text = "".join(c for c in str(value) if c in "\t\n" or ord(c) >= 32)
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if text[:1] in {"=", "+", "-", "@", "\t"}:
        cell.quotePrefix = True
    return cell
