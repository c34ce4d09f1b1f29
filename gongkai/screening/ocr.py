"""The seam to machine reading of pictures. It is an extra: without it pictures are read by people.

Nothing is loaded until a picture has to be read. What a machine has read is searched, but a
person still confirms the page: a machine misses stamps, handwriting and faint lines.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

SECONDS = 600
"""A file with scanned pages may take so long; about ten seconds a page."""
MEMORY = 6 * 2**30
"""Bytes of address space for a child that reads pictures; about one of them is really used."""
MOST_PAGES = 40
"""Pages read by machine in one file. The rest is left to people, and says so."""
_TURNS = (90, 180, 270)
_SURE = 0.5
_INKED, _LETTER, _MARGIN, _MOST_BANDS = 4, 10, 8, 40
_BLACK = 140
"""Shades darker than the paper; pixels; pixels; how many rows are read again."""


class Line(NamedTuple):
    """One line of text; ``box`` in pixels, left, upper, right, lower."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def read(image: Image.Image) -> list[Line]:
    """The lines of a picture from top to bottom. Pictures that lie are turned."""
    upright = _lines(image)
    upright += _missed(image, upright)
    if upright and _weight(upright) >= _SURE * len(upright) and not _standing(upright):
        return sorted(upright, key=lambda line: line.box[1])
    tries: list[list[Line]] = [
        upright,
        *(_lines(image.rotate(turn, expand=True)) for turn in _TURNS),
    ]
    best = max(tries, key=_score)
    return sorted(best, key=lambda line: line.box[1])


def _lines(image: Image.Image) -> list[Line]:
    import numpy

    pixels = numpy.asarray(image.convert("RGB"))[:, :, ::-1].copy()
    # the engine keeps its last answers to these questions
    result = _engine()(pixels, use_det=True, use_cls=True, use_rec=True)
    if result.boxes is None or result.txts is None:
        return []
    lines = []
    for corners, text, sure in zip(result.boxes, result.txts, result.scores, strict=True):
        xs, ys = [int(c[0]) for c in corners], [int(c[1]) for c in corners]
        lines.append(Line(str(text), (min(xs), min(ys), max(xs), max(ys)), float(sure)))
    return lines


def _missed(image: Image.Image, lines: list[Line]) -> list[Line]:
    """Whole lines are overlooked on closely written pages: rows that have ink outside of all boxes
    are read again, each for itself.
    """
    grey = image.convert("L")
    pen = ImageDraw.Draw(grey)
    ground = _middle(grey.resize((1, grey.height), Image.Resampling.BOX).tobytes())
    for line in lines:
        pen.rectangle(line.box, fill=ground)
    rows = grey.resize((1, grey.height), Image.Resampling.BOX).tobytes()
    found = []
    for upper, lower in _bands(rows, _middle(rows) - _INKED)[:_MOST_BANDS]:
        box = (0, max(upper - _MARGIN, 0), image.width, min(lower + _MARGIN, image.height))
        strip = grey.crop(box).point(lambda shade: 255 if shade < _BLACK else 0)
        inked = strip.getbbox() or (0, 0, image.width, 0)
        left, right = max(inked[0] - _MARGIN, 0), min(inked[2] + _MARGIN, image.width)
        found += _line(image.crop((left, box[1], right, box[3])), left, box[1])
    return found


def _line(strip: Image.Image, left: int, upper: int) -> list[Line]:
    """One line, without looking for lines in it."""
    import numpy

    pixels = numpy.asarray(strip.convert("RGB"))[:, :, ::-1].copy()
    result = _engine()(pixels, use_det=False, use_cls=False, use_rec=True)
    box = (left, upper, left + strip.width, upper + strip.height)
    return [
        Line(str(text), box, float(sure))
        for text, sure in zip(result.txts or (), result.scores or (), strict=True)
        if text and sure >= _SURE
    ]


def _bands(rows: bytes, limit: int) -> list[tuple[int, int]]:
    """Runs of dark rows, as high as letters."""
    bands, start = [], None
    for number, shade in enumerate([*rows, 255]):
        if shade < limit and start is None:
            start = number
        elif shade >= limit and start is not None:
            if number - start >= _LETTER:
                bands.append((start, number))
            start = None
    return bands


def _middle(shades: bytes) -> int:
    return sorted(shades)[len(shades) // 2]


def _weight(lines: list[Line]) -> float:
    return sum(line.confidence for line in lines)


def _score(lines: list[Line]) -> float:
    return sum(line.confidence * len(line.text) for line in lines)


def _standing(lines: list[Line]) -> bool:
    """Whether most longer lines run from top to bottom, as on a page that lies on its side."""
    longer = [line for line in lines if len(line.text) >= 4]
    tall = sum(b[3] - b[1] > b[2] - b[0] for _, b, _ in longer)
    return bool(longer) and tall * 2 > len(longer)
