"""The letters of a page with their places on the page as it is shown."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.ocr import Line
from gongkai.screening.redaction.boxes import Area

_FINE = 1_000_000
_TOUCH = 0.3
"""Points that a box and a letter may have in common without touching."""
_BLANKS = {0x20, 0xA0, 0x3000, 0x09}
_ENDS = {0x0A, 0x0D}
_HYPHENS = {0x02, 0xAD, 0xFFFE}
_HALVES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Glyph:
    """``ink``: around what is drawn; ``room``: with the gap to the next one; ``index``: its number
    in the reader's text; ``mark``: letters that are drawn as one sign share it; ``sure``: whether
    the file brings the font, so that the place of the ink is known.
    """

    text: str
    ink: Area
    room: Area
    index: int
    mark: tuple[int, float, float]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """``text`` is everything on the page, seen or not; ``places`` gives for each of its characters
    the number of its glyph, or -1 for blanks. ``size`` in points.
    """

    text: str
    places: list[int]
    glyphs: list[Glyph]
    size: tuple[float, float]

    def touched(self, areas: Iterable[Area]) -> set[int]:
        """The glyphs that boxes touch: with half a sign the whole sign goes."""
        across, down = (_TOUCH * 100 / max(side, 1.0) for side in self.size)
        hit: set[int] = set()
        for area in areas:
            for number, glyph in enumerate(self.glyphs):
                wide, high = glyph.ink.overlap(area)
                if wide > min(across, glyph.ink.right - glyph.ink.left) * 0.99 and high > (
                    min(down, glyph.ink.bottom - glyph.ink.top) * 0.99
                ):
                    hit.add(number)
        marks = {self.glyphs[number].mark for number in hit}
        return {n for n, glyph in enumerate(self.glyphs) if glyph.mark in marks}


def read(page: pdfium.PdfPage, words: pdfium.PdfTextPage) -> Page:
    """All letters of a page in reading order."""
    pieces: list[str] = []
    places: list[int] = []
    glyphs: list[Glyph] = []
    for index, text, drawn in _chars(words):
        place = -1
        if drawn and (glyph := _glyph(page, words, index, text)) is not None:
            place = len(glyphs)
            glyphs.append(glyph)
        pieces.append(text)
        places += [place] * len(text)
    return Page("".join(pieces), places, glyphs, page.get_size())


def _chars(words: pdfium.PdfTextPage) -> Iterator[tuple[int, str, bool]]:
    """Number, text, and whether something is drawn. Pairs of halves count as one."""
    count, index = words.count_chars(), 0
    while index < count:
        code, at = raw.FPDFText_GetUnicode(words, index), index
        index += 1
        if code in _HALVES:
            low = raw.FPDFText_GetUnicode(words, index) if index < count else 0
            if code < 0xDC00 <= low < 0xE000:
                index += 1
                yield at, chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00), True
            else:
                yield at, "\ufffd", True
        elif code in _ENDS or code in _BLANKS or raw.FPDFText_IsGenerated(words, at) == 1:
            yield at, "" if code == 0x0D else chr(code), False
        elif code in _HYPHENS:
            yield at, "-", True
        else:
            yield at, chr(code) if code >= 0x20 else "\ufffd", True


def _glyph(page: pdfium.PdfPage, words: pdfium.PdfTextPage, index: int, text: str) -> Glyph | None:
    numbers = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(words, index, *(ctypes.byref(n) for n in numbers)):
        return None
    left, right, bottom, top = (n.value for n in numbers)
    room = shown(page, *words.get_charbox(index, loose=True))
    ink = shown(page, left, bottom, right, top)
    if ink.right - ink.left < 1e-6 or ink.bottom - ink.top < 1e-6:
        ink = room
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(words, index, ctypes.byref(x), ctypes.byref(y))
    thing = raw.FPDFText_GetTextObject(words, index)
    owner = ctypes.cast(thing, ctypes.c_void_p).value or 0
    sure = bool(owner) and raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(thing)) == 1
    if not sure:
        ink = _cell(page, words, index, ink, room)
    return Glyph(text, ink, room, index, (owner, round(x.value, 2), round(y.value, 2)), sure)


def _cell(
    page: pdfium.PdfPage, words: pdfium.PdfTextPage, index: int, ink: Area, room: Area
) -> Area:
    """Ink of a font that the reader has to guess: anywhere between this letter and the next."""
    turned = round(raw.FPDFText_GetCharAngle(words, index) / (math.pi / 2))
    if (turned + page.get_rotation() // 90) % 2:
        return Area(ink.left, min(ink.top, room.top), ink.right, max(ink.bottom, room.bottom))
    return Area(min(ink.left, room.left), ink.top, max(ink.right, room.right), ink.bottom)


def of_picture(lines: Iterable[Line], size: tuple[int, int]) -> Page:
    """What a machine read in a picture, as if its letters were equally wide."""
    pieces: list[str] = []
    places: list[int] = []
    glyphs: list[Glyph] = []
    for number, line in enumerate(lines):
        left, top, right, bottom = line.box
        wide = (right - left) / max(len(line.text), 1)
        for at, char in enumerate(line.text):
            x0, x1 = left + at * wide, left + (at + 1) * wide
            spot = Area(x0 * 100 / size[0], top * 100 / size[1], x1 * 100 / size[0],
                        bottom * 100 / size[1])  # fmt: skip
            places.append(-1 if char.isspace() else len(glyphs))
            if not char.isspace():
                glyphs.append(Glyph(char, spot, spot, len(glyphs), (number, at, 0.0)))
        pieces.append(f"{line.text}\n")
        places.append(-1)
    return Page("".join(pieces), places, glyphs, (float(size[0]), float(size[1])))


def shown(page: pdfium.PdfPage, left: float, bottom: float, right: float, top: float) -> Area:
    """A rectangle in the page's own coordinates, in percent of the page as it is shown."""
    xs, ys = [], []
    x, y = ctypes.c_int(), ctypes.c_int()
    for px, py in ((left, bottom), (right, top)):
        raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, px, py, ctypes.byref(x), ctypes.byref(y))
        xs.append(x.value * 100 / _FINE)
        ys.append(y.value * 100 / _FINE)
    return Area(min(xs), min(ys), max(xs), max(ys))


def lines(page: Page, numbers: Iterable[int]) -> list[list[int]]:
    """Glyphs that stand together, a list for each stretch without a break or a gap in ``numbers``;
    blanks do not part them.
    """
    wanted, run = set(numbers), 0
    runs: dict[int, list[int]] = defaultdict(list)
    for char, place in zip(page.text, page.places, strict=True):
        if char == "\n" or (place >= 0 and place not in wanted):
            run += 1
        elif place >= 0 and place not in runs[run]:
            runs[run].append(place)
    return [places for places in runs.values() if places]
