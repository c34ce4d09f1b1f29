"""docx: revisions accepted, comments and hidden text taken out."""

from __future__ import annotations

from lxml import etree

from gongkai.screening.cleaning.ooxml import Parts
from gongkai.screening.cleaning.result import Dropped
from gongkai.screening.files.markup import W

_COMMENTS = {
    "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people",
    "glossaryDocument", "keyMapCustomizations", "recipientData", "mailMergeSource",
    "mailMergeHeaderSource",
}  # fmt: skip
_UNWRAPPED = {f"{W}ins", f"{W}moveTo"}
_REMOVED = {f"{W}del", f"{W}moveFrom"}
_MARKS = {
    f"{W}{name}"
    for name in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "cellIns", "cellMerge",
        "numberingChange", "customXmlInsRangeStart", "customXmlInsRangeEnd",
        "customXmlDelRangeStart", "rsid",
        "customXmlDelRangeEnd", "documentProtection", "mailMerge", "docVars", "rsids",
        "trackRevisions", "attachedTemplate", "proofErr",
    )
}  # fmt: skip


def clean(data: bytes, dropped: Dropped) -> bytes:
    """The document as it prints when all revisions are accepted."""
    parts = Parts(data)
    parts.strip(dropped)
    if parts.drop_relations(lambda kind, _t, _e: kind in _COMMENTS):
        dropped.add("批注")
    for name in [n for n in parts.parts if n.startswith("word/") and n.endswith(".xml")]:
        root = parts.xml(name)
        _accept(root, dropped)
        _hidden(root, dropped)
        _nameless(root)
        parts.put(name, root)
    return parts.save(dropped)


def _accept(root: etree._Element, dropped: Dropped) -> None:
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None:
            _take_out(row)
            dropped.add("修订痕迹（已全部接受）")
    for paragraph in [p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}rPr/{W}del") is not None]:
        _join(paragraph)
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str):
            _take_out(element)
        elif tag in _REMOVED:
            _take_out(element)
            dropped.add("修订痕迹（已全部接受）")
        elif tag in _UNWRAPPED:
            _unwrap(element)
            dropped.add("修订痕迹（已全部接受）")
        elif tag.endswith("Change") and tag.startswith(W):
            _take_out(element)
            dropped.add("格式修订痕迹（已全部接受）")
        elif tag in _MARKS:
            _take_out(element)


def _join(paragraph: etree._Element) -> None:
    """A deleted end of paragraph: what is left of it goes on in the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return
    at = 1 if following.find(f"{W}pPr") is not None else 0
    for child in [c for c in paragraph if c.tag != f"{W}pPr"]:
        following.insert(at, child)
        at += 1
    _take_out(paragraph)


def _hidden(root: etree._Element, dropped: Dropped) -> None:
    for run in list(root.iter(f"{W}r")):
        for name in ("vanish", "specVanish"):
            mark = run.find(f"{W}rPr/{W}{name}")
            if mark is not None and mark.get(f"{W}val") not in {"0", "false", "off"}:
                _take_out(run)
                dropped.add("设为隐藏的文字")
                break


def _nameless(root: etree._Element) -> None:
    """Numbers of editing sessions tell which documents came from one hand."""
    for element in root.iter():
        for key in [k for k in element.attrib if str(k).startswith(f"{W}rsid")]:
            del element.attrib[key]


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
