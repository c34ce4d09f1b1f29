"""xlsx: all sheets with their hidden rows, columns and cells, comments, names and caches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.screening.files import sheetcache
from gongkai.screening.files.markup import attributes, local, parse, pieces, strings
from gongkai.screening.files.package import Package
from gongkai.screening.files.relations import main_part, relations
from gongkai.screening.files.sheetcells import Book, Sheet
from gongkai.screening.files.sheetrange import Ranges, print_areas
from gongkai.screening.files.sheetstyle import CellStyles, pale_words
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CONSTANT = re.compile(r'"[^"]{2,}"')


def passages(package: Package, seen: set[str]) -> Iterator[Passage]:
    """Sheet by sheet, then names, comments and caches. ``seen`` gets the parts that were read."""
    main = main_part(package, "xl/workbook.xml")
    workbook = parse(package.read(main))
    targets = relations(package, main)
    parts = {relation.kind: relation.target for relation in targets.values()}
    strings_part = parts.get("sharedStrings", "xl/sharedStrings.xml")
    book = Book(*_shared(package, strings_part), _styles(package, parts))
    seen |= {strings_part, parts.get("styles", "")}
    areas = print_areas(workbook)
    for number, entry in enumerate(workbook.iter(f"{S}sheet")):
        part = targets[entry.get(f"{_R}id", "")].target if entry.get(f"{_R}id") in targets else ""
        if part not in package.names:
            raise Unreadable("表格内部结构已损坏（缺少工作表）")
        seen.add(part)
        root = parse(package.read(part))
        hidden = entry.get("state", "visible") != "visible"
        yield from _sheet(entry.get("name", ""), hidden, book, areas.get(number), root)
    yield Passage("未被引用的文字", "\n".join(book.unused()), quiet=True)
    yield from _names(workbook)
    yield from _others(package, seen, book)


def _sheet(
    name: str, hidden: bool, book: Book, area: Ranges | None, root: etree._Element
) -> Iterator[Passage]:
    if local(root) == "worksheet":
        yield from Sheet(name, hidden, book, area).read(root)
    label = f"{'隐藏的' if hidden else ''}工作表“{name}”!"
    yield Passage(
        f"{label}页眉页脚",
        "\n".join(h.text or "" for part in root.iter(f"{S}headerFooter") for h in part),
        hidden="hidden_text" if hidden else "",
    )
    rest = [s for child in root if local(child) != "sheetData" for s in strings(child)]
    rest += [str(c.text) for c in root.iter(etree.Comment, etree.ProcessingInstruction)]
    yield Passage(f"{label}有效性与条件格式", "\n".join(rest), quiet=True)


def _shared(package: Package, part: str) -> tuple[list[str], dict[int, str]]:
    """The strings of the workbook, and of some the pieces that are written in white."""
    texts: list[str] = []
    unseen: dict[int, str] = {}
    if part not in package.names:
        return texts, unseen
    for number, item in enumerate(parse(package.read(part)).iter(f"{S}si")):
        texts.append("".join(t.text or "" for t in item.iter(f"{S}t") if not _hint(t)))
        if white := pale_words(item):
            unseen[number] = white
    return texts, unseen


def _hint(element: etree._Element) -> bool:
    """Phonetic hints (rPh) are no text of the cell."""
    parent = element.getparent()
    return parent is not None and local(parent) == "rPh"


def _styles(package: Package, parts: dict[str, str]) -> CellStyles:
    part = parts.get("styles", "")
    return CellStyles(parse(package.read(part)) if part in package.names else None)


def _names(workbook: etree._Element) -> Iterator[Passage]:
    """Names that are not listed and hold words, not places, hide them."""
    for name in workbook.iter(f"{S}definedName"):
        text, label = name.text or "", name.get("name", "")
        hidden = name.get("hidden") in {"1", "true"} and bool(_CONSTANT.search(text))
        kind = "hidden_text" if hidden else ""
        words = f"{name.get('comment', '')} {text}".strip()
        yield Passage(f"名称“{label}”", words, hidden=kind, quiet=not kind)
    yield Passage("工作簿设置", "\n".join(strings(workbook)), quiet=True)


def _comments(root: etree._Element) -> Iterator[Passage]:
    for comment in root.iter():
        if local(comment) in {"comment", "threadedComment"}:
            text = "".join(
                t.text or "" for t in comment.iter() if local(t) in {"t", "text"}
            ).strip()
            yield Passage(
                f"单元格{comment.get('ref', '')}的批注", text or "（空批注）", hidden="comment"
            )
    yield Passage("批注作者", "\n".join(a.text or "" for a in root.iter(f"{S}author")), quiet=True)


def _drawing(root: etree._Element) -> Iterator[Passage]:
    """Text boxes and shapes on a sheet are seen."""
    words = [pieces(p) for p in root.iter() if local(p) == "p"]
    yield Passage("图形文字", "\n".join(words))
    names = [v for e in root.iter() for k, v in attributes(e) if k in {"descr", "title", "name"}]
    yield Passage("图形说明", "\n".join(names), quiet=True)


_BY_ROOT: dict[str, Callable[[etree._Element], Iterator[Passage]]] = {
    "comments": _comments,
    "ThreadedComments": _comments,
    "wsDr": _drawing,
    "externalLink": sheetcache.external,
    "connections": sheetcache.connections,
}


def _others(package: Package, seen: set[str], book: Book) -> Iterator[Passage]:
    """Parts known by their root: what a part is called is up to the writer."""
    for name in package.names:
        if name in seen or not name.endswith(".xml") or name.startswith("docProps/"):
            continue
        root = parse(package.read(name))
        kind = local(root)
        if kind == "worksheet":
            seen.add(name)
            yield from _sheet(name, True, book, None, root)
        elif kind == "pivotCacheRecords":
            yield sheetcache.pivot(package, name, root)
        elif kind in _BY_ROOT:
            seen.add(name)
            yield from _BY_ROOT[kind](root)
