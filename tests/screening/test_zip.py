"""zip packages: names, limits, bombs, and files that are two things at once."""
# ruff: noqa: E501  one line, one place

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from tests.screening.office_made import ID, kinds, packed, places, pptx, repacked, screened
from tests.screening.test_files import blank_picture, book, page, word


def test_old_chinese_names_are_read_and_screened() -> None:
    name = f"名单{ID}.txt"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x" * len(name.encode("gb18030")), "通知")
    raw = out.getvalue().replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030"))
    report = screened(raw, "a.zip")
    assert f"{name}!/" in places(report, "id18")


def test_remarks_on_an_archive_are_found() -> None:
    out = io.BytesIO(packed({"a.txt": "通知"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = f"底稿{ID}".encode("gb18030")
    report = screened(out.getvalue(), "a.zip")
    assert {"hidden_text", "id18"} <= kinds(report)


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hostname")
    return out.getvalue()


def gap() -> bytes:
    """Bytes between the members and the directory."""
    data = packed({"a.txt": "通知"})
    at = data.find(b"PK\x01\x02")
    hidden = ID.encode() * 9
    body = bytearray(data[:at] + hidden + data[at:])
    end = body.rfind(b"PK\x05\x06")
    struct.pack_into("<I", body, end + 16, at + len(hidden))
    return bytes(body)


def many() -> bytes:
    """A directory that announces more members than are read."""
    data = bytearray(packed({"a.txt": "通知"}))
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, end + 8, 60_000, 60_000)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed({"a.txt": "通知"}) + b"x" * 40, "末尾"),
        (packed({"a.txt": "通知"}) + ID.encode(), "末尾"),
        (b"PK\x03\x04" + b"x" * 90 + packed({"a.txt": "通知"}), "来历不明"),
        (gap(), "来历不明"),
        (many(), "过多"),
        (linked(), "不安全"),
        (packed({"A.txt": "1", "a.txt": "2"}), "同名"),
        (packed({"/etc/a.txt": "1"}), "不安全"),
        (packed({"..\\a.txt": "1"}), "不安全"),
    ],
    ids=["tail", "number behind", "head", "gap", "many", "link", "same name", "root", "up"],
)
def test_strange_archives_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    report = screened(data, "a.zip")
    assert reason in "".join(f.advice for f in report.findings if f.kind == "unreadable")


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><l>&j;</l>"
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def zeros(size: int) -> bytes:
    return packed({"0.txt": b"0" * size})


def sheet_of(body: str, **more: str) -> bytes:
    return repacked(book(), {"xl/worksheets/sheet1.xml": SHEET.format(body), **more})


def string_bomb() -> bytes:
    """One long text that a hundred thousand cells show."""
    cells = '<c t="s"><v>0</v></c>' * 100
    text = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>{}</t></si></sst>"
    return sheet_of(
        f"<sheetData>{f'<row>{cells}</row>' * 1000}</sheetData>",
        **{"xl/sharedStrings.xml": text.format("甲" * 30_000)},
    )


BOMBS = {
    "dense": lambda: packed({"a.zip": zeros(60_000_000)}),
    "nested": lambda: packed({f"{n}.zip": packed({"b.zip": zeros(900_000)}) for n in range(500)}),
    "many in many": lambda: packed(
        {f"{n}.zip": packed({f"{m}.txt": "x" for m in range(300)}) for n in range(20)}
    ),
    "laughs docx": lambda: repacked(word(), {"word/document.xml": LAUGHS}),
    "laughs xlsx": lambda: repacked(book(), {"xl/workbook.xml": LAUGHS}),
    "laughs pptx": lambda: repacked(pptx(), {"ppt/slides/slide1.xml": LAUGHS}),
    "laughs utf-16": lambda: repacked(word(), {"word/document.xml": LAUGHS.encode("utf-16")}),
    "laughs utf-7": lambda: repacked(
        word(),
        {"word/document.xml": b"<?xml version='1.0' encoding='utf-7'?>" + LAUGHS.encode("utf-7")},
    ),
    "deep": lambda: repacked(word(), {"word/document.xml": "<a>" * 50_000 + "</a>" * 50_000}),
    "wide": lambda: sheet_of('<cols><col min="1" max="16384" hidden="1"/></cols>' * 3000),
    "merges": lambda: sheet_of(
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' * 30_000
    ),
    "strings": string_bomb,
}


@pytest.mark.parametrize("bomb", list(BOMBS))
def test_bombs_are_refused_quickly(bomb: str) -> None:
    data = BOMBS[bomb]()
    name = (
        f"a.{bomb.rsplit(maxsplit=1)[-1]}" if "laughs " in bomb and "utf" not in bomb else "a.docx"
    )
    name = name if "laughs" in bomb or bomb == "deep" else "a.zip"
    name = "a.xlsx" if bomb in {"strings", "merges", "wide"} else name
    started = time.process_time()
    report = screened(data, name)
    assert "unreadable" in kinds(report)
    assert time.process_time() - started < 3


def test_giant_announced_sheets_cost_nothing() -> None:
    body = '<dimension ref="A1:XFD1048576"/>' + '<cols><col min="1" max="16384"/></cols>' * 500
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"/>'
    started = time.process_time()
    report = screened(sheet_of(f"{body}<sheetData>{cells}</sheetData>"), "a.xlsx")
    assert report.verdict == "clean" and time.process_time() - started < 2


SCRIPT = b"<html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("data", "name", "verdicts"),
    [
        (blank_picture() + packed({"a.txt": ID}), "a.jpg", {"block"}),
        (page() + packed({"a.txt": ID}), "a.pdf", {"block"}),
        (page() + word(), "a.pdf", {"block"}),
        (packed({"a.txt": "通知"}) + page(), "a.zip", {"unreadable"}),
        ("通知".encode() + packed({"a.txt": ID}), "a.txt", {"block", "unreadable"}),
        (word() + SCRIPT, "a.docx", {"unreadable", "block"}),
        (repacked(word(), {"word/a.html": SCRIPT}), "a.docx", {"unreadable", "block"}),
        (repacked(word(), {"word/afchunk.mht": b"MIME-Version: 1.0\n"}), "a.docx", {"unreadable", "block"}),
        (repacked(word(), {"word/x.exe": b"MZ\x90\0" + bytes(80)}), "a.docx", {"unreadable", "block"}),
    ],
    ids=["jpg+zip", "pdf+zip", "pdf+docx", "zip+pdf", "txt+zip", "docx+html", "html in docx", "mht in docx", "exe in docx"],
)  # fmt: skip
def test_files_that_are_two_things_are_refused(data: bytes, name: str, verdicts: set[str]) -> None:
    assert screened(data, name).verdict in verdicts


def test_words_in_xml_comments_of_a_docx_are_read() -> None:
    data = repacked(word(), {"word/document.xml": ("<w:body>", f"<!-- {ID} --><w:body>")})
    assert "正文的属性" in places(screened(data, "a.docx"), "id18")
