"""Reads the rows of a spreadsheet as text, whatever the office wrote it with.

A cell that looks like a formula stays the text that it is: nothing here is ever calculated.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gongkai.imports.encoding import decoded
from gongkai.refusal import Refused

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LARGEST = 100 * 1024 * 1024  # bytes, unpacked


@dataclass
class Sheet:
    """The rows that are not empty, each with its number in the file (from 1).

    ``since_1904``: a cell that holds a bare number of days counts them from 1904.
    """

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    since_1904: bool = False


def sheet_of(path: Path) -> Sheet:
    """The first sheet of a file.

    Raises Refused when the file is neither xlsx nor csv, or is damaged or too large.
    """
    content = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        raise Refused(
            f"“{path.name}”不是 xlsx 或 csv，请在表格软件中另存为 xlsx 后再导入。", field="file"
        )
    sheet = Sheet()
    table = _xlsx(content, path.name, sheet) if suffix == ".xlsx" else _csv(content, path.name)
    for number, cells in enumerate(table, start=1):
        if number > MOST_ROWS:
            raise Refused(f"“{path.name}”超过 {MOST_ROWS} 行，请分成几个文件导入。", field="file")
        if any(cells):
            sheet.rows.append((number, cells))
    return sheet


def _csv(content: bytes, name: str) -> Iterator[list[str]]:
    text = decoded(content, name)
    heading = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=heading.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_text(cell) for cell in row]
    except csv.Error as error:
        raise Refused(f"“{name}”不是规范的 csv，请用表格软件打开后另存。", field="file") from error


def _xlsx(content: bytes, name: str, sheet: Sheet) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST:
            raise Refused(f"“{name}”展开后过大，请删去图片和空白行后再导入。", field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet.since_1904 = book.epoch == CALENDAR_MAC_1904
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell) for cell in row]
    except (Refused, GeneratorExit):
        raise
    # A damaged archive or part makes openpyxl raise almost anything.
    except Exception as error:
        raise Refused(
            f"“{name}”已损坏，或不是真正的 xlsx，请用表格软件打开后另存。", field="file"
        ) from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(getattr(value, "text", value))
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()
