"""Clean copies of PDFs: the finding is gone, and what a reader sees is the same."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from gongkai.refusal import Refused
from gongkai.screening import screen_file
from gongkai.screening.cleaning import clean_copy
from tests.screening import test_pdf_parts as held
from tests.screening.cleaning_made import (
    HIDING,
    cleaned,
    flat,
)
from tests.screening.office_made import kinds
from tests.screening.pdf_made import ID, NOTICE, changed, drawn, line, notice
from tests.screening.test_pdf_cut import FRAME, WORDS, beyond, two_pages

PARTS: dict[str, Callable[[Pdf], object]] = {
    "bookmark": held.bookmark,
    "note": lambda m: held.note(m, Contents=ID),
    "attachment": held.attach,
    "loose attachment": held.loose,
    "metadata": held.metadata,
    "alt text": held.behind,
    "destination": held.destination,
    "lost page": held.lost_page,
    "photo": held.photo,
    "script": lambda m: held.action(m, S=Name.JavaScript, JS=f"x='{ID}'"),
    "launch": lambda m: held.action(m, S=Name.Launch, F="cmd.exe"),
    "file link": lambda m: held.note(
        m, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="file:///C:/x")
    ),
    "hidden field": lambda m: held.field(m, flags=2),
    "author": lambda m: m.docinfo.__setitem__("/Author", "张小三"),
    "portfolio": lambda m: m.Root.__setitem__("/Collection", Dictionary()),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_clean_pdf_lacks_what_lay_around_its_pages(part: str) -> None:
    data = changed(PARTS[part])
    assert kinds(screen_file(data, "a.pdf"))
    copy, _, report = cleaned(data, "a.pdf")
    assert report.verdict == "clean" and not kinds(report), report.findings
    assert flat(report.visible_text) == flat(screen_file(notice(), "a.pdf").visible_text)
    with pikepdf.open(io.BytesIO(copy)) as made:
        assert "/Info" not in made.trailer and "/Metadata" not in made.Root


def test_an_earlier_revision_is_gone_and_said() -> None:
    base = drawn(line())
    with pikepdf.open(io.BytesIO(notice())) as made:
        made.pages[0].contents_coalesce()
        content = made.pages[0].Contents.read_bytes()
    data = held.updated(base, content)
    assert "earlier_revision" in kinds(screen_file(data, "a.pdf"))
    copy, dropped, report = cleaned(data, "a.pdf")
    assert "早期版本" in dropped and report.verdict == "clean" and copy.count(b"%%EOF") == 1
    assert NOTICE in report.visible_text


def test_a_box_over_a_scan_is_drawn_into_it() -> None:
    from tests.screening.test_pdf_hidden import BOXED_SCAN

    copy, dropped, report = cleaned(BOXED_SCAN, "a.pdf")
    assert kinds(report) == {"image_page"} and "改为图像" in "".join(dropped)
    with pikepdf.open(io.BytesIO(copy)) as made:
        pictures = [s for s in made.objects if isinstance(s, pikepdf.Stream) and "/Width" in s]
    assert len(pictures) == 1


@pytest.mark.parametrize("hiding", HIDING)
def test_a_page_with_unseen_text_becomes_a_picture_and_says_so(hiding: str) -> None:
    copy, dropped, report = cleaned(HIDING[hiding], "a.pdf")
    assert kinds(report) == {"image_page"} and report.verdict == "review"
    assert any("第1页" in words and "改为图像" in words for words in dropped)
    with pikepdf.open(io.BytesIO(copy)) as made:
        streams = [thing for thing in made.objects if isinstance(thing, pikepdf.Stream)]
        drawn_ = [s for s in streams if s.get("/Subtype") != "/Image"]
        assert drawn_ and not any(ID.encode() in stream.read_bytes() for stream in drawn_)


def test_pages_without_tricks_stay_text() -> None:
    def two(made: Pdf) -> None:
        made.pages.append(second.pages[0])

    second = pikepdf.open(io.BytesIO(notice("<p>第二页的话</p>")))
    _, dropped, report = cleaned(changed(two, HIDING["white"]), "a.pdf")
    assert "第二页的话" in report.visible_text
    assert [w for w in dropped if "改为图像" in w] and "第2页" not in "".join(dropped)


def test_words_that_a_page_break_cuts_stay_text_while_another_page_shows_them() -> None:
    shown = two_pages(beyond(), line(WORDS))
    _, dropped, report = cleaned(shown, "a.pdf")
    assert report.verdict == "clean" and WORDS in report.visible_text
    assert not [words for words in dropped if "改为图像" in words]
    covered = two_pages(beyond(), line(WORDS) + line(ID, y=300) + "q 0 g 60 290 300 30 re f Q")
    _, dropped, report = cleaned(covered, "a.pdf")
    assert kinds(report) == {"image_page"}
    assert len([words for words in dropped if "改为图像" in words]) == 2


def test_a_page_whose_words_are_cut_short_becomes_a_picture() -> None:
    _, dropped, report = cleaned(drawn(FRAME.format(line(WORDS))), "a.pdf")
    assert kinds(report) == {"image_page"} and "改为图像" in "".join(dropped)


def test_stamps_and_good_links_stay() -> None:
    def change(made: Pdf) -> None:
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 90, 30]),
            A=Dictionary(S=Name.URI, URI="https://www.example.cn/a"),
        )  # fmt: skip
        held.stamp(made)
        made.pages[0].Annots.append(made.make_indirect(link))

    copy, _, report = cleaned(changed(change), "a.pdf")
    assert (
        "id18" in kinds(report) and ID in report.visible_text
    )  # a stamp is seen: no cleaning hides it
    with pikepdf.open(io.BytesIO(copy)) as made:
        assert [str(n.A.URI) for n in made.pages[0].Annots] == ["https://www.example.cn/a"]


def test_a_mark_that_was_never_carried_out_is_refused() -> None:
    with pytest.raises(Refused, match="涂黑"):
        clean_copy(changed(lambda m: held.note(m, Subtype=Name.Redact)), "a.pdf")
