"""doc: looks that a run has from the style of its paragraph or its own character style."""

from __future__ import annotations

import struct

import pytest

from tests.screening.office_made import kinds, places, screened
from tests.screening.old_made import HIDDEN, TINY, WHITE, Run, doc, doc_style

WORDS = "内部讨论意见"
PLAIN = doc_style()
SHOWN = struct.pack("<HB", 0x083C, 0)
TURNED = struct.pack("<HB", 0x083C, 0x81)
BLACK = struct.pack("<HI", 0x6870, 0)
AUTO = 0xFF000000


def shade(back: int, front: int = AUTO, pattern: int = 0, code: int = 0xC64D) -> bytes:
    """A shade of paragraphs, or of letters (0xCA71)."""
    return struct.pack("<HBIIH", code, 10, front, back, pattern)


def old_shade(back: int, front: int = 0, pattern: int = 0) -> bytes:
    """A shade with numbers of colours; 1 is black, 8 white."""
    return struct.pack("<HH", 0x442D, front | back << 5 | pattern << 10)


def by_character(number: int) -> bytes:
    return struct.pack("<HH", 0x4A30, number)


@pytest.mark.parametrize(
    ("look", "label"), [(HIDDEN, "隐藏文字"), (WHITE, "白色文字"), (TINY, "极小文字")]
)
def test_the_style_of_a_paragraph_hides(look: bytes, label: str) -> None:
    styles = (PLAIN, doc_style(look))
    report = screened(doc(Run(WORDS), styles=styles, style=1), "a.doc")
    assert label in places(report, "hidden_text")
    assert "hidden_text" not in kinds(screened(doc(Run(WORDS), styles=styles), "a.doc"))


def test_a_style_has_the_looks_of_its_base() -> None:
    styles = (PLAIN, doc_style(HIDDEN), doc_style(base=1), doc_style(SHOWN, base=1))
    assert "hidden_text" in kinds(screened(doc(Run(WORDS), styles=styles, style=2), "a.doc"))
    assert "hidden_text" not in kinds(screened(doc(Run(WORDS), styles=styles, style=3), "a.doc"))


def test_a_style_of_characters_hides() -> None:
    styles = (PLAIN, doc_style(WHITE, kind=2))
    report = screened(doc(Run(WORDS, by_character(1)), styles=styles), "a.doc")
    assert "白色文字" in places(report, "hidden_text")


@pytest.mark.parametrize(
    ("style", "own"),
    [(HIDDEN, SHOWN), (HIDDEN, TURNED), (WHITE, BLACK), (TINY, struct.pack("<HH", 0x4A43, 24))],
)
def test_a_run_overrules_its_style(style: bytes, own: bytes) -> None:
    data = doc(Run(WORDS, own), styles=(PLAIN, doc_style(style)), style=1)
    assert "hidden_text" not in kinds(screened(data, "a.doc"))


DARK = 0x663300


@pytest.mark.parametrize(
    "ground",
    [
        shade(DARK),
        shade(0xFFFFFF, DARK, 1),
        shade(0xFFFFFF, 0, 10),
        old_shade(1),
        old_shade(0, 2, 1),
    ],
)
def test_white_letters_on_a_dark_ground_are_seen(ground: bytes) -> None:
    data = doc(Run(WORDS), styles=(PLAIN, doc_style(WHITE, ground=ground)), style=1)
    assert "hidden_text" not in kinds(screened(data, "a.doc"))


@pytest.mark.parametrize(
    "ground",
    [
        shade(0xFFFFFF),
        shade(0xFAFAFA),
        shade(AUTO),
        shade(DARK, 0xFFFFFF, 1),
        shade(0xFFFFFF, 0xFFFFFF, 10),
        old_shade(8),
        old_shade(0),
        struct.pack("<HH", 0x442D, 0xFFFF),
    ],
)
def test_white_letters_on_a_white_ground_are_hidden(ground: bytes) -> None:
    data = doc(Run(WORDS), styles=(PLAIN, doc_style(WHITE, ground=ground)), style=1)
    assert "白色文字" in places(screened(data, "a.doc"), "hidden_text")


def test_the_shade_of_letters_goes_before_that_of_the_paragraph() -> None:
    style = doc_style(WHITE + shade(0xFFFFFF, code=0xCA71), ground=shade(DARK))
    report = screened(doc(Run(WORDS), styles=(PLAIN, style), style=1), "a.doc")
    assert "白色文字" in places(report, "hidden_text")
    seen = Run(WORDS, WHITE + shade(DARK, code=0xCA71))
    assert "hidden_text" not in kinds(screened(doc(seen), "a.doc"))


def test_letters_in_the_colour_of_their_ground_are_hidden() -> None:
    red = struct.pack("<HI", 0x6870, 0x0000FF)
    style = doc_style(red, ground=shade(0x0000FF))
    report = screened(doc(Run(WORDS), styles=(PLAIN, style), style=1), "a.doc")
    assert "与底色相同" in places(report, "hidden_text")
    other = doc_style(red, ground=shade(DARK))
    report = screened(doc(Run(WORDS), styles=(PLAIN, other), style=1), "a.doc")
    assert "hidden_text" not in kinds(report)


def test_a_style_that_is_its_own_base_ends() -> None:
    data = doc(Run(WORDS), styles=(doc_style(base=0), doc_style(HIDDEN, base=1)), style=1)
    assert "hidden_text" in kinds(screened(data, "a.doc"))
