"""What an office package says beside its text: properties and parts that nobody looks at."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.markup import attributes, local, parse, strings
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
TEXTS = (".xml", ".rels", ".vml", ".svg", ".psmdcp")
"""Endings of the parts that are XML."""


def properties(package: Package) -> Iterator[Passage]:
    """Document properties: people's names are a note, everything is searched."""
    for name in package.names:
        if not name.startswith("docProps/") or not name.endswith(".xml"):
            continue
        root = parse(package.read(name))
        for element in root.iter():
            value = (
                "".join(str(piece) for piece in element.itertext()).strip()
                if len(element) == 0
                else ""
            )
            label = _PEOPLE.get(local(element)) or _OTHERS.get(local(element)) or local(element)
            if value and value not in _PROGRAMS:
                kind = "properties" if local(element) in _PEOPLE else ""
                yield Passage(f"文件属性：{label}", value, hidden=kind, quiet=not kind)
        words = [v for e in root.iter() for _, v in attributes(e) if not v.startswith("{")]
        yield Passage("文件属性：自定义", "\n".join(words), quiet=True)


def technical(package: Package, seen: set[str]) -> Iterator[Passage]:
    """All XML parts that no reader took, searched but not shown: custom data, charts, masters,
    link targets; and the remarks on the archive.
    """
    for name in package.names:
        if name in seen or name.startswith("docProps/") or not name.endswith(TEXTS):
            continue
        yield Passage(f"部件 {name}", "\n".join(strings(parse(package.read(name)))), quiet=True)
    if package.remarks.strip():
        yield Passage("压缩包的注释", package.remarks, hidden="hidden_text")


_CODE = ("/activex/", "/macrosheets/")


def has_macros(package: Package) -> bool:
    """Whether the package carries code."""
    for name in map(str.lower, package.names):
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or any(f in name for f in _CODE):
            return True
    return "[Content_Types].xml" in package.names and b"macroEnabled" in package.read(
        "[Content_Types].xml"
    )
