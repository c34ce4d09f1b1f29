"""Reads a Word document into the blocks of an item, and says what it could not take."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

import mammoth
import nh3
from lxml import etree, html

from gongkai.imports.word_numbers import with_numbers
from gongkai.imports.word_rest import left_out
from gongkai.imports.word_tables import grid_of
from gongkai.refusal import Refused

_KEPT = {"p", "strong", "b", "ul", "ol", "li", "a", "br", "h3"}
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
"""
_SHOWN = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


@dataclass
class Drawing:
    """A picture of the document; ``alt`` is what its author wrote about it, mostly nothing."""

    content: bytes
    name: str
    alt: str


@dataclass
class Imported:
    """Title and blocks as ``catalogue.create_draft`` takes them; ``dropped`` is for the editor."""

    title: str = ""
    blocks: list[tuple[str, object]] = field(default_factory=list)
    pictures: list[Drawing] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    tables: int = 0


def read_docx(content: bytes) -> Imported:
    """The document's title, text and tables in order, its counted numbers as they are written.

    Refused when it is no Word document.
    """
    found = Imported()
    try:
        numbered = with_numbers(content)
        images = mammoth.images.img_element(lambda image: _keep(image, found))
        result = mammoth.convert_to_html(
            io.BytesIO(numbered), style_map=_STYLES, convert_image=images
        )
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Refused(
            "这个文件不是 Word 文档（.docx），或已损坏、设有密码。"
            "请去掉密码，用 Word 或 WPS 另存为 .docx 后再上传。",
            field="file",
        ) from error
    if not result.value.strip():
        raise Refused("这个文档里没有文字。若是扫描件，请作为附件上传。", field="file")
    for element in html.fragments_fromstring(result.value, no_leading_text=True):
        _take(element, found)
    found.dropped += [*_of_pictures(found), *left_out(content, result.value)]
    if not found.title:
        found.dropped.append("没有找到标题，请手工填写。")
    return found


def _keep(image: Any, found: Imported) -> dict[str, str]:
    kind = _SHOWN.get(image.content_type)
    if kind is None:
        name = image.content_type.rpartition("/")[2].removeprefix("x-").upper()
        found.dropped.append(
            f"有一幅图片是网页不能显示的格式（{name}），没有导入，请另存为 PNG 后上传。"
        )
        return {"src": ""}
    with image.open() as opened:
        content = opened.read()
    number = len(found.pictures) + 1
    found.pictures.append(Drawing(content, f"图片{number}.{kind}", (image.alt_text or "").strip()))
    return {"src": ""}


def _of_pictures(found: Imported) -> list[str]:
    if not found.pictures:
        return []
    said = [f"文档里的 {len(found.pictures)} 幅图片已移到“附件”"]
    if len(found.pictures) > 1:
        said.append("第 1 幅在正文上方显示，其余供下载")
    without = sum(not picture.alt for picture in found.pictures)
    if without:
        said.append(f"{without} 幅没有文字说明，须在“名称”中写明图片上是什么，才能提交审查")
    return ["；".join(said) + "。"]


def _take(element: html.HtmlElement, found: Imported) -> None:
    _plain_signs(element)
    text = " ".join(element.text_content().split())
    if element.tag == "h1" or (not found.title and not found.blocks and element.tag == "h2"):
        found.title = found.title or text
    elif element.tag == "h2":
        found.blocks.append(("heading", text))
    elif element.tag == "table":
        found.tables += 1
        table = grid_of(element)
        found.dropped += [f"第 {found.tables} 张表格：{said}" for said in table.remarks]
        found.blocks.append(("table", {"caption": "", "rows": table.rows}))
    elif text:
        _add_text(element, found)


def _plain_signs(element: html.HtmlElement) -> None:
    """m² and H₂O as signs of their own, since the tags do not stay: m2 is another word.

    Leaps inside the document lead nowhere on the page: their words stay, the links go.
    """
    for leap in element.xpath(".//a[starts-with(@href, '#')]"):
        leap.drop_tag()
    for tag, signs in (("sup", _RAISED), ("sub", _LOWERED)):
        for part in element.xpath(f".//{tag}"):
            text = part.text_content()
            if text and all(sign in signs for sign in text):
                part.clear(keep_tail=True)
                part.text = "".join(signs[sign] for sign in text)
            part.drop_tag()


def _add_text(element: html.HtmlElement, found: Imported) -> None:
    """Neighbouring paragraphs make one block, so that the editor is not a ladder of boxes."""
    source = html.tostring(element, encoding="unicode", with_tail=False)
    clean = nh3.clean(source, tags=_KEPT, attributes={"a": {"href"}})
    if found.blocks and found.blocks[-1][0] == "text":
        found.blocks[-1] = ("text", f"{found.blocks[-1][1]}{clean}")
    else:
        found.blocks.append(("text", clean))
