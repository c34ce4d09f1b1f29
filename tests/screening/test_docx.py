"""docx against the list of places: the same file is clean without the payload."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import pytest

from tests.screening.office_made import ID, kinds, places, relations, repacked, screened
from tests.screening.test_files import blank_picture, book, hidden_sheet, saved, word

BASE = word()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = "word/document.xml"


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def para(inside: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def body(inside: str, **parts: str | bytes) -> bytes:
    """The notice with blocks before it."""
    return repacked(BASE, {BODY: ("<w:body>", f"<w:body>{inside}"), **parts})


def part(root: str, inside: str) -> str:
    return f"<w:{root} {W}>{inside}</w:{root}>"


def styled(style: str, inside: str) -> bytes:
    return body(inside, **{"word/styles.xml": part("styles", style)})


def chain(look: str) -> str:
    """Three styles, each built on the one before; the look is in the first."""
    first = f'<w:style w:type="paragraph" w:styleId="A"><w:rPr>{look}</w:rPr></w:style>'
    rest = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/></w:style>'
        for name, base in (("B", "A"), ("C", "B"))
    )
    return first + rest


USES_C = para(run("底字"), '<w:pStyle w:val="C"/>')
WHITE = '<w:color w:val="FFFFFF"/>'
CHOICE = (
    '<mc:AlternateContent xmlns:mc="m"><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
    "</mc:AlternateContent>"
)


def change(kind: str, inside: str) -> str:
    return f'<w:{kind} w:id="1" w:author="甲" w:date="2026-01-01T00:00:00Z">{inside}</w:{kind}>'


def test_the_base_is_clean() -> None:
    assert screened(BASE, "a.docx").verdict == "clean"


@pytest.mark.parametrize(
    ("data", "kind", "place"),
    [
        (body(para(change("del", "<w:r><w:delText>底字</w:delText></w:r>"))), "tracked_change", "已删除"),
        (body(para("<w:r><w:delText>底字</w:delText></w:r>")), "tracked_change", "已删除"),
        (body(para(change("ins", run("加字")))), "tracked_change", "新增"),
        (body(para(change("moveFrom", run("底字")))), "tracked_change", "已删除"),
        (body(para(change("moveTo", run("加字")))), "tracked_change", "新增"),
        (body(change("ins", para(run("加段")))), "tracked_change", "新增"),
        (body(para(run("字", change("rPrChange", "<w:rPr/>")))), "tracked_change", "正文的修订"),
        (body(para("", f"<w:rPr>{change('del', '')}</w:rPr>")), "tracked_change", "正文的修订"),
        (body("", **{"word/comments.xml": part("comments", f'<w:comment w:author="甲">{para(run("请核"))}</w:comment>')}), "comment", "批注1"),
        (body("", **{"word/other.xml": part("comments", f'<w:comment w:author="甲">{para(run("请核"))}</w:comment>')}), "comment", "批注1"),
        (body(para(run("底字", "<w:vanish/>"))), "hidden_text", "隐藏文字"),
        (body(para(run("底字", WHITE))), "hidden_text", "隐藏文字"),
        (body(para(run("底字", '<w:sz w:val="2"/>'))), "hidden_text", "隐藏文字"),
        (body(para(run("底字", '<w:highlight w:val="black"/>'))), "hidden_text", "隐藏文字"),
        (body(para(run("底字", '<w:color w:val="000000"/><w:shd w:fill="000000"/>'))), "hidden_text", "隐藏文字"),
        (styled(chain("<w:vanish/>"), USES_C), "hidden_text", "隐藏文字"),
        (styled(chain(WHITE), USES_C), "hidden_text", "隐藏文字"),
        (styled(chain('<w:sz w:val="1"/>'), USES_C), "hidden_text", "隐藏文字"),
        (styled('<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>', para(run("底字", '<w:rStyle w:val="X"/>'))), "hidden_text", "隐藏文字"),
        (styled(f"<w:docDefaults><w:rPrDefault><w:rPr>{WHITE}</w:rPr></w:rPrDefault></w:docDefaults>", para(run("底字"))), "hidden_text", "隐藏文字"),
        (styled('<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:vanish/></w:rPr></w:style>', para(run("底字"))), "hidden_text", "隐藏文字"),
        (body("", **{"word/header9.xml": part("hdr", para(run("机密★1年")))}), "secrecy_mark", "页眉"),
        (body("", **{"word/kopf.xml": part("hdr", para(run("机密★1年")))}), "secrecy_mark", "页眉"),
        (body("", **{"word/footer9.xml": part("ftr", para(run(ID)))}), "id18", "页脚"),
        (body("", **{"word/footnotes.xml": part("footnotes", f"<w:footnote>{para(run(ID))}</w:footnote>")}), "id18", "脚注"),
        (body("", **{"word/endnotes.xml": part("endnotes", f"<w:endnote>{para(run(ID))}</w:endnote>")}), "id18", "尾注"),
        (body(para(f"<w:r><w:pict><w:txbxContent>{para(run(ID))}</w:txbxContent></w:pict></w:r>")), "id18", "正文"),
        (body(para("<w:r>" + CHOICE.format("", f"<w:pict><w:txbxContent>{para(run(ID))}</w:txbxContent></w:pict>") + "</w:r>")), "id18", "备用内容"),
        (body(para(f'<w:r><w:drawing><docPr descr="{ID}"/></w:drawing></w:r>')), "id18", "替代文字"),
        (body(para(f"<w:r><w:instrText>HYPERLINK {ID}</w:instrText></w:r>")), "id18", "域代码"),
        (body(para(f'<w:fldSimple w:instr="QUOTE {ID}"/>')), "id18", "域代码"),
        (body(para("<w:r><w:instrText>DDEAUTO c:\\\\x \"y\"</w:instrText></w:r>")), "script", "域代码"),
        (body(para('<w:r><w:instrText>INCLUDETEXT "a.docx"</w:instrText></w:r>')), "outside_part", "域代码"),
        (body(para(f'<w:hyperlink w:tooltip="{ID}">{run("字")}</w:hyperlink>')), "id18", "正文的属性"),
        (body("", **{"word/_rels/x.xml.rels": relations(("r", "hyperlink", f"http://a/{ID}"))}), "id18", "x.xml.rels"),
        (body("", **{"word/embeddings/a.xlsx": book(hidden_sheet)}), "hidden_text", "a.xlsx!/"),
        (body("", **{"word/embeddings/a.xlsx": book()}), "attachment", "内嵌"),
        (body("", **{"customXml/item1.xml": f"<x>{ID}</x>"}), "id18", "customXml"),
        (body("", **{"word/glossary/document.xml": part("glossaryDocument", para(run(ID)))}), "id18", "构建基块"),
        (body("", **{"docProps/core.xml": "<c xmlns:d='d'><d:creator>李四四</d:creator></c>"}), "properties", "作者"),
        (body("", **{"docProps/custom.xml": f'<c><property name="{ID}"><v>1</v></property></c>'}), "id18", "自定义"),
        (body("", **{"word/_rels/settings.xml.rels": relations(("r", "attachedTemplate", "http://a.example/t.dotm"))}), "outside_part", "settings.xml"),
        (body("", **{"word/settings.xml": part("settings", f'<w:docVars><w:docVar w:name="n" w:val="{ID}"/></w:docVars>')}), "id18", "settings"),
        (body("", **{"word/media/a.jpg": blank_picture()}), "image_text", "a.jpg"),
        (body("", **{"word/charts/chart1.xml": f"<c><v>{ID}</v></c>"}), "id18", "chart1"),
        (body("", **{"word/secret.txt": ID}), "id18", "secret.txt!/"),
    ],
)  # fmt: skip
def test_each_place_is_found(data: bytes, kind: str, place: str) -> None:
    report = screened(data, "a.docx")
    assert place in places(report, kind) and report.verdict != "unreadable"
    assert "底字" not in report.visible_text


def boxed(around: str) -> bytes:
    box = f"<w:txbxContent>{para(run('盒字'))}</w:txbxContent>"
    return body(para(f"<w:r>{around.format(box)}</w:r>"))


ANCHOR = '<w:drawing><wp:anchor xmlns:wp="wp"><wp:docPr id="1" {}/><wp:posOffset>{}</wp:posOffset>{{}}</wp:anchor></w:drawing>'
PICT = '<w:pict><v:shape xmlns:v="v" style="{}">{{}}</v:shape></w:pict>'


@pytest.mark.parametrize(
    ("around", "hidden"),
    [
        (ANCHOR.format('hidden="1"', 0), True),
        (ANCHOR.format("", -90_000_000), True),
        (PICT.format("visibility:hidden"), True),
        (PICT.format("left: -3000pt"), True),
        (ANCHOR.format("", -90_000), False),
        (PICT.format("width:90pt"), False),
    ],
)
def test_text_boxes_that_nobody_sees_are_found(around: str, hidden: bool) -> None:
    report = screened(boxed(around), "a.docx")
    assert ("盒字" in report.visible_text) is not hidden
    assert (report.verdict == "block") is hidden


CELL = f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="003366"/></w:tcPr>{para(run("表头", WHITE))}</w:tc></w:tr></w:tbl>'


@pytest.mark.parametrize(
    "inside",
    [
        CELL,
        para(run("表头", WHITE), '<w:shd w:fill="003366"/>'),
        para(run("表头", WHITE + '<w:highlight w:val="blue"/>')),
        para(run("表头", '<w:vanish w:val="0"/>')),
        para(run("表头", '<w:color w:val="FF0000"/>')),
        para(run("表头", "<w:webHidden/>")),
        para(
            f'{run("表头")}<a b="1381234567" c="12" d="{{13812345-1381-2345-6789-138123456789}}"/>'
        ),
    ],
    ids=["dark cell", "dark paragraph", "marker", "vanish off", "red", "contents", "numbers"],
)
def test_what_only_looks_like_hiding_is_clean(inside: str) -> None:
    report = screened(body(inside), "a.docx")
    assert report.verdict == "clean" and "表头" in report.visible_text


def test_the_writers_own_template_is_no_finding() -> None:
    rels = relations(("r", "attachedTemplate", "file:///C:/T/x/Normal.dotm"))
    report = screened(body("", **{"word/_rels/settings.xml.rels": rels}), "a.docx")
    assert "outside_part" not in kinds(report)


def test_a_document_by_another_name_is_read() -> None:
    """Programs follow the relation, not the name."""
    changes: dict[str, str | bytes | tuple[str, str]] = {
        "word/brief.xml": part("document", f"<w:body>{para(run('正文', WHITE))}</w:body>"),
    }
    assert "hidden_text" in kinds(screened(repacked(BASE, changes), "a.docx"))


def test_many_parts_are_no_bomb() -> None:
    parts = {f"word/header{n}.xml": part("hdr", para(run("页眉"))) for n in range(900)}
    assert screened(body("", **parts), "a.docx").verdict == "clean"


def test_python_docx_writes_nothing_that_is_found() -> None:
    from docx import Document

    document = Document()
    document.add_heading("关于做好政府信息公开工作的通知", 1)
    document.add_table(2, 2, style="Table Grid").cell(0, 0).text = "年份"
    document.add_page_break()
    assert screened(saved(document), "a.docx").verdict == "clean"
