"""ppt: white words on white ground and words under a filled shape."""

from __future__ import annotations

import pytest

from gongkai.screening import Report
from tests.screening.office_made import places, screened
from tests.screening.old_made import (
    atom,
    box,
    chars,
    drawn_shape,
    looks,
    ppt,
    slide_with,
)

WORDS = "内部讨论意见"
WHITE, NEARLY, BLACK, GROUND, SECOND = 0xFEFFFFFF, 0xFEF8F8F8, 0xFE000000, 0x00000000, 0x01000000
NONE = {"p447": 0x00100000}
DARK = {"p385": 0x00663300, "p447": 0x00100010}
PALE = {"p385": 0x00FFFFFF, "p447": 0x00100010}
LIGHT_SCHEME = (0xFFFFFF, 0, 0, 0, 0x663300, 0, 0, 0)
DARK_SCHEME = (0x330000, 0xFFFFFF, 0, 0, 0xFFFFFF, 0, 0, 0)
BIG = (0, 0, 5000, 4000)
END = len(WORDS) + 1


def words(colour: int | None, **said: int) -> bytes:
    return drawn_shape(WORDS, style=looks((END, colour)), **(said or NONE))


def hidden(*records: bytes) -> str:
    return places(screened(ppt(*records), "a.ppt"), "hidden_text")


WHITE_ON_WHITE: dict[str, bytes] = {
    "white": slide_with(words(WHITE)),
    "nearly white": slide_with(words(NEARLY)),
    "colour of the ground": slide_with(words(GROUND)),
    "white of the scheme": slide_with(words(SECOND), scheme=(0xFFFFFF,) * 8),
    "in a white shape": slide_with(words(WHITE, **PALE)),
    "in a white shape on a dark one": slide_with(
        drawn_shape(place=BIG, **DARK), words(WHITE, **PALE)
    ),
    "beside a dark shape": slide_with(drawn_shape(place=(0, 900, 90, 990), **DARK), words(WHITE)),
    "light scheme": slide_with(words(WHITE), scheme=LIGHT_SCHEME),
    "behind tabulators": slide_with(drawn_shape(WORDS, style=looks((END, WHITE), tabs=3), **NONE)),
}


@pytest.mark.parametrize("way", WHITE_ON_WHITE)
def test_white_words_on_white_are_hidden(way: str) -> None:
    assert hidden(WHITE_ON_WHITE[way]) == "幻灯片2的白字"


@pytest.mark.parametrize("first", [BLACK, None])
def test_only_the_white_piece_of_a_text_is_named(first: int | None) -> None:
    text = drawn_shape("公开" + WORDS, style=looks((2, first), (END, WHITE)), **NONE)
    report = screened(ppt(slide_with(text)), "a.ppt")
    assert [f.excerpt for f in report.findings if f.kind == "hidden_text"] == [WORDS]


SEEN: dict[str, bytes] = {
    "black": slide_with(words(BLACK)),
    "as the master says": slide_with(words(None)),
    "in a dark shape": slide_with(words(WHITE, **DARK)),
    "on a dark shape": slide_with(drawn_shape(place=BIG, **DARK), words(WHITE)),
    "in a shape of the scheme": slide_with(
        words(WHITE, p385=0x08000004, p447=0x00100010), scheme=LIGHT_SCHEME
    ),
    "dark scheme": slide_with(words(WHITE), scheme=DARK_SCHEME),
    "dark background": slide_with(words(WHITE), drawn_shape(flags=0x0C00, **DARK)),
    "on a picture": slide_with(drawn_shape(place=BIG, p260=1), words(WHITE)),
    "light text colour of the scheme, in a dark shape": slide_with(
        words(GROUND, **DARK), scheme=LIGHT_SCHEME
    ),
    "box below": slide_with(drawn_shape(place=BIG, **PALE), words(BLACK)),
    "box beside": slide_with(words(BLACK), drawn_shape(place=(900, 900, 990, 990), **PALE)),
    "frame over it": slide_with(words(BLACK), drawn_shape(place=BIG, **NONE)),
    "glass over it": slide_with(words(BLACK), drawn_shape(place=BIG, p386=0x8000, **DARK)),
    "group over it": slide_with(words(BLACK), drawn_shape(place=BIG, flags=0x0201, **PALE)),
    "background": slide_with(words(BLACK), drawn_shape(place=BIG, flags=0x0C00, **PALE)),
}


@pytest.mark.parametrize("way", SEEN)
def test_words_that_show_are_left_alone(way: str) -> None:
    assert hidden(SEEN[way]) == ""


def test_white_on_a_dark_master_is_left_alone() -> None:
    for master in (
        slide_with(drawn_shape(flags=0x0C00, **DARK), kind=0x03F8),
        slide_with(scheme=DARK_SCHEME, kind=0x03F8),
    ):
        assert hidden(master, slide_with(words(WHITE))) == ""


@pytest.mark.parametrize("look", [DARK, PALE])
def test_words_under_a_filled_shape_are_hidden(look: dict[str, int]) -> None:
    data = slide_with(words(BLACK), drawn_shape(place=(99, 99, 950, 250), **look))
    assert hidden(data) == "幻灯片2被其他图形盖住的文字"


def test_words_without_looks_of_their_own_are_covered_too() -> None:
    data = slide_with(drawn_shape(WORDS, **NONE), drawn_shape(place=BIG, **DARK))
    assert hidden(data) == "幻灯片2被其他图形盖住的文字"


def outline(colour: int) -> bytes:
    return box(0x0FF0, atom(0x03F3, bytes(20)), atom(0x0F9F, bytes(4)), chars(WORDS),
               looks((END, colour)))  # fmt: skip


def said(report: Report) -> list[tuple[str, str]]:
    return [(f.place, f.severity) for f in report.findings if f.kind == "hidden_text"]


def test_a_white_title_is_hidden_and_on_a_coloured_slide_looked_at() -> None:
    report = screened(ppt(outline(WHITE)), "a.ppt")
    assert said(report) == [("大纲里的白字", "block")]
    coloured = slide_with(drawn_shape(place=BIG, **DARK))
    report = screened(ppt(outline(WHITE), coloured), "a.ppt")
    assert said(report) == [("大纲里可能看不见的白字", "review")]
    assert said(screened(ppt(outline(BLACK), coloured), "a.ppt")) == []
