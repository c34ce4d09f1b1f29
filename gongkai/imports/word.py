"""Reads a Word document into the blocks of an item, and says what it could not take."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from zipfile import BadZipFile

import mammoth
import nh3
from lxml import html

from gongkai.refusal import Refused

_KEPT = {"p", "strong", "b", "ul", "ol", "li", "a", "br", "h3"}
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
"""


@dataclass
class Imported:
    """Title and blocks as ``catalogue.create_draft`` takes them; ``dropped`` is for the editor."""

    title: str = ""
    blocks: list[tuple[str, object]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def read_docx(content: bytes) -> Imported:
    """The document's title, text and tables in order. Refused when it is no Word document."""
    try:
        result = mammoth.convert_to_html(io.BytesIO(content), style_map=_STYLES)
    except (BadZipFile, KeyError, ValueError) as error:
        raise Refused(
            "这个文件不是 Word 文档（.docx），或已损坏。请用 Word 或 WPS 另存为 .docx 后再上传。",
            field="file",
        ) from error
    found = Imported()
    if not result.value.strip():
        raise Refused("这个文档里没有文字。若是扫描件，请作为附件上传。", field="file")
    for element in html.fragments_fromstring(result.value, no_leading_text=True):
        _take(element, found)
    _say_what_was_dropped(result.value, found)
    return found


def _take(element: html.HtmlElement, found: Imported) -> None:
    text = " ".join(element.text_content().split())
    if element.tag == "h1" or (not found.title and not found.blocks and element.tag == "h2"):
        found.title = found.title or text
    elif element.tag == "h2":
        found.blocks.append(("heading", text))
    elif element.tag == "table":
        found.blocks.append(("table", {"caption": "", "rows": _rows(element)}))
    elif text:
        _add_text(element, found)


def _add_text(element: html.HtmlElement, found: Imported) -> None:
    """Neighbouring paragraphs make one block, so that the editor is not a ladder of boxes."""
    source = html.tostring(element, encoding="unicode", with_tail=False)
    clean = nh3.clean(source, tags=_KEPT, attributes={"a": {"href"}})
    if found.blocks and found.blocks[-1][0] == "text":
        found.blocks[-1] = ("text", f"{found.blocks[-1][1]}{clean}")
    else:
        found.blocks.append(("text", clean))


def _rows(table: html.HtmlElement) -> list[list[str]]:
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")]
        for row in table.xpath(".//tr")
    ]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _say_what_was_dropped(source: str, found: Imported) -> None:
    pictures = source.count("<img")
    if pictures:
        found.dropped.append(f"{pictures} 幅图片没有导入正文，请作为附件另行上传。")
    if "colspan" in source or "rowspan" in source:
        found.dropped.append("表格中的合并单元格已拆开，请核对表格。")
    if "footnote" in source:
        found.dropped.append("脚注已移到文末，请核对。")
    if not found.title:
        found.dropped.append("没有找到标题，请手工填写。")
