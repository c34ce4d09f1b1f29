"""Text of a PDF that no reader sees. Each trick stands beside a twin that lacks only the trick."""

from __future__ import annotations

import io
import time

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML

from gongkai.screening import screen_file
from tests.screening.pdf_made import (
    ID,
    NOTICE,
    changed,
    drawn,
    found,
    image,
    layer,
    line,
    notice,
    places,
)

BOX = "q {} rg 60 490 300 30 re f Q\n"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
HIDDEN = "第1页看不见的文字"


def shrunk(made: pikepdf.Pdf) -> None:
    made.pages[0].CropBox = Array([0, 600, 595, 842])


def under_note(made: pikepdf.Pdf) -> None:
    look = pikepdf.Stream(made, b"0 g 0 0 300 30 re f")
    look.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 30]))
    box = Array([60, 490, 360, 520])
    made.pages[0].Annots = Array([
        made.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=box, F=4, AP=Dictionary(N=look))
        )
    ])  # fmt: skip


TRICKS = {
    "black box": drawn(line() + BOX.format("0 0 0")),
    "white box": drawn(line() + BOX.format("1 1 1")),
    "picture": drawn(line() + "q 300 0 0 30 60 490 cm /Im Do Q\n", Im=image),
    "white text": drawn("1 g " + line()),
    "nearly white text": drawn("0.98 g " + line()),
    "no ink": drawn("q 3 Tr " + line() + "Q"),
    "off the page": drawn(line(x=-900)),
    "above the page": drawn(line(y=1900)),
    "tiny": drawn(line(size=0.4)),
    "cropped": changed(shrunk, drawn(line())),
    "layer": drawn("/OC /L1 BDC " + line() + "EMC", L1=layer),
    "clear": drawn("/G1 gs " + line(), G1=lambda _: Dictionary(ca=0, CA=0)),
    "black on black": drawn(BOX.format("0 0 0") + line()),
    "under an annotation": changed(under_note, drawn(line())),
    "bars with slivers": drawn(line() + "q 0 g 60 501 300 6.5 re f Q\n"),
    "white below other words": drawn("1 g " + line() + "0 g " + line("001212200114189646")),
}  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_text_that_no_reader_sees_is_found(trick: str) -> None:
    report = screen_file(TRICKS[trick], "a.pdf")
    assert HIDDEN in places(report, "hidden_text"), report.findings
    assert HIDDEN in places(report, "id18")
    assert NOTICE in report.visible_text or trick == "cropped"
    assert ID not in report.visible_text


TWINS = {
    "plain": drawn(line("2026-11-01 12")),
    "white on black": drawn(BOX.format("0 0 0") + "1 g " + line("2026-11-01")),
    "box beside": drawn(line("2026") + "q 0 g 60 300 300 30 re f Q\n"),
    "box before": drawn(BOX.format("0.8 0.9 1") + line("2026-11-01")),
    "picture before": drawn("q 300 0 0 30 60 490 cm /Im Do Q\n1 g " + line("2026"), Im=image),
    "frame": drawn(line("2026") + "q 60 490 300 30 re S Q\n"),
    "grey": drawn("0.75 g " + line("2026")),
    "printed twice": drawn(line("2026") + line("2026")),
    "properly redacted": drawn(BOX.format("0 0 0")),
    "turned": changed(lambda m: m.pages[0].rotate(90, relative=True), drawn(line("2026"))),
    "small": drawn(line("2026", size=5)),
    "watermark": drawn("q 0.9 g " + line("DRAFT", x=60, y=600, size=90) + "Q\n"),
}


@pytest.mark.parametrize("twin", TWINS)
def test_text_that_shows_is_not_called_hidden(twin: str) -> None:
    report = screen_file(TWINS[twin], "a.pdf")
    assert not places(report, "hidden_text"), report.findings
    assert NOTICE in report.visible_text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_hides_nothing_and_shows_nothing_more(turn: int) -> None:
    data = changed(lambda m: m.pages[0].rotate(turn, relative=True), TRICKS["black box"])
    report = screen_file(data, "a.pdf")
    assert HIDDEN in places(report, "hidden_text") and NOTICE in report.visible_text


