"""xls (Excel 97 to 2003, WPS): sheets with their hidden rows, columns and cells, comments."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import xlrd

from gongkai.screening.files.carve import pictures
from gongkai.screening.files.oleparts import Storage
from gongkai.screening.files.reading import Reading
from gongkai.screening.files.remains import runs
from gongkai.screening.files.sheetrange import letters
from gongkai.screening.files.sheetstyle import EMPTY_FORMAT, bare
from gongkai.screening.findings import finding
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Builder, Passage

_BOUNDSHEET, _FILEPASS, _CONTINUE, _SST, _DRAWINGS = 0x85, 0x2F, 0x3C, 0xFC, 0xEB
_MACRO_SHEETS = {1, 6}
_CELLS = {_SST, 0x207, 0x204, 0xD6, 0x203, 0x27E, 0xBD, 0xFD, 0xBE, 0x201, 0x208, 0xE0, 0x31, 0xFF}
"""Records that xlrd reads as cells and formats."""
_NARROW = 256
_FLAT = 20
_SMALLEST = 60
"""Twentieths of a point."""


def passages(storage: Storage, reading: Reading) -> Iterator[Passage]:
    """Sheet by sheet, then comments and what other records say."""
    data = storage.read("Workbook" if storage.has("Workbook") else "Book")
    other = "\n".join(_others(data, reading))
    reading.pictures += pictures(_drawings(data))
    try:
        book: Any = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as broken:
        raise Unreadable("xls文件已损坏、已加密或版本过旧，请另存为xlsx后上传") from broken
    shown: set[str] = set()
    for sheet in book.sheets():
        yield from _Sheet(book, sheet, shown).read()
    kept = [text for text in book._sharedstrings or () if text not in shown]
    yield Passage("未被引用的文字", "\n".join(kept), quiet=True)
    yield Passage("其他记录", other, quiet=True)


def _others(data: bytes, reading: Reading) -> Iterator[str]:
    """Texts of boxes, headers, names, links, caches; and macro sheets."""
    at, owner = 0, 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body, at = data[at + 4 : at + 4 + size], at + 4 + size
        owner = owner if kind == _CONTINUE else kind
        if kind == _FILEPASS:
            raise Unreadable("文件已加密，请去掉密码后再上传")
        if kind == _BOUNDSHEET and len(body) > 5 and body[5] in _MACRO_SHEETS:
            reading.findings.append(finding("macro", "宏表", excerpt="XLM"))
        if owner not in _CELLS and size > 8 and (text := runs(body)):
            yield text


def _drawings(data: bytes) -> bytes:
    """The drawings of the workbook, which are cut into records of eight kilobytes."""
    at, owner, found = 0, 0, []
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        owner = owner if kind == _CONTINUE else kind
        if owner == _DRAWINGS:
            found.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return b"".join(found)


class _Sheet:
    """One sheet."""

    def __init__(self, book: Any, sheet: Any, shown: set[str]) -> None:
        label = f"工作表“{sheet.name}”"
        self._book, self._sheet, self._texts = book, sheet, shown
        self._hidden = sheet.visibility != 0
        self._shown = Builder(
            f"隐藏的{label}!" if self._hidden else f"{label}!",
            "hidden_text" if self._hidden else "",
        )
        self._covered = Builder(f"{label}隐藏的单元格", "hidden_text")
        self._styles: dict[int, bool] = {}
        self._under = {
            (row, column)
            for top, bottom, left, right in sheet.merged_cells[:5000]
            for row in range(top, min(bottom, top + 200))
            for column in range(left, min(right, left + 200))
            if (row, column) != (top, left)
        }

    def read(self) -> Iterator[Passage]:
        """The passages of the sheet."""
        for row in range(self._sheet.nrows):
            self._row(row)
        yield self._shown.passage()
        yield self._covered.passage()
        for (row, column), note in self._sheet.cell_note_map.items():
            words = f"{note.author} {note.text}".strip() or "（空批注）"
            yield Passage(f"单元格{letters(column + 1)}{row + 1}的批注", words, hidden="comment")

    def _row(self, row: int) -> None:
        info = self._sheet.rowinfo_map.get(row)
        unseen = info is not None and bool(info.hidden or 0 < (info.height or 300) < _FLAT)
        filled = [0, 0]
        for column in range(self._sheet.row_len(row)):
            text = _plain(self._sheet.cell(row, column))
            if not text:
                continue
            self._texts.add(text)
            apart = not self._hidden and (unseen or self._unseen(row, column))
            builder = self._covered if apart else self._shown
            builder.add("\t" * min(column - filled[apart], 100))
            filled[apart] = column
            name = f"{letters(column + 1)}{row + 1}"
            builder.add(text.replace("\t", " ").replace("\n", " "), name)
        self._shown.add("\n")
        if filled[1] or unseen:
            self._covered.add("\n")

    def _unseen(self, row: int, column: int) -> bool:
        info = self._sheet.colinfo_map.get(column)
        narrow = info is not None and (info.hidden or info.width < _NARROW)
        if narrow or (row, column) in self._under:
            return True
        style = self._sheet.cell_xf_index(row, column)
        if style not in self._styles:
            self._styles[style] = self._blank(self._book.xf_list[style])
        return self._styles[style]

    def _blank(self, look: Any) -> bool:
        """A format that shows nothing, white on nothing, one colour on itself, or tiny."""
        form = self._book.format_map.get(look.format_key)
        if form is not None and EMPTY_FORMAT.fullmatch(bare(form.format_str)):
            return True
        font = self._book.font_list[look.font_index]
        ink = self._book.colour_map.get(font.colour_index)
        ground = None
        if look.background.fill_pattern:
            ground = self._book.colour_map.get(look.background.pattern_colour_index)
        white = ink is not None and min(ink) >= 240
        on_white = ground is None or min(ground) >= 240
        same = ground is not None and ground == ink
        return same or (white and on_white) or 0 < font.height < _SMALLEST


def _plain(cell: Any) -> str:
    """A cell as a reader could see it; a long number with all its digits."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        value = Decimal(repr(cell.value))
        text = (
            format(value, "f") if value.is_finite() and abs(value.adjusted()) < 20 else str(value)
        )
        return text.removesuffix(".0")
    return ""
