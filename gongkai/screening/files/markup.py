"""Reads XML parts of packages: no entities, no document types, no network, no giant trees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.limits import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_PLAIN = {None, "UTF-8", "US-ASCII", "ASCII", "GB2312", "GBK", "GB18030", "ISO-8859-1"}


def parse(data: bytes) -> etree._Element:
    """The tree of a part. Raises ``Unreadable`` when it is broken or declares a document type.

    A part in UTF-16 or in a rare encoding is turned down, too: no office program writes one, and
    it would hide a declaration.
    """
    if data.startswith(_WIDE) or _DOCTYPE.search(data):
        raise Unreadable("文件内部结构不安全（含实体声明）")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise Unreadable("文件内部结构已损坏") from broken
    about = root.getroottree().docinfo
    encoding = about.encoding.upper() if about.encoding else None
    if about.internalDTD is not None or encoding not in _PLAIN:
        raise Unreadable("文件内部结构不安全（含实体声明或少见的编码）")
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Names (without namespace) and values of the attributes."""
    for key, value in element.attrib.items():
        yield str(key).rpartition("}")[2], str(value)


def within(element: etree._Element, name: str) -> bool:
    """Whether an element of that name stands around this one."""
    return any(local(parent) == name for parent in element.iterancestors())


def pieces(paragraph: etree._Element) -> str:
    """The text of a paragraph whose words are cut into runs."""
    found = []
    for element in paragraph.iter():
        name = local(element)
        if name == "t":
            found.append(element.text or "")
        elif name in {"br", "tab"}:
            found.append(" ")
    return "".join(found)


def strings(root: etree._Element) -> Iterator[str]:
    """Every text and every longer attribute in a part, in order, with what stands in comments.

    A paragraph cut into runs comes in one piece: a word split over two of them would be missed.
    """
    yield from (str(n.text).strip() for n in root.itersiblings(preceding=True) if n.text)
    inside: etree._Element | None = None
    for element in root.iter():
        name = local(element)
        if name.startswith("rsid"):
            continue
        if name == "p" and not within(element, "p"):
            inside = element
            if text := pieces(element).strip():
                yield text
        if element.text and element.text.strip() and not (name == "t" and _under(element, inside)):
            yield element.text.strip()
        yield from _telling(element)
        if element.tail and element.tail.strip():
            yield element.tail.strip()
    yield from (str(n.text).strip() for n in root.itersiblings() if n.text)


def _under(element: etree._Element, paragraph: etree._Element | None) -> bool:
    return paragraph is not None and any(up is paragraph for up in element.iterancestors())


def besides(root: etree._Element, taken: set[str]) -> Iterator[str]:
    """What a part holds besides the texts that its reader took (by full element name):
    attributes, comments, foreign elements, text between elements.
    """
    for node in (*root.itersiblings(preceding=True), *root.itersiblings()):
        yield str(node.text or "").strip()
    for element in root.iter():
        if element.text and element.tag not in taken and element.text.strip():
            yield element.text.strip()
        yield from _telling(element)
        if element.tail and element.tail.strip():
            yield element.tail.strip()


def _telling(element: etree._Element) -> Iterator[str]:
    """Attributes that may say something. A number is given with its name, or two numbers of
    neighbours would read as one long number.
    """
    for key, value in attributes(element):
        if len(value) >= 5 and not _NOISE.search(key) and not _GUID.fullmatch(value):
            yield f"{key}={value}" if value.isdecimal() else value


_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_NOISE = re.compile(r"rsid|paraId|textId|durableId|anchorId|editId|^uid$|^r$|^spans$", re.I)
"""Revision and element numbers in hex: eight digits each, and they say nothing."""
