"""The text of an ODF part: what is seen, and what is hidden, deleted, or noted beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files.markup import attributes, local
from gongkai.screening.passages import Passage

_WHITE = re.compile("#[Ff][A-Fa-f0-9][Ff][A-Fa-f0-9][Ff][A-Fa-f0-9]")
_ASIDE = {
    "annotation": ("批注", "comment"),
    "tracked-changes": ("修订", "tracked_change"),
    "hidden-text": ("隐藏文字", "hidden_text"),
    "hidden-paragraph": ("隐藏段落", "hidden_text"),
    "notes": ("备注", "hidden_text"),
}
_NOTES = "备注"
_FIELD = re.compile("<(?:number|date|date/time|time|header|footer)>")
"""Every page has a page for notes, most of them empty but for what stands for a number or date."""
_OFF = {"collapse", "filter"}
_PAGE = "drawing-page-properties/visibility"
_LOOKING = {"p", "h", "span", "table-cell", "a"}
_MOST = 20
_NOISE = re.compile(r"(style-name|name-next|family)$")


class Body:
    """Walks a part once; pieces that are not seen go to passages of their own."""

    def __init__(self, root: etree._Element, styles: etree._Element | None, label: str) -> None:
        self._root, self._label = root, label
        self._looks: dict[str, dict[str, str]] = {}
        self._parents: dict[str, str] = {}
        for part in (styles, root):
            for style in part.iter() if part is not None else ():
                if local(style) in {"style", "default-style"}:
                    self._learn(style)
        self._seen: list[str] = []
        self._aside: dict[tuple[str, str], list[str]] = {}

    def passages(self) -> Iterator[Passage]:
        """Seen text first."""
        self._walk(self._root, None)
        yield Passage(self._label or "正文", "".join(self._seen))
        for (label, kind), words in self._aside.items():
            text = "".join(words).strip()
            if label == _NOTES and not _FIELD.sub("", text).strip():
                continue
            text = text or "（空）"
            yield Passage(f"{self._label}{label}", text, hidden=kind)
        rest = [
            value
            for element in self._root.iter()
            for key, value in attributes(element)
            if len(value) >= 5 and not _NOISE.search(key)
        ]
        rest += [str(c.text) for c in self._root.iter(etree.Comment, etree.ProcessingInstruction)]
        yield Passage(f"{self._label}属性", "\n".join(rest), quiet=True)

    def _learn(self, style: etree._Element) -> None:
        name = _get(style, "name") or f"default {_get(style, 'family')}"
        look = self._looks.setdefault(name, {})
        self._parents[name] = _get(style, "parent-style-name")
        for properties in style:
            for key, value in attributes(properties):
                look[f"{local(properties)}/{key}"] = value

    def _look(self, name: str, key: str) -> str:
        for _ in range(_MOST):
            if name not in self._looks:
                return ""
            if key in self._looks[name]:
                return self._looks[name][key]
            name = self._parents.get(name, "")
        return ""

    def _walk(self, element: etree._Element, aside: tuple[str, str] | None) -> None:
        name = local(element)
        aside = aside or self._unseen(element, name)
        if aside is not None:
            self._aside.setdefault(aside, [])
        if name in {"script", "event-listeners"} and len(element):
            self._aside.setdefault(("脚本", "script"), []).append("script")
        self._put(element.text, name, aside)
        if name in {"tab", "s"}:
            self._add("\t" if name == "tab" else " ", aside)
        for number, child in enumerate(element):
            if name == "table-row" and number:
                self._add("\t", aside)
            self._walk(child, aside)
            self._put(child.tail, name, aside)
        if name in {"p", "h", "table-row", "line-break"}:
            inside = _in_cell(element) if name in {"p", "h"} else False
            self._add(" " if inside else "\n", aside)

    def _put(self, text: str | None, name: str, aside: tuple[str, str] | None) -> None:
        if text and (text.strip() or name in {"p", "h", "span", "a"}) and local_text(name):
            self._add(text, aside)

    def _add(self, text: str, aside: tuple[str, str] | None) -> None:
        (self._seen if aside is None else self._aside[aside]).append(text)

    def _unseen(self, element: etree._Element, name: str) -> tuple[str, str] | None:
        if name in _ASIDE:
            return _ASIDE[name]
        style = _get(element, "style-name")
        why = ""
        if name in {"table-row", "table-column"} and _get(element, "visibility") in _OFF:
            why = "隐藏的行"
        elif name == "table" and self._look(style, "table-properties/display") == "false":
            why = "隐藏的工作表"
        elif name == "page" and self._look(style, _PAGE) == "hidden":
            why = "隐藏的幻灯片"
        elif name == "section" and _get(element, "display") in {"none", "condition"}:
            why = "隐藏的节"
        elif name == "table-cell" and self._in_hidden_column(element):
            why = "隐藏的列"
        elif name in _LOOKING and self._blank(style):
            why = "隐藏文字"
        return (why, "hidden_text") if why else None

    def _blank(self, style: str) -> bool:
        if self._look(style, "text-properties/display") == "none":
            return True
        size = self._look(style, "text-properties/font-size").removesuffix("pt")
        if size.replace(".", "", 1).isdigit() and float(size) < 3:
            return True
        grounds = [
            self._look(style, f"{part}-properties/background-color")
            for part in ("text", "paragraph", "table-cell")
        ]
        dark = any(g and g != "transparent" and not _WHITE.fullmatch(g) for g in grounds)
        return bool(_WHITE.fullmatch(self._look(style, "text-properties/color"))) and not dark

    def _in_hidden_column(self, cell: etree._Element) -> bool:
        row = cell.getparent()
        table = next((up for up in cell.iterancestors() if local(up) == "table"), None)
        if row is None or table is None:
            return False
        hidden = self._hidden_columns(table)
        if not hidden:
            return False
        column = sum(
            _repeat(before, "number-columns-repeated")
            for before in cell.itersiblings(preceding=True)
        )
        return any(low <= column < high for low, high in hidden)

    def _hidden_columns(self, table: etree._Element) -> list[tuple[int, int]]:
        found, at = [], 0
        for column in (e for e in table.iter() if local(e) == "table-column"):
            count = _repeat(column, "number-columns-repeated")
            if _get(column, "visibility") in _OFF:
                found.append((at, at + count))
            at += count
        return found


def local_text(name: str) -> bool:
    """Whether text of this element is text of the document."""
    return name not in {"binary-data", "style", "number", "text-style", "format-change"}


def _get(element: etree._Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((v for key, v in attributes(element) if key == name), "")


def _repeat(element: etree._Element, name: str) -> int:
    text = _get(element, name)
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def _in_cell(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "table-cell"
