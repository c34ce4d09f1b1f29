"""doc, xls, ppt: each place that can hold something; macros and locks are refused."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from gongkai.screening import media_type
from tests.screening.office_made import kinds, places, screened
from tests.screening.old_made import (
    BLANK,
    DELETED,
    HIDDEN,
    ID,
    INSERTED,
    NOTICE,
    PALE,
    PLAIN,
    TINY,
    WHITE,
    OldSheet,
    Run,
    atom,
    box,
    chars,
    doc,
    doc_streams,
    hidden_column,
    hidden_row,
    native,
    ppt,
    record,
    slide_of,
    storage,
    summary,
    xls,
    xls_stream,
)
from tests.screening.test_files import blank_picture


def test_ordinary_old_files_are_read() -> None:
    for data, name, verdict in (
        (doc(), "a.doc", "review"),
        (xls(), "a.xls", "clean"),
        (ppt(), "a.ppt", "review"),
        (doc(), "a.wps", "review"),
        (xls(), "a.et", "clean"),
        (ppt(), "a.dps", "review"),
    ):
        report = screened(data, name)
        assert report.verdict == verdict
        assert NOTICE in report.visible_text or "年份\t件数" in report.visible_text
        assert media_type(data, name) == report.media_type


def test_a_doc_asks_for_docx() -> None:
    report = screened(doc(), "a.doc")
    assert [(f.kind, f.severity) for f in report.findings] == [("old_format", "review")]
    assert "docx" in report.findings[0].advice


TABLE = f"姓名\x07证件号\x07\x07张小三\x07{ID}\x07\x07"


@pytest.mark.parametrize(
    ("data", "kind", "place"),
    [
        (doc(Run(ID)), "id18", "正文"),
        (doc(Run(TABLE)), "name_list", "正文"),
        (doc(Run(f"\x13HYPERLINK {ID}\x14见此\x15")), "id18", "正文"),
        (doc(parts=(f"注{ID}\r",)), "id18", "脚注"),
        (doc(parts=("", "机密★1年\r")), "secrecy_mark", "页眉页脚"),
        (doc(parts=("", "", "", "请核\r")), "comment", "批注"),
        (doc(parts=("", "", "", "", f"{ID}\r")), "id18", "尾注"),
        (doc(parts=("", "", "", "", "", f"{ID}\r")), "id18", "文本框"),
        (doc(Run("看不见", HIDDEN)), "hidden_text", "隐藏文字"),
        (doc(Run("白字", WHITE)), "hidden_text", "白色"),
        (doc(Run("小字", TINY)), "hidden_text", "极小"),
        (doc(Run("删掉的", DELETED)), "tracked_change", "已删除"),
        (doc(Run("加上的", INSERTED)), "tracked_change", "新增"),
        (doc(left=f"残留{ID}"), "id18", "旧文字残留"),
        (doc(**{"\x05SummaryInformation": summary(author="李四四")}), "properties", "作者"),
        (doc(**{"\x05SummaryInformation": summary(keywords=ID)}), "id18", "关键词"),
        (doc(**{"ObjectPool/_1/\x01Ole10Native": native("名单.txt", ID.encode())}), "id18", "名单.txt!/"),
        (doc(**{"ObjectPool/_1/Workbook": xls_stream(OldSheet("源", [(0, 0, PLAIN, "底")], 1))}), "hidden_text", "隐藏的工作表"),
        (doc(**{"ObjectPool/_1/Workbook": xls_stream()}), "attachment", "内嵌"),
        (doc(**{"MsoDataStore/item": ID.encode()}), "id18", "数据流"),
    ],
)  # fmt: skip
def test_each_place_of_a_doc_is_read(data: bytes, kind: str, place: str) -> None:
    report = screened(data, "a.doc")
    assert place in places(report, kind)
    assert kind not in kinds(screened(doc(), "a.doc"))


def rows(*cells: tuple[int, int, int, str | float], more: bytes = b"", state: int = 0) -> OldSheet:
    return OldSheet("名单", list(cells), state=state, more=more)


@pytest.mark.parametrize(
    ("sheet", "kind", "place"),
    [
        (rows((0, 0, PLAIN, "证件号"), (1, 0, PLAIN, ID)), "id18", "工作表“名单”!A2"),
        (rows((0, 0, PLAIN, "证件号"), (1, 0, PLAIN, 990101199003078535.0)), "id18", "A2"),
        (rows((0, 0, PLAIN, "底"), state=1), "hidden_text", "隐藏的工作表“名单”!A1"),
        (rows((0, 0, PLAIN, "底"), state=2), "hidden_text", "隐藏的工作表“名单”!A1"),
        (rows((0, 3, PLAIN, "底"), more=hidden_column(3)), "hidden_text", "隐藏的单元格D1"),
        (rows((0, 3, PLAIN, "底"), more=hidden_column(3, 20, 0)), "hidden_text", "单元格D1"),
        (rows((2, 0, PLAIN, "底"), more=hidden_row(2)), "hidden_text", "隐藏的单元格A3"),
        (rows((0, 0, PALE, "白字")), "hidden_text", "隐藏的单元格A1"),
        (rows((0, 0, BLANK, "不显示")), "hidden_text", "隐藏的单元格A1"),
        (rows(more=record(0x15, f"&C{ID}".encode("utf-16-le"))), "id18", "其他记录"),
    ],
)  # fmt: skip
def test_each_place_of_an_xls_is_read(sheet: OldSheet, kind: str, place: str) -> None:
    report = screened(xls(sheet), "a.xls")
    assert report.verdict == "block" and place in places(report, kind)


PACKED = zlib.compress(doc(Run(ID)))


@pytest.mark.parametrize(
    ("records", "kind", "place"),
    [
        ([slide_of(ID)], "id18", "幻灯片2"),
        ([box(0x03EE, atom(0x0FA8, ID.encode()))], "id18", "幻灯片2"),
        ([box(0x03E8, box(0x0FF0, chars(ID)))], "id18", "大纲"),
        ([box(0x03F0, chars("讲稿"))], "hidden_text", "备注1"),
        ([slide_of("底稿", hidden=True)], "hidden_text", "隐藏的幻灯片2"),
        ([box(0x2EE0, atom(0x0FBA, "请核".encode("utf-16-le")))], "comment", "批注1"),
        ([atom(0x1011, struct.pack("<I", 9) + PACKED, 1)], "id18", "内嵌对象1.bin!/"),
        ([atom(0x0FF5, bytes(28)), atom(0x0FF5, bytes(28))], "earlier_revision", "演示文稿"),
        ([box(0x03FF)], "macro", "宏"),
    ],
)  # fmt: skip
def test_each_place_of_a_ppt_is_read(records: list[bytes], kind: str, place: str) -> None:
    report = screened(ppt(*records), "a.ppt")
    assert report.verdict == "block" and place in places(report, kind)


def lock_user() -> bytes:
    return struct.pack("<HHIII", 0, 0x0FF6, 20, 0x14, 0xF3D1C4DF)


@pytest.mark.parametrize(
    ("make", "name", "reason"),
    [
        (lambda: doc(flags=0x0100), "a.doc", "加密"),
        (lambda: xls(extra=record(0x2F, bytes(54))), "a.xls", "加密"),
        (lambda: ppt(current=lock_user()), "a.ppt", "加密"),
        (lambda: ppt(atom(0x2F14, b"x" * 8)), "a.ppt", "加密"),
        (lambda: storage({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "a.docx", "加密"),
        (lambda: storage({"Something": b"x"}), "a.doc", "认不出"),
        (lambda: storage({"WordDocument": b"x" * 900}), "a.doc", "docx"),
        (lambda: storage({"WordDocument": doc_streams()["WordDocument"]}), "a.doc", "docx"),
    ],
)  # fmt: skip
def test_locked_and_broken_files_are_refused_with_the_reason(
    make: Callable[[], bytes], name: str, reason: str
) -> None:
    report = screened(make(), name)
    assert "unreadable" in kinds(report)
    assert reason in "".join(f.advice for f in report.findings if f.kind == "unreadable")


def _about_macros(project: int, has: int) -> bytes:
    return box(0x03FF, atom(0x0400, struct.pack("<III", project, has, 1)))


def test_an_empty_record_about_macros_is_no_macro() -> None:
    assert "macro" not in kinds(screened(ppt(_about_macros(0, 0)), "a.ppt"))
    for project, has in ((0, 1), (7, 0), (7, 1)):
        assert "macro" in kinds(screened(ppt(_about_macros(project, has)), "a.ppt"))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (doc(**{"Macros/VBA/dir": b"x"}), "a.doc"),
        (xls(**{"_VBA_PROJECT_CUR/VBA/dir": b"x"}), "a.xls"),
        (xls(OldSheet("Macro1", [], kind=1)), "a.xls"),
    ],
    ids=["doc", "xls", "macro sheet"],
)
def test_macros_are_never_let_through(data: bytes, name: str) -> None:
    report = screened(data, name)
    assert report.verdict == "block" and "macro" in kinds(report)


def test_what_lies_in_free_sectors_is_searched() -> None:
    """The last table of sectors says free; the bytes behind it are there all the same."""
    data = xls() + f"残留{ID}".encode("utf-16-le").ljust(512, b"\0")
    assert "空闲扇区" in places(screened(data, "a.xls"), "id18")


def exif_picture() -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (34.0, 15.0, 0.0)}
    return blank_picture(exif=exif)


def in_records(data: bytes) -> bytes:
    """A drawing group cut into records."""
    pieces = [data[n : n + 300] for n in range(0, len(data), 300)]
    return record(0xEB, pieces[0]) + b"".join(record(0x3C, piece) for piece in pieces[1:])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (doc(Data=b"x" * 99 + exif_picture() + b"y" * 99), "a.doc"),
        (ppt(Pictures=b"x" * 25 + exif_picture()), "a.ppt"),
        (xls(extra=in_records(b"x" * 50 + exif_picture())), "a.xls"),
    ],
    ids=["doc", "ppt", "xls"],
)
def test_pictures_inside_are_screened(data: bytes, name: str) -> None:
    assert "内部图片1.jpg" in places(screened(data, name), "image_place")


def test_a_pdf_packed_into_an_object_is_screened() -> None:
    data = doc(**{"ObjectPool/_1/CONTENTS": ID.encode() + b"\n" * 4096})
    assert "ObjectPool" in places(screened(data, "a.doc"), "id18")


def test_the_name_has_to_fit_the_old_format() -> None:
    assert "mismatch" in kinds(screened(xls(), "a.doc"))
    assert "mismatch" not in kinds(screened(xls(), "a.et"))
