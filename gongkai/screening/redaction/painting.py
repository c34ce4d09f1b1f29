"""Fills boxes in the picture of a page and prints the ground into those that have the room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from gongkai.screening.redaction.boxes import Area

_FILL, _INK = (0, 0, 0), (255, 255, 255)
_BLEED = 2
"""Pixels around a letter that are smoothed."""
_LETTER, _SMALLEST, _LARGEST = 0.7, 14, 36
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
_FAMILIES = (
    "NotoSansCJK-Regular", "NotoSansSC", "SourceHanSans", "NotoSerifCJK-Regular", "SimSun",
    "simsun", "wqy", "FandolSong", "uming", "PingFang", "Songti",
)  # fmt: skip
Pixels = tuple[int, int, int, int]


def fill(
    image: Image.Image, boxes: Sequence[tuple[Area, str]], stretches: Iterable[Area] = ()
) -> None:
    """Paints over the boxes, and over whole stretches of letters that they touch: the outline of
    single letters would tell them. The pixels are gone.

    A box comes with the words that are printed into it if they fit.
    """
    pen = ImageDraw.Draw(image)
    for area in stretches:
        pen.rectangle(_pixels(area, image.size, _BLEED), fill=_FILL)
    for area, _ in boxes:
        pen.rectangle(_pixels(area, image.size, 0), fill=_FILL)
    for area, words in boxes:
        _label(pen, _pixels(area, image.size, 0), words)


def _pixels(area: Area, size: tuple[int, int], more: int) -> Pixels:
    """Whole pixels: one that is touched counts."""
    wide, high = size
    left, top = int(area.left * wide / 100) - more, int(area.top * high / 100) - more
    right, bottom = -int(-area.right * wide // 100), -int(-area.bottom * high // 100)
    return left, top, right + more, bottom + more


def _label(pen: ImageDraw.ImageDraw, box: Pixels, words: str) -> None:
    wide, high = box[2] - box[0], box[3] - box[1]
    face = font(max(_SMALLEST, min(_LARGEST, int(high * _LETTER))))
    for text in (words, words.partition(" ")[0]):
        if face is None or not text:
            continue
        left, top, right, bottom = pen.textbbox((0, 0), text, font=face)
        if right - left + 8 <= wide and bottom - top + 4 <= high:
            x = box[0] + (wide - right + left) / 2 - left
            y = box[1] + (high - bottom + top) / 2 - top
            pen.text((x, y), text, font=face, fill=_INK)
            return


@cache
def font(size: int) -> ImageFont.FreeTypeFont | None:
    """A font of the machine with Chinese letters, in pixels; None where there is none."""
    path = _found()
    return ImageFont.truetype(path, size) if path else None


@cache
def _found() -> str:
    files = [
        file
        for folder in _FOLDERS
        for file in sorted(Path(folder).rglob("*"))
        if file.suffix.lower() in {".ttf", ".ttc", ".otf"}
    ]
    for family in _FAMILIES:
        for file in files:
            if file.name.startswith(family):
                return str(file)
    return ""
