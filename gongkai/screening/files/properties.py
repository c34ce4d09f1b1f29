"""What an office package says beside its text: properties, links, embedded files, parts nobody
looks at.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.markup import local, parse, strings
from gongkai.screening.files.package import Package
from gongkai.screening.passages import Passage

_PEOPLE = {"creator": "作者", "lastModifiedBy": "最后修改人", "Company": "单位", "Manager": "经理"}
_OTHERS = {
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
}
_PROGRAMS = {"", "python-docx", "openpyxl", "Microsoft Office User", "WPS Office"}


def properties(package: Package) -> Iterator[Passage]:
    """Document properties: people's names are a note, everything is searched."""
    for name in package.names:
        if not name.startswith("docProps/") or not name.endswith(".xml"):
            continue
        for element in parse(package.read(name)).iter():
            value = (
                "".join(str(piece) for piece in element.itertext()).strip()
                if len(element) == 0
                else ""
            )
            label = _PEOPLE.get(local(element)) or _OTHERS.get(local(element)) or local(element)
            if value and value not in _PROGRAMS:
                kind = "properties" if local(element) in _PEOPLE else ""
                yield Passage(f"文件属性：{label}", value, hidden=kind, quiet=not kind)


def technical(package: Package, seen: set[str]) -> Iterator[Passage]:
    """All XML parts that no reader took, searched but not shown: caches, custom data, charts,
    link targets.
    """
    for name in package.names:
        if (
            name in seen
            or name.startswith("docProps/")
            or not name.endswith((".xml", ".rels", ".vml"))
        ):
            continue
        yield Passage(f"部件 {name}", "\n".join(strings(parse(package.read(name)))), quiet=True)


def embedded(package: Package) -> Iterator[tuple[str, bytes]]:
    """Files inside the file: pictures and embedded documents."""
    for name in package.names:
        if "/media/" in name or "/embeddings/" in name:
            yield name, package.read(name)


def has_macros(package: Package) -> bool:
    """Whether the package carries code."""
    if any(
        n.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in n.lower()
        for n in package.names
    ):
        return True
    return "[Content_Types].xml" in package.names and b"macroEnabled" in package.read(
        "[Content_Types].xml"
    )
