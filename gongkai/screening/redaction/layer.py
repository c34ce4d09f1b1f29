"""Writing without ink: the letters that may stay, each where its picture is, so that a page that
became a picture can be searched, copied and read aloud.

The font knows nothing but rectangles, and its table only letters that are written with it.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Stream

from gongkai.screening.redaction.boxes import Area
from gongkai.screening.redaction.glyphs import Glyph

FONT = Name.Layer
_UNITS = 1000
_STEP, _STEPS = 20, 100
"""Widths of letters: in so many parts of their height, and how many there are."""
_ROWS = 100
Matrix = tuple[float, float, float, float, float, float]


class Writing:
    """One font for all layers of one file."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, int], int] = {}

    def layer(
        self, runs: Iterable[Sequence[Glyph]], size: tuple[float, float], turn: int = 0
    ) -> bytes:
        """The part of a page's content that writes these runs; empty when there is none. ``size``
        is that of the page as shown, ``turn`` how it is turned for that.
        """
        written = [self._run(run, size, turn) for run in runs]
        if not written:
            return b""
        return b"\n".join([b"BT 3 Tr", f"{FONT} 1 Tf".encode(), *written, b"ET\n"])

    def _run(self, run: Sequence[Glyph], size: tuple[float, float], page_turn: int) -> bytes:
        """One line is one piece of text, so that readers keep its order. Its letters share their
        height; their widths and gaps are those of the picture.
        """
        turn = _turn(run, size)
        pieces: list[str] = []
        first: Matrix | None = None
        at = 0.0
        spots = dict(zip((glyph.index for glyph in run), spots_of(run, size), strict=True))
        for text, glyph in _signs(run):
            spot = spots[glyph.index]
            matrix, wide, up = _matrix(spot, turn, size)
            first = first or matrix
            gap = _along(first, matrix) / up - at
            step = max(1, min(_STEPS, round(wide / up * _STEP)))
            if pieces:
                pieces.append(f"{-gap * _UNITS:.0f}")
            code = self._codes.setdefault((text, step), len(self._codes) + 1)
            pieces.append(f"<{code:04x}>")
            at += gap + step / _STEP
        assert first is not None
        numbers = " ".join(f"{number:.2f}" for number in _turned(first, page_turn, size))
        return f"{numbers} Tm [{' '.join(pieces)}] TJ".encode()

    def font(self, made: pikepdf.Pdf) -> pikepdf.Object:
        """The font for all that was written so far."""
        data = _rectangles()
        file = Stream(made, data)
        file.stream_dict.Length1 = len(data)
        steps = [0, *(step for _, step in self._codes)]
        to_glyphs = Stream(made, b"".join(step.to_bytes(2, "big") for step in steps))
        widths = Array([1, Array([step * _UNITS // _STEP for step in steps[1:]])])
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Layer, Flags=4, ItalicAngle=0, StemV=80,
            FontBBox=Array([0, 0, _UNITS, _UNITS]), Ascent=_UNITS, Descent=0, CapHeight=_UNITS,
            FontFile2=made.make_indirect(file),
        )  # fmt: skip
        inner = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Layer, DW=_UNITS, W=widths,
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            CIDToGIDMap=made.make_indirect(to_glyphs),
            FontDescriptor=made.make_indirect(descriptor),
        )  # fmt: skip
        outer = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Layer,
            Encoding=Name("/Identity-H"), DescendantFonts=Array([made.make_indirect(inner)]),
            ToUnicode=made.make_indirect(Stream(made, self._meanings())),
        )  # fmt: skip
        return made.make_indirect(outer)

    def _meanings(self) -> bytes:
        rows = [
            f"<{code:04x}> <{text.encode('utf-16-be', 'replace').hex()}>"
            for (text, _), code in self._codes.items()
        ]
        parts = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)]
        body = "\n".join(
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
        ).encode()


def _signs(run: Sequence[Glyph]) -> Iterator[tuple[str, Glyph]]:
    """Letters that are drawn as one sign are written as one: readers drop doubles in one place."""
    for _, same in groupby(run, key=lambda glyph: glyph.mark):
        glyphs = list(same)
        yield "".join(glyph.text for glyph in glyphs), glyphs[0]


