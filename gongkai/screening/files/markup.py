"""Reads XML parts of office packages: no entities, no document types, no network, no giant
trees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.screening.limits import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse(data: bytes) -> etree._Element:
    """The tree of a part. Raises ``Unreadable`` when it is broken or declares a document type.

    A part in UTF-16 is turned down, too: no office program writes one, and it would hide a
    declaration.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or _DOCTYPE.search(data):
        raise Unreadable("文件内部结构不安全（含实体声明）")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise Unreadable("文件内部结构已损坏") from broken


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def strings(root: etree._Element) -> Iterator[str]:
    """Every text and every longer attribute in a part, in order."""
    for element in root.iter():
        if element.text and element.text.strip():
            yield element.text.strip()
        for value in element.attrib.values():
            if len(value) >= 5:
                yield str(value)
        if element.tail and element.tail.strip():
            yield element.tail.strip()
