"""pptx: each place that can hold something, each way to hide it."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import pytest

from tests.screening.office_made import (
    ID,
    NOTICE,
    SPACES,
    TABLE,
    A,
    P,
    kinds,
    pptx,
    relations,
    repacked,
    screened,
    shape,
    slide,
)

WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
DARK = '<a:solidFill><a:srgbClr val="003366"/></a:solidFill>'


def test_an_ordinary_presentation_is_clean_and_read() -> None:
    report = screened(pptx(), "a.pptx")
    assert report.verdict == "clean"
    assert report.visible_text == NOTICE


GROUP = (
    "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='7' name='g'/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
    "<a:off x='{}' y='0'/><a:ext cx='4000000' cy='900000'/>"
    "<a:chOff x='0' y='0'/><a:chExt cx='4000000' cy='900000'/></a:xfrm></p:grpSpPr>{}</p:grpSp>"
)
ALL_OVER = shape("", at="0 0 9144000 6858000", extra=DARK)


@pytest.mark.parametrize(
    ("shapes", "kind", "place"),
    [
        ([TABLE], "id18", "第1张幻灯片"),
        ([TABLE], "name_list", "第1张幻灯片"),
        ([GROUP.format(0, shape(ID))], "id18", "第1张幻灯片"),
        ([GROUP.format(99_000_000, shape("组外"))], "hidden_text", "边界以外"),
        ([shape("外面", at="-5000000 0 4000000 900000")], "hidden_text", "边界以外"),
        ([shape("下面", at="0 6858000 4000000 900000")], "hidden_text", "边界以外"),
        ([shape("白字", look=WHITE)], "hidden_text", "白字"),
        ([shape("小字").replace("<a:rPr>", '<a:rPr sz="100">')], "hidden_text", "极小"),
        ([shape("盖住"), ALL_OVER], "hidden_text", "盖住"),
        ([shape("关").replace('name="t"', 'name="t" hidden="1"')], "hidden_text", "设为隐藏"),
        ([shape("图").replace('name="t"', f'name="t" descr="{ID}"')], "id18", "图形说明"),
    ],
)  # fmt: skip
def test_each_place_of_a_slide_is_read(shapes: list[str], kind: str, place: str) -> None:
    report = screened(pptx(slide(shape(NOTICE, at="0 0 900 900"), *shapes)), "a.pptx")
    assert report.verdict == "block"
    assert any(f.kind == kind and place in f.place for f in report.findings)
    assert "字" not in report.visible_text and "盖住" not in report.visible_text


@pytest.mark.parametrize(
    "text",
    [
        slide(shape("白字", look=WHITE, extra=DARK)),
        slide(ALL_OVER, shape("白字", look=WHITE)),
        slide(shape("白字", look=WHITE), background=f"<p:bg><p:bgPr>{DARK}</p:bgPr></p:bg>"),
    ],
    ids=["in a dark shape", "over a dark shape", "on a dark slide"],
)
def test_white_on_colour_is_seen(text: str) -> None:
    report = screened(pptx(text), "a.pptx")
    assert report.verdict == "clean" and report.visible_text == "白字"


def test_a_hidden_slide_is_found_whatever_it_says() -> None:
    report = screened(
        pptx(slide(shape(NOTICE)), slide(shape("底稿"), attributes='show="0"')), "a.pptx"
    )
    assert report.verdict == "block" and "底稿" not in report.visible_text
    assert [f.place for f in report.findings if f.kind == "hidden_text"] == ["隐藏的第2张幻灯片"]


def notes(text: str) -> str:
    return slide(shape(text)).replace("p:sld ", "p:notes ").replace("/p:sld>", "/p:notes>")


DIAGRAM = f'<dgm:dataModel xmlns:dgm="d" xmlns:a="{A}"><dgm:pt><dgm:t><a:p><a:r><a:t>{ID}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>'
CHART = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:pt><c:v>{ID}</c:v></c:pt></c:chartSpace>'
OLD_COMMENT = f'<p:cmLst xmlns:p="{P}"><p:cm><p:text>请核</p:text></p:cm></p:cmLst>'
NEW_COMMENT = f'<p188:cmLst xmlns:p188="m" xmlns:a="{A}"><p188:cm><p188:txBody><a:p><a:r><a:t>请核</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>'
RELS = "ppt/slides/_rels/slide1.xml.rels"


@pytest.mark.parametrize(
    ("parts", "kind", "place"),
    [
        ({"ppt/notesSlides/n.xml": notes("讲稿"), RELS: relations(("r1", "notesSlide", "../notesSlides/n.xml"))}, "hidden_text", "第1张幻灯片的备注"),
        ({"ppt/diagrams/data1.xml": DIAGRAM, RELS: relations(("r1", "diagramData", "../diagrams/data1.xml"))}, "id18", "图示"),
        ({"ppt/charts/chart1.xml": CHART, RELS: relations(("r1", "chart", "../charts/chart1.xml"))}, "id18", "图表"),
        ({"ppt/comments/comment1.xml": OLD_COMMENT}, "comment", "批注1"),
        ({"ppt/comments/modern.xml": NEW_COMMENT}, "comment", "批注1"),
        ({"ppt/slides/slide9.xml": slide(shape("删了的页"))}, "hidden_text", "没有列出"),
        ({"ppt/slideLayouts/slideLayout1.xml": f"<p:sldLayout {SPACES}><a:t>{ID}</a:t></p:sldLayout>"}, "id18", "slideLayout1"),
        ({"docProps/core.xml": f"<c xmlns:d='d'><d:creator>李四四</d:creator><d:title>{ID}</d:title></c>"}, "id18", "标题"),
        ({"ppt/vbaProject.bin": b"x"}, "macro", "宏"),
        ({"ppt/media/film.mp4": b"\0\0\0\x18ftypisom"}, "film", "film.mp4"),
        ({RELS: relations(("r1", "oleObject", "file://server/a.xlsx"))}, "outside_part", "slide1"),
    ],
)  # fmt: skip
def test_each_part_beside_the_slides_is_read(parts: dict[str, str], kind: str, place: str) -> None:
    assert screened(pptx(), "a.pptx").verdict == "clean"
    report = screened(repacked(pptx(), dict(parts)), "a.pptx")
    assert report.verdict in {"block", "review"}
    assert any(f.kind == kind and place in f.place for f in report.findings)


def test_a_picture_and_an_embedded_workbook_are_screened() -> None:
    from tests.screening.test_files import blank_picture, book, hidden_sheet

    parts: dict[str, str | bytes] = {
        "ppt/media/image1.jpg": blank_picture(),
        "ppt/embeddings/sheet.xlsx": book(hidden_sheet),
    }
    report = screened(repacked(pptx(), dict(parts)), "a.pptx")
    assert "attachment" in kinds(report)
    assert "ppt/embeddings/sheet.xlsx!/" in " ".join(
        f.place for f in report.findings if f.kind == "hidden_text"
    )