def spots_of(run: Sequence[Glyph], size: tuple[float, float]) -> list[Area]:
    """Where each letter of a line is written: in its own room, as high as the ink of the line."""
    low = Area(*(min(side) for side in zip(*(g.ink for g in run), strict=True)))
    high = Area(*(max(side) for side in zip(*(g.ink for g in run), strict=True)))
    if _turn(run, size) in {0, 180}:
        return [Area(g.room.left, low.top, g.room.right, high.bottom) for g in run]
    return [Area(low.left, g.room.top, high.right, g.room.bottom) for g in run]


def turn_of(runs: Iterable[Sequence[Glyph]], size: tuple[float, float]) -> int:
    """Which way most letters of a page run."""
    weights: Counter[int] = Counter({0: 1})
    for run in runs:
        weights[_turn(run, size)] += len(run) - 1
    return weights.most_common(1)[0][0]


def _turn(run: Sequence[Glyph], size: tuple[float, float]) -> int:
    """Which way the line runs: 0 to the right, 90 down, 180 to the left, 270 up."""
    (x0, y0), (x1, y1) = (_middle(run[at].room) for at in (0, -1))
    across, down = (x1 - x0) * size[0], (y1 - y0) * size[1]
    if abs(down) > abs(across):
        return 90 if down > 0 else 270
    return 0 if across >= 0 else 180


def _middle(area: Area) -> tuple[float, float]:
    return (area.left + area.right) / 2, (area.top + area.bottom) / 2


def _matrix(spot: Area, turn: int, size: tuple[float, float]) -> tuple[Matrix, float, float]:
    """Where a letter begins, as tall as its line; its width along the line, its height."""
    wide, high = size
    x0, x1 = spot.left * wide / 100, spot.right * wide / 100
    y0, y1 = high - spot.bottom * high / 100, high - spot.top * high / 100
    across, up = max(x1 - x0, 0.1), max(y1 - y0, 0.1)
    if turn in {90, 270}:
        across, up = up, across
    matrix = {
        0: (up, 0.0, 0.0, up, x0, y0),
        90: (0.0, -up, up, 0.0, x0, y1),
        180: (-up, 0.0, 0.0, -up, x1, y1),
        270: (0.0, up, -up, 0.0, x1, y0),
    }[turn]
    return matrix, across, up


def _along(first: Matrix, other: Matrix) -> float:
    """How far a letter begins behind the first one, in the direction of the line."""
    a, b = first[0], first[1]
    length = math.hypot(a, b)
    return ((other[4] - first[4]) * a + (other[5] - first[5]) * b) / length


def _turned(matrix: Matrix, turn: int, size: tuple[float, float]) -> Matrix:
    """From the page as it is shown to the page before it is turned."""
    a, b, c, d, x, y = matrix
    wide, high = size
    return {
        0: matrix,
        90: (-b, a, -d, c, high - y, x),
        180: (-a, -b, -c, -d, wide - x, high - y),
        270: (b, -a, d, -c, y, wide - x),
    }[turn]


def _rectangles() -> bytes:
    """A font of rectangles, one for each width."""
    names = [".notdef", *(f"w{step}" for step in range(1, _STEPS + 1))]
    wide = {name: max(at, 1) * _UNITS // _STEP for at, name in enumerate(names)}
    built: Any = FontBuilder(_UNITS, isTTF=True)
    built.setupGlyphOrder(names)
    built.setupCharacterMap({})
    built.setupGlyf({name: _rectangle(wide[name]) for name in names})
    built.setupHorizontalMetrics({name: (wide[name], 0) for name in names})
    built.setupHorizontalHeader(ascent=_UNITS, descent=0)
    built.setupHead(unitsPerEm=_UNITS, created=0, modified=0)
    built.setupPost(keepGlyphNames=False)
    built.font.recalcTimestamp = False
    out = io.BytesIO()
    built.save(out)
    return out.getvalue()


def _rectangle(wide: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, _UNITS), (wide, _UNITS), (wide, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
