"""ofd: each place that can hold something, each way to hide it."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import pytest

from tests.screening.office_made import (
    ID,
    NOTICE,
    OFD,
    kinds,
    ofd,
    path,
    places,
    repacked,
    screened,
    words,
)

PAGE = "Doc_0/Pages/Page_0/Content.xml"


def test_an_ordinary_document_is_clean_and_read() -> None:
    report = screened(ofd(), "a.ofd")
    assert report.verdict == "clean" and report.media_type == "application/ofd"
    assert report.visible_text.strip() == NOTICE


CODES = "".join(
    f'<ofd:TextCode X="{x}" Y="5" DeltaX="g 5 3">{ID[n : n + 6]}</ofd:TextCode>'
    for n, x in ((0, 0), (6, 18), (12, 36))
)


def test_pieces_are_joined_in_order() -> None:
    assert ID in screened(ofd(words(CODES)), "a.ofd").visible_text
    parts = [words(ID[n], at=f"{20 + 3 * n} 40 5 6") for n in range(18)]
    report = screened(ofd(*parts), "a.ofd")
    assert ID in report.visible_text and places(report, "id18") == "第1页"


def test_columns_and_lines_are_told_apart() -> None:
    row = [words("姓名", at="20 40 15 6"), words("证件号", at="90 40 30 6")]
    below = [words("张小三", at="20 50 20 6"), words(ID, at="90 50 90 6")]
    report = screened(ofd(*row, *below), "a.ofd")
    assert f"姓名\t证件号\n张小三\t{ID}" in report.visible_text
    assert places(report, "name_list")


SHUT = "这行字看不到"


@pytest.mark.parametrize(
    ("objects", "place"),
    [
        ([words(SHUT, attributes='Visible="false"')], "不可见"),
        ([f'<ofd:PageBlock Visible="false">{words(SHUT)}</ofd:PageBlock>'], "不可见"),
        ([words(SHUT, attributes='Alpha="0"')], "透明"),
        ([words(SHUT, inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>')], "透明"),
        ([words(SHUT, inside='<ofd:FillColor Value="255 255 255"/>')], "白色"),
        ([words(SHUT, attributes='Fill="false"')], "不着色"),
        ([words(SHUT, attributes='CTM="0.1 0 0 0.1 0 0"')], "极小"),
        ([words(SHUT, at="400 20 100 6")], "页面以外"),
        ([words(SHUT), path("10 18 170 12")], "盖住"),
        ([words(SHUT), path("10 18 170 12", colour="255 255 255")], "盖住"),
    ],
    ids=["invisible", "in a block", "alpha", "colour alpha", "white", "no fill", "tiny", "off", "black box", "white box"],
)  # fmt: skip
def test_text_that_no_reader_sees_is_found(objects: list[str], place: str) -> None:
    report = screened(ofd(*objects), "a.ofd")
    assert report.verdict == "block" and place in places(report, "hidden_text")
    assert SHUT not in report.visible_text and NOTICE in report.visible_text


def test_a_box_over_half_a_line_hides_that_half_only() -> None:
    report = screened(ofd(words(f"联系人{SHUT}"), path("35 18 170 12")), "a.ofd")
    assert "联系人" in report.visible_text and SHUT not in report.visible_text
    assert [f.excerpt for f in report.findings if f.kind == "hidden_text"] == [SHUT]


@pytest.mark.parametrize(
    "objects",
    [
        [path("10 18 170 12"), words("表头", inside='<ofd:FillColor Value="255 255 255"/>')],
        [words("表头"), path("10 22 170 0.3")],
        [words("表头"), path("10 18 170 12", attributes='Stroke="true"')],
        [words("表头"), path("10 18 170 12", attributes='Fill="true" Alpha="60"')],
    ],
    ids=["white on a dark box", "a line", "a frame", "a marker"],
)
def test_what_only_looks_like_hiding_is_clean(objects: list[str]) -> None:
    report = screened(ofd(*objects), "a.ofd")
    assert report.verdict == "clean" and "表头" in report.visible_text


def box_picture(mode: str) -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, (40, 40), "black").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("mode", "hidden"), [("RGB", True), ("RGBA", False)])
def test_an_opaque_picture_over_text_hides_it_and_a_seal_does_not(mode: str, hidden: bool) -> None:
    data = ofd(
        words(SHUT),
        '<ofd:ImageObject Boundary="10 18 170 12" ResourceID="9"/>',
        **{
            "Doc_0/PublicRes.xml": f"<ofd:Res {OFD}><ofd:MultiMedias><ofd:MultiMedia ID='9'>"
            "<ofd:MediaFile>box.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
            "Doc_0/Res/box.png": box_picture(mode),
        },
    )
    report = screened(data, "a.ofd")
    assert ("hidden_text" in kinds(report)) is hidden
    assert "image_text" in kinds(report)


NOTES = {
    "Doc_0/Annots.xml": f"<ofd:Annotations {OFD}><ofd:Page PageID='1'><ofd:FileLoc>Annot_0.xml"
    "</ofd:FileLoc></ofd:Page></ofd:Annotations>",
    "Doc_0/Annot_0.xml": f"<ofd:PageAnnot {OFD}><ofd:Annot Type='Highlight' Creator='甲'><ofd:Remark>"
    "请核</ofd:Remark><ofd:Appearance Boundary='10 8 170 12'>{}</ofd:Appearance></ofd:Annot>"
    "</ofd:PageAnnot>",
}
LISTED = "<ofd:Annotations>Annots.xml</ofd:Annotations>"


def test_annotations_are_found_and_a_box_among_them_hides() -> None:
    parts = {n: t.replace("{}", "") for n, t in NOTES.items()}
    assert places(screened(ofd(document=LISTED, **parts), "a.ofd"), "comment") == "注释"
    parts = {n: t.replace("{}", path("0 0 170 12")) for n, t in NOTES.items()}
    report = screened(ofd(document=LISTED, **parts), "a.ofd")
    assert "盖住" in places(report, "hidden_text") and NOTICE not in report.visible_text


ATTACHED = {
    "Doc_0/Attachs.xml": f"<ofd:Attachments {OFD}><ofd:Attachment Name='名单'><ofd:FileLoc>a/list.txt"
    "</ofd:FileLoc></ofd:Attachment></ofd:Attachments>",
    "Doc_0/a/list.txt": ID,
}
INFO = "<ofd:DocID>1</ofd:DocID>"


@pytest.mark.parametrize(
    ("data", "kind", "place"),
    [
        (ofd(document="<ofd:Attachments>Attachs.xml</ofd:Attachments>", **ATTACHED), "id18", "Doc_0/a/list.txt!/"),
        (ofd(document="<ofd:Attachments>Attachs.xml</ofd:Attachments>", **ATTACHED), "attachment", "内嵌文件"),
        (repacked(ofd(), {"OFD.xml": (INFO, f"<ofd:Author>李四四</ofd:Author>{INFO}")}), "properties", "作者"),
        (repacked(ofd(), {"OFD.xml": (INFO, f"<ofd:Title>{ID}</ofd:Title>{INFO}")}), "id18", "Title"),
        (repacked(ofd(), {"OFD.xml": (INFO, f"<ofd:CustomDatas><ofd:CustomData Name='号'>{ID}</ofd:CustomData></ofd:CustomDatas>{INFO}")}), "id18", "号"),
        (ofd(**{"Doc_0/Tags/CustomTags.xml": f"<x>{ID}</x>"}), "id18", "CustomTags"),
        (ofd(**{"Doc_0/Pages/Page_7/Content.xml": f"<ofd:Page {OFD}>{words(ID)}</ofd:Page>"}), "id18", "Page_7"),
        (ofd(words("字", attributes=f'Name="{ID}"')), "id18", "第1页的属性"),
        (repacked(ofd(), {PAGE: ("<ofd:Layer", f"<!--{ID}--><ofd:Layer")}), "id18", "第1页的属性"),
    ],
)  # fmt: skip
def test_what_lies_around_the_pages_is_read(data: bytes, kind: str, place: str) -> None:
    assert place in places(screened(data, "a.ofd"), kind)


def test_earlier_versions_are_found_and_read() -> None:
    versions = (
        "<ofd:Versions><ofd:Version ID='v1' BaseLoc='Doc_0/Versions/v1.xml'/>"
        "<ofd:Version ID='v2' BaseLoc='Doc_0/Versions/v2.xml'/></ofd:Versions>"
    )
    old = (
        f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{words(ID)}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    data = ofd(
        body=versions,
        **{
            "Doc_0/Versions/v1.xml": f"<ofd:DocVersion {OFD}><ofd:DocRoot>/Doc_0/Old.xml</ofd:DocRoot></ofd:DocVersion>",
            "Doc_0/Versions/v2.xml": f"<ofd:DocVersion {OFD}><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocVersion>",
            "Doc_0/Old.xml": f"<ofd:Document {OFD}><ofd:Pages><ofd:Page ID='1' BaseLoc='Old/Content.xml'/></ofd:Pages></ofd:Document>",
            "Doc_0/Old/Content.xml": old,
        },
    )  # fmt: skip
    report = screened(data, "a.ofd")
    assert "earlier_revision" in kinds(report)
    assert "版本1第1页" in places(report, "id18") and ID not in report.visible_text


def test_a_missing_page_is_unreadable() -> None:
    broken = repacked(ofd(), {"Doc_0/Document.xml": ("Page_0", "Page_8")})
    assert screened(broken, "a.ofd").verdict == "unreadable"
