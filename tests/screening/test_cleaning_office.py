"""Clean copies of Word files, workbooks and shows. All people invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import OxmlElement
from openpyxl import Workbook, load_workbook

from gongkai.refusal import Refused
from gongkai.screening import screen_file
from gongkai.screening.cleaning import clean_copy
from tests.screening.cleaning_made import (
    book,
    cleaned,
    commented,
    deleted,
    hidden_column,
    hidden_row,
    hidden_sheet,
    inserted,
    noted,
    show,
    vanished,
    word,
)
from tests.screening.office_made import kinds
from tests.screening.pdf_made import ID, NOTICE
from tests.screening.test_pictures import exif, photo


@pytest.mark.parametrize("change", [deleted, inserted, commented, vanished])
def test_a_clean_word_file_lacks_its_history(change: Callable[[object], None]) -> None:
    data = word(change)
    assert screen_file(data, "a.docx").verdict == "block"
    copy, dropped, report = cleaned(data, "a.docx")
    assert report.verdict == "clean" and not kinds(report), report.findings
    assert NOTICE in report.visible_text and dropped
    assert ("加上的话" in report.visible_text) is (change is inserted)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = b"".join(archive.read(n) for n in archive.namelist())
    assert "张小三".encode() not in everything and b"rsid" not in everything
    Document(io.BytesIO(copy))


def test_a_deleted_end_joins_the_paragraphs() -> None:
    def change(document: object) -> None:
        paragraph = document.add_paragraph("上半句")  # type: ignore[attr-defined]
        properties = paragraph._p.get_or_add_pPr()
        marks = OxmlElement("w:rPr")
        marks.append(OxmlElement("w:del"))
        properties.append(marks)
        document.add_paragraph("下半句")  # type: ignore[attr-defined]

    copy, _, _ = cleaned(word(change), "a.docx")
    assert "上半句下半句" in [p.text for p in Document(io.BytesIO(copy)).paragraphs]


def test_a_part_that_nothing_refers_to_and_a_photo_in_a_word_file() -> None:
    located = exif(t010E=ID)
    picture = io.BytesIO(photo(exif=located))
    data = io.BytesIO(word(lambda d: d.add_picture(picture)))  # type: ignore[attr-defined]
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/old.xml", f"<a>{ID}</a>")
    _, dropped, report = cleaned(data.getvalue(), "a.docx")
    assert kinds(report) == {"image_text"}, report.findings
    assert "没有被正文引用的部件" in dropped


def test_macros_and_files_inside_are_refused() -> None:
    data = io.BytesIO(word(lambda _: None))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="宏"):
        clean_copy(data.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (hidden_sheet, "“源”"),
        (hidden_column, "隐藏的D列"),
        (hidden_row, "隐藏的第9行"),
        (noted, "批注"),
    ],
)
def test_a_clean_workbook_shows_all_it_has(change: Callable[[Workbook], None], words: str) -> None:
    data = book(change)
    assert screen_file(data, "a.xlsx").verdict == "block"
    copy, dropped, report = cleaned(data, "a.xlsx")
    assert report.verdict == "clean" and not kinds(report), report.findings
    assert any(words in told for told in dropped)
    sheet = load_workbook(io.BytesIO(copy)).active
    assert sheet is not None and sheet["B2"].value == 12


def test_formulas_without_values_and_wholly_hidden_workbooks_are_refused() -> None:
    with pytest.raises(Refused, match="公式"):
        clean_copy(book(lambda m: m.active.append(["=1+1"])), "a.xlsx")

    def chart(made: Workbook) -> None:
        from openpyxl.chart import BarChart, Reference

        made.active.add_chart(BarChart(), "D1")
        made.active._charts[0].add_data(Reference(made.active, min_col=2, min_row=1, max_row=2))

    with pytest.raises(Refused, match="图表"):
        clean_copy(book(chart), "a.xlsx")


def test_a_clean_show_lacks_hidden_slides_and_notes() -> None:
    assert screen_file(show(), "a.pptx").verdict != "clean"
    copy, dropped, _ = cleaned(show(), "a.pptx")
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not any("notes" in name or "slide2" in name for name in archive.namelist())
    assert ID.encode() not in everything and NOTICE.encode() in everything
    assert "演讲者备注" in dropped and "隐藏的幻灯片（slide2）" in dropped
