"""Words beyond the edge of a page or of a frame: charts and tables that a page break cuts are no
trick, words that no page shows are.
"""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array

from gongkai.screening import Report, screen_file
from tests.screening.pdf_made import changed, drawn, line, places

WORDS = "remarks of a meeting"
ELSEWHERE, SHORT, HIDDEN = "边缘截去", "边缘截断", "看不见的文字"
FRAME = "q 60 480 40 40 re W n {} Q\n"
"""A frame over the first letters of the line."""


def two_pages(first: str, second: str) -> bytes:
    """A page with something drawn on it, and another."""
    with pikepdf.open(io.BytesIO(drawn(first))) as made:
        with pikepdf.open(io.BytesIO(drawn(second))) as other:
            made.pages.extend(other.pages)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def beyond(text: str = WORDS, *, x: int = 700) -> str:
    """A line that lies outside of its frame."""
    return FRAME.format(line(text, x=x))


def severities(report: Report) -> set[tuple[str, str]]:
    """What is said of words that are not seen: in which way, how grave."""
    ways = (ELSEWHERE, SHORT, HIDDEN)
    return {
        (next(way for way in ways if way in f.place), f.severity)
        for f in report.findings
        if f.kind == "hidden_text"
    }


def test_words_cut_off_on_one_page_and_shown_on_the_next_are_noted() -> None:
    report = screen_file(two_pages(beyond(), line(WORDS)), "a.pdf")
    assert severities(report) == {(ELSEWHERE, "note")} and report.verdict == "clean"
    assert places(report, "hidden_text").startswith("第1页")


def test_a_crop_that_another_page_makes_up_for_is_noted() -> None:
    def crop(made: pikepdf.Pdf) -> None:
        made.pages[0].CropBox = Array([0, 600, 595, 842])

    both = two_pages(line(WORDS, y=300), line(WORDS, y=700))
    assert severities(screen_file(changed(crop, both), "a.pdf")) == {(ELSEWHERE, "note")}
    alone = two_pages(line(WORDS, y=300), line("another line"))
    assert severities(screen_file(changed(crop, alone), "a.pdf")) == {(HIDDEN, "block")}


def test_the_rest_of_words_that_begin_inside_the_frame_is_looked_at() -> None:
    report = screen_file(drawn(FRAME.format(line(WORDS))), "a.pdf")
    assert severities(report) == {(SHORT, "review")} and report.verdict == "review"
    assert "rema" in report.visible_text and "meeting" not in report.visible_text


def test_words_of_which_pages_show_a_part_each_are_looked_at() -> None:
    parts = two_pages(beyond(), FRAME.format(line(WORDS)))
    assert severities(screen_file(parts, "a.pdf")) == {(SHORT, "review")}


def test_a_letter_that_the_edge_splits_is_only_noted() -> None:
    data = drawn("q 60 480 16 40 re W n " + line("W", size=20) + " Q\n")
    assert severities(screen_file(data, "a.pdf")) <= {(ELSEWHERE, "note")}


TRICKS = {
    "nothing inside the frame": drawn(beyond()),
    "frame without size": drawn("q 1 1 0.1 0.1 re W n " + line(WORDS) + " Q\n"),
    "other words on the next page": two_pages(beyond(), line("remarks of the editor")),
    "short and nowhere alone": two_pages(
        "".join(beyond(letter, x=700 + 40 * n) for n, letter in enumerate(["9", "0", "1"])),
        line("901"),
    ),
    "white inside the frame": drawn("q 60 480 300 40 re W n 1 g " + line(WORDS) + " Q\n"),
    "box inside the frame": drawn(
        "q 60 480 300 40 re W n " + line(WORDS) + " Q q 0 g 100 490 300 30 re f Q\n"
    ),
    "box, and the words on the next page": two_pages(
        line(WORDS) + "q 0 g 60 490 300 30 re f Q\n", line(WORDS)
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_words_that_no_page_shows_are_hidden(trick: str) -> None:
    report = screen_file(TRICKS[trick], "a.pdf")
    assert severities(report) == {(HIDDEN, "block")} and report.verdict == "block"


def test_a_number_beyond_the_edge_is_found_even_when_it_goes_on() -> None:
    report = screen_file(drawn(FRAME.format(line("No 990101199003078535"))), "a.pdf")
    assert "id18" in {f.kind for f in report.findings} and report.verdict == "block"


def test_a_frame_around_everything_cuts_nothing() -> None:
    data = drawn("q 0 0 595 842 re W n " + line(WORDS) + " Q\n")
    report = screen_file(data, "a.pdf")
    assert report.verdict == "clean" and not severities(report)
    assert WORDS in report.visible_text