def scan(words: str = f"名单 {ID}", size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    page = Image.new("L", size, 255)
    ImageDraw.Draw(page).text((150, 300), words, font=ImageFont.truetype(FONT, 50), fill=0)
    return page


def scanned(text: str, y: float = 680, picture: Image.Image | None = None) -> bytes:
    """A page-sized picture with an invisible text layer."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        out = io.BytesIO()
        made.save(out)
    ink = f"q 595 0 0 842 0 0 cm /Im Do Q\nq 3 Tr {line(text, y=int(y), size=24)} Q"
    return drawn(ink, base=out.getvalue(), Im=lambda m: image(m, picture or scan()))


def test_a_text_layer_of_a_scan_is_searched_but_is_no_trick() -> None:
    report = screen_file(scanned(ID), "a.pdf")
    assert not places(report, "hidden_text")
    assert places(report, "image_page") == "第1页"
    assert places(report, "id18") == "第1页扫描件文字层"
    note = next(f for f in report.findings if f.kind == "image_page")
    assert "文字层" in note.excerpt and note.severity == "review"


def test_a_text_layer_over_blank_paper_is_a_trick() -> None:
    report = screen_file(scanned(ID, y=200), "a.pdf")
    assert HIDDEN in places(report, "hidden_text") and HIDDEN in places(report, "id18")


def test_a_text_layer_over_a_white_picture_is_a_trick() -> None:
    data = scanned(ID, picture=Image.new("L", (400, 600), 255))
    assert HIDDEN in found(data, "hidden_text")


def boxed(y: int) -> bytes:
    """A scanned page of a list with a black box somewhere."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        out = io.BytesIO()
        made.save(out)
    content = f"q 595 0 0 842 0 0 cm /Im Do Q\nq 0 g 60 {y} 460 40 re f Q"
    return drawn(content, base=out.getvalue(), Im=lambda m: image(m, scan()))


BOXED_SCAN = boxed(665)


def test_a_box_over_a_scan_hides_nothing() -> None:
    assert "第1页图像上的色块" in found(BOXED_SCAN, "hidden_text")
    assert not found(boxed(200), "hidden_text")  # over blank paper


def test_letters_without_meaning_send_the_page_to_a_person() -> None:
    def strip(made: pikepdf.Pdf) -> None:
        for font in made.pages[0].Resources.Font.values():
            del font["/ToUnicode"]

    data = changed(strip, notice("<p>本页文字没有对照表，读出来的都不是字。</p>"))
    assert found(data, "image_page") == "第1页"


def test_words_drawn_as_strokes_send_the_page_to_a_person() -> None:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        out = io.BytesIO()
        made.save(out)
    strokes = "".join(f"{60 + n * 4} 500 m {62 + n * 4} 520 l S\n" for n in range(100))
    assert found(drawn(strokes, base=out.getvalue()), "image_page") == "第1页"


def test_columns_of_a_table_stay_columns() -> None:
    rows = "<tr><td style='width:9em'>姓名</td><td>身份证号</td></tr>"
    rows += f"<tr><td>张小三</td><td>{ID}</td></tr>"
    report = screen_file(notice(f"<table>{rows}</table>"), "a.pdf")
    assert "姓名\t身份证号" in report.visible_text and places(report, "name_list")


def test_fifty_pages_are_looked_through_in_time() -> None:
    words = "关于做好政府信息公开工作的通知，请各单位认真执行。" * 24
    page = f"<p>{words}</p><table style='background:#eee'><tr><td>年</td><td>12</td></tr></table>"
    breaks = "<div style='page-break-after:always'></div>"
    data = HTML(string=breaks.join([page] * 50)).write_pdf()
    started = time.process_time()
    report = screen_file(data, "a.pdf")
    text = "".join(report.visible_text.split())
    assert report.verdict == "clean" and text.count("公开工作的通知") == 50 * 24
    assert time.process_time() - started < 8  # seconds
