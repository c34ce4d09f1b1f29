"""odt, ods, odp: each place that can hold something, each way to hide it; rtf is turned down."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import pytest

from tests.screening.office_made import ID, NOTICE, kinds, odf, places, repacked, screened


def style(name: str, properties: str, family: str = "text") -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


LOOK = "<style:text-properties {}/>"
TABLE = (
    "<table:table>{}<table:table-row><table:table-cell><text:p>姓名</text:p></table:table-cell>"
    "<table:table-cell><text:p>证件号</text:p></table:table-cell></table:table-row>"
    "<table:table-row><table:table-cell><text:p>张小三</text:p></table:table-cell>"
    f"<table:table-cell><text:p>{ID}</text:p></table:table-cell></table:table-row></table:table>"
)
COLUMNS = '<table:table-column/><table:table-column table:visibility="collapse"/>'


def test_an_ordinary_document_is_clean_and_read() -> None:
    report = screened(odf(), "a.odt")
    assert report.verdict == "clean" and report.visible_text.strip() == NOTICE


def test_empty_pages_for_notes_are_no_notes() -> None:
    notes = "<presentation:notes xmlns:presentation='p' xmlns:draw='d'><draw:frame><draw:text-box>{}</draw:text-box></draw:frame></presentation:notes>"
    for empty in ("", "<text:p/>", "<text:p>&lt;number&gt;</text:p>"):
        assert screened(odf(notes.format(empty)), "a.odp").verdict == "clean"
    report = screened(odf(notes.format("<text:p>内部讨论意见</text:p>")), "a.odp")
    assert "备注" in places(report, "hidden_text")


@pytest.mark.parametrize(
    ("data", "kind", "place"),
    [
        (odf(TABLE.format("")), "name_list", "正文"),
        (odf(f"<text:p>{ID[:7]}<text:span>{ID[7:]}</text:span></text:p>"), "id18", "正文"),
        (odf(TABLE.format(COLUMNS)), "hidden_text", "隐藏的列"),
        (odf(TABLE.format("").replace("<table:table-row>", '<table:table-row table:visibility="collapse">')), "hidden_text", "隐藏的行"),
        (odf("<text:hidden-text>底</text:hidden-text>"), "hidden_text", "隐藏文字"),
        (odf("<text:p><text:hidden-paragraph>底</text:hidden-paragraph></text:p>"), "hidden_text", "隐藏段落"),
        (odf('<text:section text:display="none"><text:p>底</text:p></text:section>'), "hidden_text", "隐藏的节"),
        (odf('<text:p text:style-name="X">底</text:p>', style("X", LOOK.format('text:display="none"'), "paragraph")), "hidden_text", "隐藏文字"),
        (odf('<text:p><text:span text:style-name="X">底</text:span></text:p>', style("X", LOOK.format('fo:color="#ffffff"'))), "hidden_text", "隐藏文字"),
        (odf('<text:p><text:span text:style-name="X">底</text:span></text:p>', style("X", LOOK.format('fo:font-size="1pt"'))), "hidden_text", "隐藏文字"),
        (odf('<table:table table:style-name="T"><table:table-row><table:table-cell><text:p>底</text:p></table:table-cell></table:table-row></table:table>', style("T", '<style:table-properties table:display="false"/>', "table")), "hidden_text", "隐藏的工作表"),
        (odf("<text:tracked-changes><text:changed-region><text:deletion><text:p>删掉的</text:p></text:deletion></text:changed-region></text:tracked-changes>"), "tracked_change", "修订"),
        (odf("<text:p><office:annotation><dc:creator>甲</dc:creator><text:p>请核</text:p></office:annotation></text:p>"), "comment", "批注"),
        (odf(meta="<dc:creator>李四四</dc:creator>"), "properties", "最后修改人"),
        (odf(meta=f"<meta:keyword>{ID}</meta:keyword>"), "id18", "keyword"),
        (odf(f"<text:p><!-- {ID} --></text:p>"), "id18", "属性"),
        (odf(f'<text:p><draw:frame draw:name="{ID}"/></text:p>'), "id18", "属性"),
        (odf(**{"Basic/Standard/Module1.xml": "<x/>"}), "macro", "宏"),
        (odf(**{"Object 1/content.xml": f"<x><p>{ID}</p></x>"}), "id18", "对象Object 1"),
        (odf(**{"list.txt": ID}), "id18", "list.txt!/"),
    ],
)  # fmt: skip
def test_each_place_is_read(data: bytes, kind: str, place: str) -> None:
    report = screened(data, "a.odt")
    assert place in places(report, kind)
    assert "底" not in report.visible_text and "删掉" not in report.visible_text


def test_a_locked_document_is_refused() -> None:
    locked = repacked(odf(), {"META-INF/manifest.xml": "<m><encryption-data/></m>"})
    report = screened(locked, "a.odt")
    assert report.verdict == "unreadable" and "密码" in report.findings[0].advice


def test_rtf_is_turned_down_with_the_way_out() -> None:
    report = screened(b"{\\rtf1 hello}", "a.rtf")
    assert report.verdict == "unreadable" and "另存为docx" in report.findings[0].advice
    assert "unreadable" in kinds(screened(b"{\\rtf1 hello}", "a.doc"))
