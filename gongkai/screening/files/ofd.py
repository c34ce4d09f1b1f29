"""ofd (GB/T 33190): pages, and what lies around them: annotations, attachments, versions,
properties, custom tags.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.screening.files import sniff
from gongkai.screening.files.markup import local
from gongkai.screening.files.ofdpage import Box, Page, box_of
from gongkai.screening.files.ofdparts import Shelf, opaque_pictures, part_at, rest
from gongkai.screening.files.package import Package
from gongkai.screening.files.properties import technical
from gongkai.screening.files.reading import Opened, Reading
from gongkai.screening.findings import finding
from gongkai.screening.limits import MAX_PAGES, Unreadable
from gongkai.screening.passages import Passage

_MACHINE = (".ttf", ".otf", ".ttc", ".esl", ".dat", ".cff", ".cer", ".sig", ".icc")
"""Fonts and signatures."""
_PEOPLE = {"Author": "作者", "Creator": "制作软件", "CreatorVersion": "软件版本"}
_SEALS = {"Stamp", "Link", "Watermark"}
"""Annotations that say nothing by themselves."""


def read(opened: Opened) -> Reading:
    """Every document in the package; files that no page uses are searched, too."""
    package = opened.zip
    reading = Reading()
    shelf = Shelf(package)
    root = shelf.open("OFD.xml")
    passages = [Passage("OFD.xml", rest(root), quiet=True)]
    for body in _all(root, "DocBody"):
        passages += _properties(body)
        passages += _Document(shelf, part_at("", _text(body, "DocRoot"))).read("")
        passages += _versions(body, shelf, reading, opened.place)
    passages += technical(package, shelf.seen)
    reading.passages = passages
    for name in package.names:
        if name in shelf.attached:
            reading.attached.append((name, package.read(name)))
        elif not name.endswith((".xml", ".rels")) and not name.lower().endswith(_MACHINE):
            _sort(reading, name, package, opened.place)
    return reading


def _sort(reading: Reading, name: str, package: Package, place: str) -> None:
    blob = package.read(name)
    if sniff.sniff(blob) in sniff.PICTURES:
        reading.pictures.append((name, blob))
    elif name.lower().endswith((".jb2", ".jbig2", ".gbig2")):
        reading.findings.append(finding("image_page", f"{place}部件 {name}", excerpt=name))
    else:
        reading.attached.append((name, blob))


def _properties(body: etree._Element) -> Iterator[Passage]:
    for info in _all(body, "DocInfo"):
        for element in info.iter():
            value = (element.text or "").strip()
            label = element.get("Name") or _PEOPLE.get(local(element)) or local(element)
            if value and len(element) == 0:
                kind = "properties" if local(element) == "Author" else ""
                yield Passage(f"文件属性：{label}", value, hidden=kind, quiet=not kind)


def _versions(
    body: etree._Element, shelf: Shelf, reading: Reading, place: str
) -> Iterator[Passage]:
    """Earlier states. The current one is named, too; one entry alone hides nothing."""
    entries = [v for v in body.iter() if local(v) == "Version" and v.get("BaseLoc")]
    for number, entry in enumerate(entries[:20], 1):
        part = part_at("", entry.get("BaseLoc", ""))
        target = part_at(part, _text(shelf.open(part), "DocRoot"))
        if len(entries) > 1 or target not in shelf.seen:
            label = f"版本{number}"
            reading.findings.append(
                finding("earlier_revision", f"{place}{label}", excerpt=entry.get("ID", label))
            )
        if target and target not in shelf.seen:
            for passage in _Document(shelf, target).read(f"版本{number}"):
                passage.quiet = True
                yield passage


class _Document:
    """One document: its pages and their annotations."""

    def __init__(self, shelf: Shelf, part: str) -> None:
        self._shelf, self._part = shelf, part
        self._root = shelf.open(part)

    def read(self, label: str) -> Iterator[Passage]:
        """The passages of the document."""
        notes, boxes = self._annotations(label)
        common = next(_all(self._root, "PhysicalBox"), None)
        frame = box_of(common.text or "" if common is not None else "")
        templates = self._templates()
        opaque = opaque_pictures(self._shelf.package)
        pages = [p for p in self._root.iter() if local(p) == "Page" and p.get("BaseLoc")]
        if len(pages) > MAX_PAGES:
            raise Unreadable("OFD页数过多，请拆成几个文件")
        for number, entry in enumerate(pages, 1):
            root = self._open(self._part, entry.get("BaseLoc", ""))
            page = Page(root, frame, templates, boxes.get(entry.get("ID", ""), []), opaque)
            yield Passage(f"{label}第{number}页", page.seen())
            for why, text in page.unseen():
                yield Passage(f"{label}第{number}页{why}", text, hidden="hidden_text")
            yield Passage(f"{label}第{number}页的属性", rest(root), quiet=True)
        for root in templates.values():
            yield Passage(f"{label}模板页", Page(root, frame, {}, []).seen(), quiet=True)
        yield from notes
        self._attachments()
        yield Passage(f"{label}文档设置", rest(self._root), quiet=True)

    def _open(self, base: str, location: str) -> etree._Element:
        return self._shelf.open(part_at(base, location))

    def _templates(self) -> dict[str, etree._Element]:
        return {
            entry.get("ID", ""): self._open(self._part, entry.get("BaseLoc", ""))
            for entry in _all(self._root, "TemplatePage")
        }

    def _annotations(self, label: str) -> tuple[list[Passage], dict[str, list[Box]]]:
        """Remarks, and by page what annotations paint over it."""
        passages: list[Passage] = []
        boxes: dict[str, list[Box]] = {}
        for where in _all(self._root, "Annotations"):
            part = part_at(self._part, (where.text or "").strip())
            listing = self._open(self._part, (where.text or "").strip())
            for page in _all(listing, "Page"):
                root = self._open(part, _text(page, "FileLoc"))
                for note in _all(root, "Annot"):
                    passages += _annotation(note, label)
                    boxes.setdefault(page.get("PageID", ""), []).extend(_painted(note))
                passages.append(Passage(f"{label}注释的属性", rest(root), quiet=True))
        return passages, boxes

    def _attachments(self) -> None:
        for where in _all(self._root, "Attachments"):
            part = part_at(self._part, (where.text or "").strip())
            for entry in _all(self._open(self._part, (where.text or "").strip()), "Attachment"):
                self._shelf.attached.add(part_at(part, _text(entry, "FileLoc")))


def _annotation(note: etree._Element, label: str) -> Iterator[Passage]:
    kind = note.get("Type", "")
    remark = "\n".join(e.text or "" for e in _all(note, "Remark"))
    drawn = "\n".join(Page(a, None, {}, []).seen() for a in _all(note, "Appearance"))
    if kind in _SEALS:
        yield Passage(f"{label}注释（{kind}）", f"{remark}\n{drawn}", quiet=True)
        return
    words = f"{note.get('Creator', '')} {remark} {drawn}".strip()
    yield Passage(f"{label}注释", words or "（空注释）", hidden="comment")


def _painted(note: etree._Element) -> Iterator[Box]:
    """Boxes that an annotation lays over the page; a seal lets the text through."""
    if note.get("Type") in _SEALS:
        return
    for look in _all(note, "Appearance"):
        at = box_of(look.get("Boundary", ""))
        for left, top, right, bottom in Page(look, None, {}, []).covers():
            x, y = (at[0], at[1]) if at else (0.0, 0.0)
            yield left + x, top + y, right + x, bottom + y


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (e for e in root.iter() if local(e) == name)


def _text(root: etree._Element, name: str) -> str:
    found = next(_all(root, name), None)
    return (found.text or "").strip() if found is not None else ""
