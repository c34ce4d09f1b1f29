"""Parts of an OFD package: where they are, what they hold besides text, which pictures are
opaque.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from gongkai.screening.files.markup import attributes, local, parse
from gongkai.screening.files.package import Package
from gongkai.screening.limits import Unreadable

_MEASURES = {
    "Boundary", "CTM", "DeltaX", "DeltaY", "X", "Y", "Value", "DashPattern", "Start", "End",
    "StartPoint", "EndPoint", "Position", "BBox",
}  # fmt: skip
_DRAWINGS = {"AbbreviatedData", "PhysicalBox", "ApplicationBox", "ContentBox", "BleedBox", "Glyphs"}
_TAKEN = _DRAWINGS | {"TextCode"}
_RGBA = {4, 6}


class Shelf:
    """The parts of a package: which were read, which are attachments."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.seen: set[str] = set()
        self.attached: set[str] = set()

    def open(self, part: str) -> etree._Element:
        """A part that the document names. Raises ``Unreadable`` when it is missing."""
        if part not in self.package.names:
            raise Unreadable("OFD内部结构已损坏（缺少部件）")
        self.seen.add(part)
        return parse(self.package.read(part))


def part_at(base: str, location: str) -> str:
    """A part by its place: from the root with a slash, else beside the part that names it."""
    if not location:
        return ""
    folder = "/" if location.startswith("/") else f"/{posixpath.dirname(base)}"
    return posixpath.normpath(posixpath.join(folder, location)).lstrip("/")


def rest(root: etree._Element) -> str:
    """What a part holds besides page text and measures: attributes, comments, foreign elements."""
    found = [str(n.text) for n in (*root.itersiblings(preceding=True), *root.itersiblings())]
    for element in root.iter():
        name = local(element)
        if element.text and name not in _TAKEN:
            found.append(element.text.strip())
        found += [v for k, v in attributes(element) if len(v) >= 5 and k not in _MEASURES]
        found.append((element.tail or "").strip())
    return "\n".join(filter(None, found))


def opaque_pictures(package: Package) -> frozenset[str]:
    """Resource numbers of the pictures without transparency. A seal has some, a black box none."""
    found = set()
    names = {name.rpartition("/")[2]: name for name in package.names}
    for part in package.names:
        if not part.endswith("Res.xml"):
            continue
        for media in parse(package.read(part)).iter():
            file = next((e.text or "" for e in media if local(e) == "MediaFile"), "")
            name = names.get(file.strip().rpartition("/")[2], "")
            if name and _opaque(package.read(name)):
                found.add(media.get("ID", ""))
    return frozenset(found)


def _opaque(data: bytes) -> bool:
    if data.startswith(b"\x89PNG"):
        return data[25] not in _RGBA and b"tRNS" not in data[:4096]
    return data.startswith((b"\xff\xd8\xff", b"BM"))
