"""The last page of the result: what was withheld, where, on which ground, in how many places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from gongkai.screening.redaction.boxes import Area, Ground
from gongkai.screening.redaction.glyphs import Glyph
from gongkai.screening.redaction.painting import font

SIZE = (595.28, 841.89)
_WIDE, _HIGH = 1654, 2339
_MARGIN, _TITLE, _TEXT, _ROW = 200, 50, 32, 58
_FIRST, _ROWS = 460, 29
_GREY = 170
_COLUMNS = ((200, "页次"), (340, "不予公开的依据和理由"), (1300, "遮盖处数"))
_WRAP = 28
Row = tuple[int, str, int]
Sheet = tuple[Image.Image, list[list[Glyph]]]


def sheets(rows: Sequence[Row], grounds: Mapping[str, Ground]) -> list[Sheet]:
    """Pictures with the runs of letters that are written over them; none where the machine has no
    Chinese font.
    """
    if font(_TEXT) is None:
        return []
    lines = [line for row in rows for line in _lines(row, grounds)]
    parts = [lines[at : at + _ROWS] for at in range(0, len(lines), _ROWS)]
    return [_sheet(part, n, len(parts)) for n, part in enumerate(parts, 1)]


def _lines(row: Row, grounds: Mapping[str, Ground]) -> list[tuple[str, str, str]]:
    page, ground, number = row
    label = grounds[ground].label
    parts = [label[at : at + _WRAP] for at in range(0, len(label), _WRAP)]
    first = (f"第{page}页", parts[0], f"{number}处")
    return [first, *(("", part, "") for part in parts[1:])]


def _sheet(lines: Sequence[tuple[str, str, str]], number: int, count: int) -> Sheet:
    image = Image.new("L", (_WIDE, _HIGH), 255)
    pen = ImageDraw.Draw(image)
    runs: list[list[Glyph]] = []

    def write(x: int, y: int, text: str, size: int = _TEXT) -> None:
        if text:
            runs.append(_written(pen, x, y, text, size))

    title = "区分处理说明" + (f"（{number}/{count}）" if count > 1 else "")
    write(_MARGIN, 210, title, _TITLE)
    write(_MARGIN, 310, "本件含有依法不应当公开的内容，已作区分处理。下列内容已从文件中删除：")
    for x, head in _COLUMNS:
        write(x, 400, head)
    pen.line((_MARGIN, _FIRST - 8, _WIDE - _MARGIN, _FIRST - 8), fill=0, width=3)
    for at, cells in enumerate(lines):
        top = _FIRST + at * _ROW
        if cells[0] and at:
            pen.line((_MARGIN, top, _WIDE - _MARGIN, top), fill=_GREY, width=1)
        for (x, _), cell in zip(_COLUMNS, cells, strict=True):
            write(x, top + 8, cell)
    return image, runs


def _written(pen: ImageDraw.ImageDraw, x: int, y: int, text: str, size: int) -> list[Glyph]:
    face = font(size)
    glyphs: list[Glyph] = []
    at = float(x)
    for char in text:
        wide = pen.textlength(char, font=face)
        pen.text((at, y), char, font=face, fill=0)
        spot = Area(at * 100 / _WIDE, y * 100 / _HIGH, (at + wide) * 100 / _WIDE,
                    (y + size * 1.2) * 100 / _HIGH)  # fmt: skip
        glyphs.append(Glyph(char, spot, spot, len(glyphs), (0, at, float(y))))
        at += wide
    return glyphs
