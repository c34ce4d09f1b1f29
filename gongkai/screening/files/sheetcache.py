"""What a workbook remembers of data that stood elsewhere: pivot tables, links, connections."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files.markup import attributes, local, parse, strings
from gongkai.screening.files.package import Package
from gongkai.screening.files.relations import relations
from gongkai.screening.passages import Passage

_MOST = 5_000_000


def pivot(package: Package, name: str, records: etree._Element) -> Passage:
    """The source rows that a pivot table keeps, as a table; they stay when the source is gone."""
    heads, values = _fields(package, name)
    lines = ["\t".join(heads)] if heads else []
    length = 0
    for record in records:
        cells = [_value(cell, n, values) for n, cell in enumerate(record)]
        lines.append("\t".join(cells))
        length += len(lines[-1])
        if length > _MOST:
            break
    text = "\n".join(lines) if len(records) else ""
    return Passage(f"数据透视表缓存 {name}", text, hidden="hidden_text")


def _fields(package: Package, name: str) -> tuple[list[str], list[list[str]]]:
    for part in package.names:
        if "pivotCacheDefinition" not in part or not part.endswith(".xml"):
            continue
        if any(relation.target == name for relation in relations(package, part).values()):
            fields = [f for f in parse(package.read(part)).iter() if local(f) == "cacheField"]
            values = [
                [i.get("v", "") for s in f if local(s) == "sharedItems" for i in s] for f in fields
            ]
            return [f.get("name", "") for f in fields], values
    return [], []


def _value(cell: etree._Element, column: int, values: list[list[str]]) -> str:
    value = cell.get("v", "")
    if local(cell) != "x" or column >= len(values) or not value.isdecimal():
        return value
    known = values[column]
    return known[int(value)] if int(value) < len(known) else ""


def external(root: etree._Element) -> Iterator[Passage]:
    """Values of another workbook that a link keeps, and programs that a link calls."""
    kept = [v.text or "" for v in root.iter() if local(v) == "v"]
    yield Passage("外部链接缓存的值", "\n".join(kept), hidden="hidden_text")
    calls = [e for e in root.iter() if local(e) == "ddeLink"]
    words = " ".join(v for e in calls for _, v in attributes(e))
    yield Passage("调用其他程序的链接", words, hidden="script")
    yield Passage("外部链接", "\n".join(strings(root)), quiet=True)


def connections(root: etree._Element) -> Iterator[Passage]:
    """Where the workbook fetches data from: servers, accounts, sometimes passwords."""
    yield Passage("数据连接", "\n".join(strings(root)), hidden="outside_part")
