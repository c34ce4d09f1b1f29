"""What a document holds that a web page does not take over, in sentences for the editor."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_EDGES = ("word/header", "word/footer")
_LONGEST = 60


def left_out(content: bytes, made: str) -> Iterator[str]:
    """One sentence a kind; ``made`` is the HTML that was made of the document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        document = etree.fromstring(archive.read("word/document.xml"), _PARSER)
        edges = [_words(archive.read(name)) for name in names if name.startswith(_EDGES)]
        noted = any(_counts(archive.read(n), "comment") for n in names if n == "word/comments.xml")
    yield from _drawn(document)
    yield from _changed(document)
    if noted:
        yield "批注没有导入。"
    for words in dict.fromkeys(filter(None, edges)):
        yield f"页眉或页脚没有导入：{words}。"
    if "footnote" in made or "endnote" in made:
        yield "脚注已移到文末，请核对。"
    if "<sup" in made or "<sub" in made:
        yield "上标、下标中有的已改为普通文字，请核对。"


def _drawn(document: Any) -> Iterator[str]:
    if formulas := len(list(document.iter(f"{_M}oMath"))):
        yield f"{formulas} 个公式没有导入，请改写成文字，或者另存为图片上传。"
    graphics = [node.get("uri", "") for node in document.iter() if _is(node, "graphicData")]
    charts = sum(uri.endswith(("/chart", "/diagram")) for uri in graphics)
    if charts:
        yield f"{charts} 个图表没有导入，请把数据写成表格，或者另存为图片上传。"
    if any(_is(node, "txbxContent") for node in document.iter()):
        yield "文本框里的文字可能没有导入或位置改变，请核对。"


def _changed(document: Any) -> Iterator[str]:
    added, removed = (sum(_is(n, name) for n in document.iter()) for name in ("ins", "del"))
    if added or removed:
        yield "文档带有修订痕迹，已按接受全部修订读入，请核对。"


def _is(node: Any, name: str) -> bool:
    return isinstance(node.tag, str) and etree.QName(node).localname == name


def _counts(part: bytes, name: str) -> int:
    return sum(_is(node, name) for node in etree.fromstring(part, _PARSER).iter())


def _words(part: bytes) -> str:
    """The words of a header or footer, but not the number of the page."""
    root = etree.fromstring(part, _PARSER)
    words = " ".join("".join(map(str, root.itertext(f"{_W}t"))).split())
    return "" if not words.strip(" —-–第页0123456789") else words[:_LONGEST]
