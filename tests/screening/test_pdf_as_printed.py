"""PDF files as office programs print them: hidden words, what lies around the pages, refusals."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from office_made import places
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject
from weasyprint import HTML

from gongkai.screening import screen_file

ID = "990101199003078535"


def page(body: str = "") -> bytes:
    return HTML(string=f"<p>关于做好政府信息公开工作的通知</p>{body}").write_pdf()


BOX = "<div style='position:absolute;top:90px;left:0;width:500px;height:70px;background:{}'></div>"


@pytest.mark.parametrize(
    "body",
    [
        "<p style='color:white'>白色的字</p>",
        "<p style='position:absolute;top:100px'>盖住的字</p>" + BOX.format("black"),
        "<p style='position:absolute;top:100px'>盖住的字</p>" + BOX.format("white"),
        "<p style='font-size:0.3px'>极小的字</p>",
        "<p style='position:absolute;left:-3000px;width:900px'>页外的字</p>",
    ],
    ids=["white", "black box", "white box", "tiny", "off the page"],
)
def test_text_that_a_pdf_reader_does_not_see_is_places(body: str) -> None:
    report = screen_file(page(body), "a.pdf")
    assert "第1页看不见的文字" in places(report, "hidden_text")
    assert "的字" not in report.visible_text


def test_white_text_on_a_dark_table_head_is_seen() -> None:
    body = "<table style='background:#036;color:white'><tr><td>表头</td></tr></table>"
    assert screen_file(page(body), "a.pdf").verdict == "clean"


def written(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(page())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda w: w.add_metadata({"/Keywords": ID}), "id18"),
        (lambda w: w.add_outline_item(ID, 0), "id18"),
        (lambda w: w.add_annotation(0, FreeText(text="请核", rect=(0, 0, 90, 90))), "comment"),
        (lambda w: w.add_attachment("list.txt", ID.encode()), "id18"),
        (lambda w: w.add_open_action(JavaScript("app.alert(1)")), "script"),
    ],
    ids=["keywords", "bookmark", "annotation", "attachment", "script"],
)
def test_what_lies_around_the_pages_of_a_pdf_is_read(
    change: Callable[[PdfWriter], object], kind: str
) -> None:
    report = screen_file(written(change), "a.pdf")
    assert report.verdict == "block" and places(report, kind)


def test_an_earlier_revision_of_a_pdf_is_found_and_read() -> None:
    writer = PdfWriter(io.BytesIO(page(f"<p>{ID}</p>")), incremental=True)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(DecodedStreamObject())
    out = io.BytesIO()
    writer.write(out)
    report = screen_file(out.getvalue(), "a.pdf")
    assert places(report, "earlier_revision") == "早期版本1"
    assert places(report, "id18") == "早期版本1第1页"
    assert "通知" not in report.visible_text


def test_a_page_of_pixels_asks_for_a_person() -> None:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    report = screen_file(out.getvalue(), "a.pdf")
    assert report.verdict == "review" and places(report, "image_page") == "第1页"


def test_an_encrypted_pdf_is_unreadable() -> None:
    assert screen_file(written(lambda w: w.encrypt("x")), "a.pdf").verdict == "unreadable"
