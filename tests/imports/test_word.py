"""A Word document as blocks: numbers as written, tables in place, and what was left out is told."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from gongkai.imports.counting import written
from gongkai.imports.word import Imported, read_docx
from gongkai.refusal import Refused


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def listed(*levels: tuple[str, str], number: int = 90) -> Any:
    """A document with one list; a level is (format, text), as in \"chineseCounting\", \"%1、\"."""
    document = Document()
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    of = nsdecls("w")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {of} w:abstractNumId="{number}">{inner}</w:abstractNum>')
    )
    add_number(document, number, number)
    return document


def add_number(document: Any, number: int, of: int, start: int | None = None) -> None:
    inner = f'<w:abstractNumId w:val="{of}"/>'
    if start is not None:
        override = f'<w:startOverride w:val="{start}"/>'
        inner += f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride>'
    made = f'<w:num {nsdecls("w")} w:numId="{number}">{inner}</w:num>'
    document.part.numbering_part.element.append(parse_xml(made))


def put(document: Any, text: str, level: int | None = None, number: int = 90) -> None:
    paragraph = document.add_paragraph(text)
    if level is not None:
        inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
        made = f"<w:numPr {nsdecls('w')}>{inner}</w:numPr>"
        paragraph._p.get_or_add_pPr().append(parse_xml(made))


def lines(found: Imported) -> list[str]:
    html = "".join(str(value) for kind, value in found.blocks if kind == "text")
    return [part.partition(">")[2] for part in html.split("</p>") if part]


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "#0b4f8a").save(out, "PNG")
    out.seek(0)
    return out


def test_it_works() -> None:
    document = listed(
        ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")
    )
    document.add_heading("关于公开工作的通知", 0)
    put(document, "各处室：")
    for text, level in (
        ("主动公开", 0), ("时限", 1), ("范围", 1), ("条目", 2), ("依申请公开", 0),
    ):  # fmt: skip
        put(document, text, level)
    put(document, "以下继续编号。")
    for text, level in (("答复", 1), ("监督", 0)):
        put(document, text, level)
    found = read_docx(saved(document))
    assert found.title == "关于公开工作的通知"
    assert lines(found) == [
        "各处室：", "一、主动公开", "（一）时限", "（二）范围", "1.条目", "二、依申请公开",
        "以下继续编号。", "（一）答复", "三、监督",
    ]  # fmt: skip
    assert found.dropped == []


def test_articles_go_on_counting_across_lists_and_start_again_where_told() -> None:
    document = listed(("chineseCountingThousand", "第%1条　"))
    add_number(document, 91, 90)
    add_number(document, 92, 90, start=1)
    for number in (90, 90, 91, 92, 92):
        put(document, "条文", 0, number)
    texts = [line.partition("　")[0] for line in lines(read_docx(saved(document)))]
    assert texts == ["第一条", "第二条", "第三条", "第一条", "第二条"]


def test_a_list_of_a_style_is_counted_and_bullets_stay_a_list() -> None:
    document = Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("丙", style="List Bullet")
    blocks = read_docx(saved(document)).blocks
    assert str(blocks[0][1]) == "<p>1. 甲</p><p>2. 乙</p><ul><li>丙</li></ul>"


@pytest.mark.parametrize(
    ("kind", "number", "sign"),
    [
        ("chineseCounting", 12, "十二"), ("chineseCountingThousand", 105, "一百零五"),
        ("chineseLegalSimplified", 2, "贰"), ("ideographDigital", 20, "二〇"),
        ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"), ("decimalFullWidth", 10, "\uff11\uff10"),
        ("ideographTraditional", 1, "甲"), ("upperRoman", 14, "XIV"), ("lowerLetter", 28, "bb"),
        ("decimalZero", 7, "07"), ("hebrew1", 4, "4"),
    ],
)  # fmt: skip
def test_formats(kind: str, number: int, sign: str) -> None:
    assert written(number, kind) == sign


def test_merged_cells_leave_each_cell_below_its_heading() -> None:
    document = Document()
    document.add_paragraph("收费表")
    table = document.add_table(rows=3, cols=3)
    for y, row in enumerate((("类别", "标准", ""), ("公证", "80", "元"), ("", "100", "元"))):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    found = read_docx(saved(document))
    rows = next(value for kind, value in found.blocks if kind == "table")["rows"]  # type: ignore[index]
    assert rows == [["类别", "标准", ""], ["公证", "80", "元"], ["", "100", "元"]]
    assert found.dropped[0].startswith("第 1 张表格：2 处合并单元格已拆开")


def test_pictures_come_along_and_ask_for_words() -> None:
    document = Document()
    document.add_paragraph("正文")
    document.add_picture(picture())
    document.add_picture(picture())
    document.inline_shapes[1]._inline.docPr.set("descr", "会场全景")
    found = read_docx(saved(document))
    assert [(p.name, p.alt) for p in found.pictures] == [
        ("图片1.png", ""), ("图片2.png", "会场全景"),
    ]  # fmt: skip
    assert found.pictures[0].content.startswith(b"\x89PNG")
    assert "1 幅没有文字说明" in found.dropped[0]


def test_what_is_left_out_is_said() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    paragraph = document.add_paragraph("面积 120 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("，见")
    paragraph.add_run("附").font.superscript = True
    of = nsdecls("w")
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    paragraph._p.append(parse_xml(f'<m:oMath xmlns:m="{math}"/>'))
    paragraph._p.append(
        parse_xml(f'<w:ins {of} w:id="1" w:author="x"><w:r><w:t>加</w:t></w:r></w:ins>')
    )
    found = read_docx(saved(document))
    assert lines(found) == ["面积 120 m²，见附加"]
    told = "\n".join(found.dropped)
    for words in ("1 个公式没有导入", "修订痕迹", "页眉或页脚没有导入：内部资料", "上标、下标"):
        assert words in told, words
    assert "第 1 页" not in told


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="不是 Word 文档"):
        read_docx(content)
