"""xlsx: all sheets with their hidden rows, columns and cells, comments and names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongkai.screening.files.markup import local, parse
from gongkai.screening.files.package import Package
from gongkai.screening.files.sheetstyle import CellStyles
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Builder, Passage

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_COMMENTS = re.compile(r"xl/(?:comments\d*|threadedComments/[^/]+|comments/[^/]+)\.xml")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NARROW = 1.0
"""Column width in characters under which nothing is seen."""

_GAP = 100
"""Empty columns that are kept between two cells of a row."""


def passages(package: Package, seen: set[str]) -> Iterator[Passage]:
    """Sheet by sheet, then comments. ``seen`` gets the parts that were read."""
    workbook = parse(package.read("xl/workbook.xml"))
    shared = _shared(package, seen)
    styles = CellStyles(
        parse(package.read("xl/styles.xml")) if "xl/styles.xml" in package.names else None
    )
    targets = _relations(package)
    seen.add("xl/styles.xml")
    for entry in workbook.iter(f"{S}sheet"):
        part = targets.get(entry.get(f"{_R}id", ""), "")
        if part not in package.names:
            raise Unreadable("表格内部结构已损坏（缺少工作表）")
        seen.add(part)
        state = entry.get("state", "visible")
        yield from _Sheet(entry.get("name", ""), state != "visible", shared, styles).read(
            parse(package.read(part))
        )
    for name in package.names:
        if _COMMENTS.fullmatch(name):
            seen.add(name)
            yield from _comments(parse(package.read(name)))


def _relations(package: Package) -> dict[str, str]:
    """Parts of the workbook by relation."""
    root = parse(package.read("xl/_rels/workbook.xml.rels"))
    found = {}
    for relation in root:
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[relation.get("Id", "")] = path
    return found


def _shared(package: Package, seen: set[str]) -> list[str]:
    if "xl/sharedStrings.xml" not in package.names:
        return []
    seen.add("xl/sharedStrings.xml")
    return [_text(item) for item in parse(package.read("xl/sharedStrings.xml")).iter(f"{S}si")]


def _text(item: etree._Element) -> str:
    return "".join(t.text or "" for t in item.iter(f"{S}t") if local_parent(t) != "rPh")


def local_parent(element: etree._Element) -> str:
    """The name of the element around; phonetic hints (rPh) are no text of the cell."""
    parent = element.getparent()
    return local(parent) if parent is not None else ""


def _comments(root: etree._Element) -> Iterator[Passage]:
    for comment in root.iter():
        if local(comment) in {"comment", "threadedComment"}:
            text = "".join(
                t.text or "" for t in comment.iter() if local(t) in {"t", "text"}
            ).strip()
            yield Passage(
                f"单元格{comment.get('ref', '')}的批注", text or "（空批注）", hidden="comment"
            )


class _Sheet:
    """One sheet: what is seen and what is hidden, each with cell names as places."""

    def __init__(self, name: str, hidden: bool, shared: list[str], styles: CellStyles) -> None:
        label = f"工作表“{name}”"
        self._hidden_sheet, self._shared, self._styles = hidden, shared, styles
        self._shown = Builder(
            f"隐藏的{label}!" if hidden else f"{label}!", "hidden_text" if hidden else ""
        )
        self._covered = Builder(f"{label}隐藏的单元格", "hidden_text")
        self._columns: list[tuple[int, int]] = []

    def read(self, root: etree._Element) -> Iterator[Passage]:
        """The passages of the sheet."""
        for column in root.iter(f"{S}col"):
            if _on(column, "hidden") or float(column.get("width", "9")) < _NARROW:
                self._columns.append((int(column.get("min", "0")), int(column.get("max", "0"))))
        for row in root.iter(f"{S}row"):
            self._row(row)
        head = "\n".join(
            t.text or "" for t in root.iter(f"{S}oddHeader", f"{S}oddFooter", f"{S}firstHeader")
        )
        yield self._shown.passage()
        yield self._covered.passage()
        yield Passage(f"{self._shown.place}页眉页脚", head)
        rules = [f.text or "" for f in root.iter(f"{S}formula1", f"{S}formula2", f"{S}formula")]
        yield Passage(f"{self._shown.place}有效性与条件格式", "\n".join(rules), quiet=True)

    def _row(self, row: etree._Element) -> None:
        row_hidden = _on(row, "hidden") or float(row.get("ht", "15")) < _NARROW
        filled = [0, 0]
        for cell in row.iter(f"{S}c"):
            text = self._value(cell)
            reference = _CELL.fullmatch(cell.get("r", ""))
            column = _number(reference[1]) if reference else 0
            unseen = row_hidden or any(low <= column <= high for low, high in self._columns)
            unseen = unseen or self._styles.hides(cell.get("s", "0"))
            apart = unseen and not self._hidden_sheet
            builder = self._covered if apart else self._shown
            builder.add("\t" * min(max(column - 1 - filled[apart], 0), _GAP))
            filled[apart] = max(column - 1, filled[apart])
            builder.add(
                text.replace("\t", " ").replace("\n", " "), cell.get("r", "") if text else ""
            )
        self._shown.add("\n")
        if filled[1] or row_hidden:
            self._covered.add("\n")

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        value = cell.findtext(f"{S}v") or ""
        formula = cell.findtext(f"{S}f") or ""
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            value = _text(inline) if inline is not None else ""
        elif kind == "s":
            value = (
                self._shared[int(value)]
                if value.isdigit() and int(value) < len(self._shared)
                else ""
            )
        elif kind == "n":
            value = _plain(value)
        return f"{value} ={formula}" if formula else value


def _on(element: etree._Element, name: str) -> bool:
    return element.get(name, "0") in {"1", "true"}


def _number(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total


def _plain(value: str) -> str:
    """A number as a reader could see it: 9.9E+17 is a row of 18 digits."""
    if "E" not in value and "e" not in value:
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return format(number, "f") if number.adjusted() < 20 else value
