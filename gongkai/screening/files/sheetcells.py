"""The cells of one sheet: what is seen and what is not, with cell names as places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongkai.screening.files.sheetrange import Ranges, letters, number
from gongkai.screening.files.sheetrules import Rules
from gongkai.screening.files.sheetstyle import CellStyles, pale_words
from gongkai.screening.files.sheettest import Value
from gongkai.screening.kinds import Severity
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Builder, Passage

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NARROW = 1.0
"""Column width in characters, or height in points, under which nothing is seen."""
_FLOAT = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_GAP = 100
"""Empty columns that are kept between two cells of a row."""
_LAST = 16_384
_MOST = 500_000
_ON = {"1", "true"}


@dataclass
class Book:
    """What the sheets of a workbook share."""

    texts: list[str]
    pale: dict[int, str]
    styles: CellStyles
    used: set[int] = field(default_factory=set)

    def unused(self) -> Iterator[str]:
        """Strings that no cell shows any more; a deleted sheet leaves them behind."""
        return (text for n, text in enumerate(self.texts) if n not in self.used and text.strip())


class _Strip:
    """Cells of one kind, put down row by row with tabs between the columns."""

    def __init__(self, label: str, kind: str, severity: Severity | None = None) -> None:
        self._builder, self._severity = Builder(label, kind), severity
        self._column = 0

    def add(self, column: int, name: str, text: str) -> None:
        self._builder.add("\t" * min(max(column - 1 - self._column, 0), _GAP))
        self._column = max(column - 1, self._column)
        self._builder.add(text.replace("\t", " ").replace("\n", " "), name if text else "")

    def end(self, always: bool = False) -> None:
        if self._column or always:
            self._builder.add("\n")
        self._column = 0

    def passage(self) -> Passage:
        passage = self._builder.passage()
        passage.severity = self._severity
        return passage


class Sheet:
    """One sheet."""

    def __init__(self, name: str, hidden: bool, book: Book, area: Ranges | None) -> None:
        label = f"工作表“{name}”"
        self._hidden, self._book, self._area = hidden, book, area
        shown = f"隐藏的{label}!" if hidden else f"{label}!"
        self._shown = _Strip(shown, "hidden_text" if hidden else "")
        self._covered = _Strip(f"{label}隐藏的单元格", "hidden_text")
        self._outside = _Strip(f"{label}打印区域以外的单元格", "hidden_text")
        self._pale = _Strip(f"{label}单元格里的白字", "hidden_text")
        ruled = f"{label}可能被条件格式隐去的单元格"
        self._doubtful = _Strip(ruled, "hidden_text", "review")
        self._columns: set[int] = set()
        self._merged = Ranges([])
        self._rules: Rules | None = None
        self._ruled = False

    def read(self, root: etree._Element) -> Iterator[Passage]:
        """The passages of the sheet."""
        self._widths(root)
        self._merged = Ranges([m.get("ref", "") for m in root.iter(f"{S}mergeCell")])
        self._rules = Rules(root, self._book.styles)
        number_ = 0
        for row in root.iter(f"{S}row"):
            number_ = int(row.get("r") or number_ + 1)
            self._row(row, number_)
        for strip in (self._shown, self._covered, self._outside, self._pale, self._doubtful):
            yield strip.passage()

    def _widths(self, root: etree._Element) -> None:
        """Takes note of hidden columns. Columns that are not listed have the width of the sheet."""
        for default in root.iter(f"{S}sheetFormatPr"):
            if float(default.get("defaultColWidth", "9")) < _NARROW:
                self._columns.update(range(1, _LAST + 1))
        announced = 0
        for column in root.iter(f"{S}col"):
            hidden = column.get("hidden") in _ON or float(column.get("width", "9")) < _NARROW
            if not hidden and not self._columns:
                continue
            first, last = int(column.get("min", "0")), int(column.get("max", "0"))
            announced += max(last - first, 0)
            if announced > _MOST:
                raise Unreadable("表格内部结构过于复杂")
            listed = range(first, min(last, _LAST) + 1)
            (self._columns.update if hidden else self._columns.difference_update)(listed)

    def _row(self, row: etree._Element, number_: int) -> None:
        unseen = row.get("hidden") in _ON or float(row.get("ht", "15")) < _NARROW
        self._ruled = self._rules is not None and self._rules.row(number_)
        column = 0
        for cell in row.iterchildren(f"{S}c"):
            match = _CELL.fullmatch(cell.get("r", ""))
            column = number(match[1]) if match else column + 1
            self._cell(cell, number_, column, unseen)
        self._shown.end(always=True)
        self._covered.end(always=unseen)
        self._outside.end()
        self._pale.end()
        self._doubtful.end()

    def _cell(self, cell: etree._Element, row: int, column: int, unseen: bool) -> None:
        text = self._value(cell)
        name = cell.get("r") or f"{letters(column)}{row}"
        style = cell.get("s", "0")
        strip = self._shown
        if not self._hidden and text:
            first = self._merged.over(row, column)
            unseen = unseen or column in self._columns or self._book.styles.look(style).hides
            if unseen or (first is not None and first != (row, column)):
                strip = self._covered
            elif self._area is not None and self._area.over(row, column) is None:
                strip = self._outside
            elif self._ruled:
                strip = self._painted(cell, row, column, text)
        strip.add(column, name, text)
        white = self._white(cell) if strip is self._shown else ""
        if white and not self._book.styles.coloured(style):
            self._pale.add(column, name, white)

    def _painted(self, cell: etree._Element, row: int, column: int, text: str) -> _Strip:
        """Where a cell belongs that conditional formats reach. A doubtful one is shown, too."""
        assert self._rules is not None
        formula = cell.findtext(f"{S}f") or ""
        plain = text[: -len(formula) - 2] if formula else text
        kind = cell.get("t", "n")
        number_ = float(plain) if kind == "n" and _FLOAT.fullmatch(plain) else None
        value = Value(plain, number_, kind == "e", row, column)
        answer = self._rules.answer(row, column, cell.get("s", "0"), value)
        if answer == "doubtful":
            self._doubtful.add(column, f"{letters(column)}{row}", text)
        return self._covered if answer == "hidden" else self._shown

    def _white(self, cell: etree._Element) -> str:
        """White pieces inside a text that is otherwise seen."""
        if cell.get("t") == "inlineStr":
            inline = cell.find(f"{S}is")
            return pale_words(inline) if inline is not None else ""
        if cell.get("t") != "s" or not self._book.pale:
            return ""
        value = cell.findtext(f"{S}v") or ""
        return self._book.pale.get(int(value), "") if value.isdecimal() else ""

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        value = cell.findtext(f"{S}v") or ""
        formula = cell.findtext(f"{S}f") or ""
        if kind == "inlineStr":
            value = "".join(t.text or "" for t in cell.iter(f"{S}t"))
        elif kind == "s":
            index = int(value) if value.isdecimal() else -1
            known = 0 <= index < len(self._book.texts)
            value = self._book.texts[index] if known else ""
            self._book.used.add(index)
        elif kind == "n":
            value = _plain(value)
        return f"{value} ={formula}" if formula else value


def _plain(value: str) -> str:
    """A number as a reader could see it: 9.9E+17 is a row of 18 digits."""
    if "E" not in value and "e" not in value:
        return value
    try:
        number_ = Decimal(value)
    except InvalidOperation:
        return value
    return format(number_, "f") if number_.is_finite() and abs(number_.adjusted()) < 20 else value
