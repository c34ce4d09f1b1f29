"""Files: what is hidden in them, what is refused. All are built here, all people invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image
from weasyprint import HTML

from gongkai.screening import Report, screen_file

ID = "990101199003078535"


def saved(thing: object) -> bytes:
    out = io.BytesIO()
    thing.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def word(change: Callable[[object], None] | None = None) -> bytes:
    document = Document()
    document.add_paragraph("关于做好政府信息公开工作的通知")
    if change:
        change(document)
    return saved(document)


def book(change: Callable[[Workbook], None] | None = None) -> bytes:
    workbook = Workbook()
    workbook.active.append(["年份", "件数"])
    workbook.active.append([2014, 12])
    if change:
        change(workbook)
    return saved(workbook)


def page(body: str = "") -> bytes:
    return HTML(string=f"<p>关于做好政府信息公开工作的通知</p>{body}").write_pdf()


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def found(report: Report, kind: str) -> str:
    """Where a kind was found, all places joined."""
    return " ".join(f.place for f in report.findings if f.kind == kind)


def blank_picture(**options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG", **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", word()), ("a.xlsx", book()), ("a.pdf", page()), ("a.txt", "通知".encode()),
     ("a.txt", "关于公开的通知".encode("gb18030")), ("a.jpg", blank_picture())],
)  # fmt: skip
def test_an_ordinary_file_is_clean(name: str, data: bytes) -> None:
    report = screen_file(data, name)
    assert report.verdict == "clean", report.findings


def cell(document: object) -> None:
    table = document.add_table(2, 2)  # type: ignore[attr-defined]
    for row, column, text in [(0, 0, "姓名"), (0, 1, "证件号"), (1, 0, "张小三"), (1, 1, ID)]:
        table.cell(row, column).text = text


def vanish(document: object) -> None:
    document.add_paragraph().add_run("看不见").font.hidden = True  # type: ignore[attr-defined]


def white(document: object) -> None:
    document.add_paragraph().add_run("白字").font.color.rgb = RGBColor(255, 255, 255)  # type: ignore[attr-defined]


def tiny(document: object) -> None:
    document.add_paragraph().add_run("小字").font.size = Pt(1)  # type: ignore[attr-defined]


def hidden_style(document: object) -> None:
    document.styles.add_style("Secret", 1).font.hidden = True  # type: ignore[attr-defined]
    document.add_paragraph("样式隐藏", style="Secret")  # type: ignore[attr-defined]


def deleted(document: object) -> None:
    run_ = document.add_paragraph().add_run("")._r  # type: ignore[attr-defined]
    text = OxmlElement("w:delText")
    text.text = "删掉的姓名张小三"
    run_.append(text)
    mark = OxmlElement("w:del")
    run_.getparent().replace(run_, mark)
    mark.append(run_)


def inserted(document: object) -> None:
    run_ = document.add_paragraph().add_run("加上的话")._r  # type: ignore[attr-defined]
    mark = OxmlElement("w:ins")
    run_.getparent().replace(run_, mark)
    mark.append(run_)


def commented(document: object) -> None:
    document.add_comment(document.paragraphs[0].runs, text="请核", author="甲")  # type: ignore[attr-defined]


def header(document: object) -> None:
    document.sections[0].header.paragraphs[0].text = "机密★1年"  # type: ignore[attr-defined]


def footer(document: object) -> None:
    document.sections[0].footer.paragraphs[0].text = f"联系人{ID}"  # type: ignore[attr-defined]


def keywords(document: object) -> None:
    document.core_properties.keywords = ID  # type: ignore[attr-defined]


def split_runs(document: object) -> None:
    paragraph = document.add_paragraph()  # type: ignore[attr-defined]
    for piece in (ID[:5], ID[5:11], ID[11:]):
        paragraph.add_run(piece)


def text_box(document: object) -> None:
    run_ = document.add_paragraph().add_run()._r  # type: ignore[attr-defined]
    pict, box, inner, text = (OxmlElement(n) for n in ("w:pict", "w:txbxContent", "w:p", "w:r"))
    words = OxmlElement("w:t")
    words.text = ID
    text.append(words)
    inner.append(text)
    box.append(inner)
    pict.append(box)
    run_.append(pict)


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        (cell, "id18", "正文表1第2行第2列"),
        (cell, "name_list", "正文表1第2行第1列"),
        (vanish, "hidden_text", "正文第2段"),
        (white, "hidden_text", "正文第2段"),
        (tiny, "hidden_text", "正文第2段"),
        (hidden_style, "hidden_text", "正文第2段"),
        (deleted, "tracked_change", "正文第2段的修订（已删除）"),
        (inserted, "tracked_change", "正文第2段的修订（新增）"),
        (commented, "comment", "批注1"),
        (header, "secrecy_mark", "页眉第1段"),
        (footer, "id18", "页脚第1段"),
        (keywords, "id18", "文件属性：关键词"),
        (split_runs, "id18", "正文第2段"),
        (text_box, "id18", "正文第"),
    ],
)
def test_each_place_of_a_word_file_is_read(
    change: Callable[[object], None], kind: str, place: str
) -> None:
    report = screen_file(word(change), "a.docx")
    assert report.verdict == "block"
    assert place in found(report, kind)


def test_hidden_text_is_not_visible_text() -> None:
    report = screen_file(word(lambda d: (vanish(d), deleted(d))), "a.docx")
    assert "关于做好" in report.visible_text
    assert "看不见" not in report.visible_text and "张小三" not in report.visible_text


def hidden_column(workbook: Workbook) -> None:
    workbook.active["D1"] = "备注"
    workbook.active.column_dimensions["D"].hidden = True


def hidden_row(workbook: Workbook) -> None:
    workbook.active["A3"] = "旧行"
    workbook.active.row_dimensions[3].hidden = True


def narrow(workbook: Workbook) -> None:
    workbook.active["D1"] = "备注"
    workbook.active.column_dimensions["D"].width = 0.1


def no_format(workbook: Workbook) -> None:
    workbook.active["B4"] = "不显示"
    workbook.active["B4"].number_format = ";;;"


def white_cell(workbook: Workbook) -> None:
    workbook.active["B4"] = "白字"
    workbook.active["B4"].font = Font(color="FFFFFFFF")


def hidden_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("源").append(["内容"])
    workbook["源"].sheet_state = "hidden"


def very_hidden(workbook: Workbook) -> None:
    workbook.create_sheet("源").append(["内容"])
    workbook["源"].sheet_state = "veryHidden"


def note(workbook: Workbook) -> None:
    workbook.active["A1"].comment = Comment("请核", "甲")


def number_cell(workbook: Workbook) -> None:
    workbook.active.title = "名单"
    workbook.active.append(["姓名", "身份证号"])
    workbook.active.append(["张小三", ID])


def as_float(workbook: Workbook) -> None:
    workbook.active.append(["姓名", "身份证号"])
    workbook.active.append(["张小三", 990101199103078535.0])


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        (hidden_column, "hidden_text", "隐藏的单元格D1"),
        (hidden_row, "hidden_text", "隐藏的单元格A3"),
        (narrow, "hidden_text", "隐藏的单元格D1"),
        (no_format, "hidden_text", "隐藏的单元格B4"),
        (white_cell, "hidden_text", "隐藏的单元格B4"),
        (hidden_sheet, "hidden_text", "隐藏的工作表“源”!A1"),
        (very_hidden, "hidden_text", "隐藏的工作表“源”!A1"),
        (note, "comment", "A1的批注"),
        (number_cell, "id18", "工作表“名单”!B4"),
        (as_float, "id18_typo", "!B4"),
    ],
)
def test_each_place_of_a_workbook_is_read(
    change: Callable[[Workbook], None], kind: str, place: str
) -> None:
    report = screen_file(book(change), "a.xlsx")
    assert report.verdict == "block"
    assert place in found(report, kind)


def test_an_empty_hidden_column_hides_nothing() -> None:
    def hide(workbook: Workbook) -> None:
        workbook.active.column_dimensions["F"].hidden = True

    assert screen_file(book(hide), "a.xlsx").verdict == "clean"


def test_a_part_that_nothing_refers_to_is_searched() -> None:
    data = io.BytesIO(book())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", f'<r xmlns="x"><s v="{ID}"/></r>')
    assert "pivotCacheRecords1" in found(screen_file(data.getvalue(), "a.xlsx"), "id18")


def test_a_photo_with_a_position_is_looked_at() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (34.0, 15.0, 0.0)}
    report = screen_file(blank_picture(exif=exif), "a.jpg")
    assert report.verdict == "review" and found(report, "image_place")


def test_members_of_a_package_are_screened_where_they_stand() -> None:
    inner = packed(list__docx=word(cell))
    report = screen_file(packed(inner__zip=inner), "a.zip")
    assert "inner.zip!/list.docx!/正文表1第2行第2列" in found(report, "id18")


def test_the_name_of_a_file_is_screened() -> None:
    assert screen_file("通知".encode(), f"{ID}.txt").verdict == "block"


def test_gb18030_csv_is_read() -> None:
    report = screen_file(f"姓名,证件号\n张小三,{ID}\n".encode("gb18030"), "a.csv")
    assert report.media_type == "text/csv" and found(report, "id18") == "第2行"


def flagged() -> bytes:
    """A zip whose member says that it is encrypted."""
    data = bytearray(packed(a__txt=b"x"))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def nested(depth: int) -> bytes:
    data = b"x"
    for _ in range(depth):
        data = packed(a__zip=data)
    return data


ENTITIES = b'<!DOCTYPE r [<!ENTITY a "aaaa">]><r>&a;</r>'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.zip", packed(a__txt=b"0" * 40_000_000), "压缩炸弹"),
        ("many.zip", packed(**{f"f{n}__txt": b"" for n in range(2100)}), "过多"),
        ("deep.zip", nested(7), "太深"),
        ("locked.zip", flagged(), "加密"),
        ("slip.zip", packed(**{"../a__txt": b"x"}), "不安全"),
        ("broken.zip", b"PK\x03\x04" + bytes(40), "损坏"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx"),
        (
            "locked.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "加密",
        ),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "rar"),
        ("a.svg", b"<svg onload='x'/>", "svg"),
        ("a.bin", bytes(range(256)) * 9, "认不出"),
        ("a.txt", b"", "空文件"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "损坏"),
        (
            "a.docx",
            packed(**{"[Content_Types]__xml": b"<T/>", "word/document__xml": ENTITIES}),
            "实体",
        ),
    ],
)
def test_what_cannot_be_screened_is_unreadable_and_says_why(
    name: str, data: bytes, reason: str
) -> None:
    report = screen_file(data, name)
    assert "unreadable" in {f.kind for f in report.findings}
    assert reason in "".join(f.advice for f in report.findings if f.kind == "unreadable")
    assert report.verdict in {"unreadable", "block"}


def test_a_macro_and_a_wrong_ending_block() -> None:
    data = io.BytesIO(word())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert found(screen_file(data.getvalue(), "a.docx"), "macro")
    assert screen_file(page(), "a.docx").verdict == "block"
    assert found(screen_file(page() + packed(a__txt=b"x"), "a.pdf"), "mismatch")


def test_too_many_findings_are_cut_and_say_so() -> None:
    report = screen_file(f"{ID}\n".encode() * 3000, "a.txt")
    assert len(report.findings) == 2001 and report.findings[-1].kind == "too_many"
