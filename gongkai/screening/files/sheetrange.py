"""Stretches of cells: hidden columns, merged cells, print areas."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.screening.limits import Unreadable

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_AREA = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Z]{0,3})\$?([0-9]{0,7}))?")
_MOST = 20_000
_ROWS, _COLUMNS = 1_048_576, 16_384


def number(letters: str) -> int:
    """The number of a column, A is 1."""
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total


def letters(column: int) -> str:
    """The name of a column, 1 is A."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Ranges:
    """Rectangles of cells."""

    def __init__(self, references: list[str]) -> None:
        if len(references) > _MOST:
            raise Unreadable("表格内部结构过于复杂")
        self._boxes = [box for text in references if (box := _box(text))]
        self._by_row: dict[int, list[tuple[int, int, int, int]]] = {}
        self._long = [box for box in self._boxes if box[2] - box[0] > 100]
        for box in self._boxes:
            for row in range(box[0], box[2] + 1) if box[2] - box[0] <= 100 else ():
                self._by_row.setdefault(row, []).append(box)

    def __bool__(self) -> bool:
        return bool(self._boxes)

    def reach(self, row: int) -> bool:
        """Whether any rectangle has a cell in a row."""
        return row in self._by_row or any(top <= row <= end for top, _, end, _ in self._long)

    def over(self, row: int, column: int) -> tuple[int, int] | None:
        """The first cell of the rectangle around a cell, None if there is none."""
        for top, left, bottom, right in (*self._by_row.get(row, ()), *self._long):
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return None


def _box(text: str) -> tuple[int, int, int, int] | None:
    match = _AREA.fullmatch(text)
    if match is None:
        return None
    left, top, right, bottom = match.groups(default="")
    right, bottom = (right, bottom) if ":" in text else (left, top)
    return (
        int(top or 1),
        number(left or "A"),
        int(bottom or _ROWS),
        number(right) if right else _COLUMNS,
    )


def print_areas(workbook: etree._Element) -> dict[int, Ranges]:
    """The print area of each sheet that has one, by the number of the sheet."""
    found = {}
    for name in workbook.iter(f"{_S}definedName"):
        if name.get("name") == "_xlnm.Print_Area" and (sheet := name.get("localSheetId", "")):
            parts = [part.rpartition("!")[2].strip() for part in (name.text or "").split(",")]
            ranges = Ranges(parts)
            if ranges and sheet.isdigit():
                found[int(sheet)] = ranges
    return found
