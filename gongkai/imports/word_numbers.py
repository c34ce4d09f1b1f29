"""Numbers that Word counts itself, written into the text: 一、（一）1. as the author sees them.

Word stores "third of this list", not "三、"; a reader that makes HTML lists of it gives 3., or 1.
again after each paragraph between. A law text whose articles are renumbered is another text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gongkai.imports.counting import written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_MAIN, _NUMBERS, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
LARGEST = 300 * 1024 * 1024  # bytes, unpacked
_CLOSED = tuple("、）)\uff0e。\u3000 ")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written: ``%2`` in ``text`` is the number of the second level."""

    kind: str
    text: str
    start: int
    legal: bool
    gap: bool
    restarts: bool


@dataclass
class Lists:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: str, at: int) -> str | None:
        """The next label of a list at a level; None for a bullet or an unknown list."""
        name = self.abstract.get(number, "")
        levels = self.levels.get(name, {})
        if at not in levels:
            return None
        counted = self.counted.setdefault(name, {})
        start = self.starts.pop((number, at), None)
        if start is None:
            start = counted[at] + 1 if at in counted else levels[at].start
        counted[at] = start
        for deeper in [level for level in counted if level > at]:
            if deeper not in levels or levels[deeper].restarts:
                del counted[deeper]
        return _label(levels, counted, at)


def with_numbers(content: bytes) -> bytes:
    """The document with every counted number as a word of its paragraph; bullets stay lists.

    A document without lists comes back as it is. Raises BadZipFile, KeyError,
    ValueError or XMLSyntaxError for what is no Word document.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise ValueError("too large when unpacked")
        parts = {name: archive.read(name) for name in archive.namelist()}
    if _NUMBERS not in parts:
        return content
    styles = etree.fromstring(parts.get(_STYLES, b"<none/>"), _PARSER)
    lists = _lists(etree.fromstring(parts[_NUMBERS], _PARSER), styles)
    document = etree.fromstring(parts[_MAIN], _PARSER)
    for paragraph in document.iter(f"{_W}p"):
        _write_number(paragraph, lists)
    parts[_MAIN] = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _write_number(paragraph: Any, lists: Lists) -> None:
    properties = paragraph.find(f"{_W}pPr")
    place = _place(properties, lists) if properties is not None else None
    if place is None or not "".join(paragraph.itertext(f"{_W}t")).strip():
        return
    label = lists.next(*place)
    if label is None:
        return
    _without_list(properties)
    run = etree.Element(f"{_W}r")
    text = etree.SubElement(run, f"{_W}t")
    text.text = label
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    properties.addnext(run)


def _place(properties: Any, lists: Lists) -> tuple[str, int] | None:
    """The list and level of a paragraph, its own or its style's."""
    style = _value(properties.find(f"{_W}pStyle"))
    of_style = lists.of_style.get(style)
    own = properties.find(f"{_W}numPr")
    if own is None:
        return of_style
    number, level = _value(own.find(f"{_W}numId")), _value(own.find(f"{_W}ilvl"))
    if number == "0":
        return None
    if not number and of_style:
        number = of_style[0]
    return number, int(level or (of_style[1] if of_style else 0))


def _without_list(properties: Any) -> None:
    """List number 0 takes a paragraph out of its style's list too."""
    for old in properties.findall(f"{_W}numPr"):
        properties.remove(old)
    none = etree.SubElement(properties, f"{_W}numPr")
    etree.SubElement(none, f"{_W}ilvl").set(_VAL, "0")
    etree.SubElement(none, f"{_W}numId").set(_VAL, "0")


def _lists(numbering: Any, styles: Any) -> Lists:
    lists = Lists()
    linked: dict[str, str] = {}
    for abstract in numbering.iter(f"{_W}abstractNum"):
        name = abstract.get(f"{_W}abstractNumId")
        lists.levels[name] = dict(_levels(abstract))
        linked[_value(abstract.find(f"{_W}styleLink"))] = name
    for abstract in numbering.iter(f"{_W}abstractNum"):
        link = _value(abstract.find(f"{_W}numStyleLink"))
        if link and link in linked:
            name = abstract.get(f"{_W}abstractNumId")
            lists.levels[name] = lists.levels[linked[link]]
    for number in numbering.iter(f"{_W}num"):
        _add_number(number, lists)
    lists.of_style = dict(_of_styles(numbering, styles))
    return lists


def _add_number(number: Any, lists: Lists) -> None:
    key = number.get(f"{_W}numId")
    lists.abstract[key] = _value(number.find(f"{_W}abstractNumId"))
    for override in number.findall(f"{_W}lvlOverride"):
        at = int(override.get(f"{_W}ilvl"))
        start = override.find(f"{_W}startOverride")
        if start is not None:
            lists.starts[key, at] = int(_value(start))
        own = dict(_levels(override))
        if own:  # the list is written in its own way, and counted by itself
            name = f"{lists.abstract[key]}/{key}"
            lists.levels[name] = lists.levels.get(lists.abstract[key], {}) | own
            lists.abstract[key] = name


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for level in parent.findall(f"{_W}lvl"):
        kind = _value(level.find(f"{_W}numFmt"))
        if kind == "bullet":
            continue
        yield (
            int(level.get(f"{_W}ilvl")),
            Level(
                kind=kind,
                text=_value(level.find(f"{_W}lvlText")),
                start=int(_value(level.find(f"{_W}start")) or 1),
                legal=level.find(f"{_W}isLgl") is not None,
                gap=_value(level.find(f"{_W}suff")) != "nothing",
                restarts=_value(level.find(f"{_W}lvlRestart")) != "0",
            ),
        )


def _of_styles(numbering: Any, styles: Any) -> Iterator[tuple[str, tuple[str, int]]]:
    """Lists that hang on styles of paragraphs; the level is the one that names the style."""
    named = {
        _value(level.find(f"{_W}pStyle")): int(level.get(f"{_W}ilvl"))
        for level in numbering.iter(f"{_W}lvl")
    }
    known = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
    for name in known:
        at, seen = name, set[str]()
        while at in known and at not in seen:
            seen.add(at)
            own = known[at].find(f"{_W}pPr/{_W}numPr")
            if own is not None:
                number = _value(own.find(f"{_W}numId"))
                level = named.get(name, int(_value(own.find(f"{_W}ilvl")) or 0))
                if number and number != "0":
                    yield name, (number, level)
                break
            at = _value(known[at].find(f"{_W}basedOn"))


def _label(levels: dict[int, Level], counted: dict[int, int], at: int) -> str:
    here = levels[at]

    def number(found: re.Match[str]) -> str:
        level = int(found[1]) - 1
        if level not in levels:
            return ""
        # A level that was passed over counts as begun.
        value = counted.setdefault(level, levels[level].start)
        return written(value, "decimal" if here.legal else levels[level].kind)

    label = re.sub(r"%([1-9])", number, here.text)
    gap = " " if label and here.gap and not label.endswith(_CLOSED) else ""
    return f"{label}{gap}"


def _value(element: Any) -> str:
    return "" if element is None else element.get(_VAL, "")
