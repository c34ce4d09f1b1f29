"""The shapes of a ppt slide: which words are white on white, and which lie under a filled shape
(MS-PPT 2.9.44, MS-ODRAW 2.2.14).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gongkai.screening.files.oldruns import Colours, pale, white_words

_SHAPE, _ANCHOR, _PROPERTIES, _ABOUT = 0xF004, 0xF010, 0xF00B, 0xF00A
_CHARS, _BYTES, _LOOKS, _SCHEME = 0x0FA0, 0x0FA8, 0x0FA1, 0x07F0
_KIND, _COLOUR, _OPACITY, _FILLED, _PICTURE = 0x0180, 0x0181, 0x0182, 0x01BF, 0x0104
_BACKGROUND, _GROUP = 0x0400, 0x0005
_FULL = 0x10000
_BY_SCHEME, _BY_VALUE = 0x08, {0x00, 0x02}
Box = tuple[int, int, int, int]
Fill = Literal["none", "pale", "coloured"]


@dataclass(slots=True)
class _Shape:
    box: Box | None = None
    fill: Fill = "none"
    opaque: bool = True
    background: bool = False
    group: bool = False
    texts: list[tuple[str, bytes]] = field(default_factory=list)


class Drawing:
    """What one slide or master holds."""

    def __init__(self, data: bytes) -> None:
        self._shapes: list[_Shape] = []
        self._loose: list[tuple[str, bytes]] = []
        self._colours: Colours = ()
        for kind, instance, start, end in _records(data, 0, len(data)):
            if kind == _SCHEME and instance == 1 and end - start >= 32:
                self._colours = struct.unpack_from("<8I", data, start)
        self._walk(data, 0, len(data), None)

    def _walk(self, data: bytes, at: int, end: int, shape: _Shape | None) -> None:
        texts = self._loose if shape is None else shape.texts
        for kind, instance, start, stop in _records(data, at, end):
            if kind == _SHAPE:
                self._shapes.append(_Shape())
                self._walk(data, start, stop, self._shapes[-1])
            elif _is_box(data, start):
                self._walk(data, start, stop, shape)
            elif kind in {_CHARS, _BYTES}:
                code = "utf-16-le" if kind == _CHARS else "latin-1"
                texts.append((data[start:stop].decode(code, "replace"), b""))
            elif kind == _LOOKS and texts:
                texts[-1] = (texts[-1][0], data[start:stop])
            elif shape is not None:
                self._property(shape, kind, instance, data[start:stop])

    def _property(self, shape: _Shape, kind: int, count: int, body: bytes) -> None:
        if kind == _ANCHOR and len(body) in {8, 16}:
            top, left, right, bottom = struct.unpack("<4h" if len(body) == 8 else "<4i", body)
            shape.box = (left, top, right, bottom)
        elif kind == _ABOUT and len(body) == 8:
            flags = struct.unpack_from("<I", body, 4)[0]
            shape.background, shape.group = bool(flags & _BACKGROUND), bool(flags & _GROUP)
        elif kind == _PROPERTIES:
            said = dict(struct.iter_unpack("<HI", body[: 6 * min(count, len(body) // 6)]))
            said = {number & 0x3FFF: value for number, value in said.items()}
            shape.fill = self._fill(said)
            shape.opaque = said.get(_OPACITY, _FULL) >= _FULL and _PICTURE not in said

    def _fill(self, said: dict[int, int]) -> Fill:
        """A shape that says nothing has the fill of its place in the master, mostly none."""
        filled = said.get(_FILLED, 0)
        if _PICTURE in said:
            return "coloured"
        silent = not filled & 0x100000
        if (silent and _COLOUR not in said) or (not silent and not filled & 0x10):
            return "none"
        colour = said.get(_COLOUR, 0xFFFFFF)
        flags, number = colour >> 24, colour & 0xFF
        if flags == _BY_SCHEME and number < len(self._colours):
            colour = self._colours[number]
        known = flags in _BY_VALUE or (flags == _BY_SCHEME and number < 8)
        plain = known and said.get(_KIND, 0) == 0
        return "pale" if plain and pale(colour) else "coloured"

    @property
    def coloured(self) -> bool:
        """Whether anything in it could be a ground on which white is read."""
        dark = bool(self._colours) and not pale(self._colours[0])
        return dark or any(shape.fill == "coloured" for shape in self._shapes)

    def white(self, plain: bool) -> Iterator[str]:
        """White words. ``plain``: nothing coloured lies under them from a master."""
        painted = any(s.fill == "coloured" for s in self._shapes if s.background)
        dark = bool(self._colours) and not pale(self._colours[0])
        for number, shape in enumerate(self._shapes):
            if plain and not painted and not dark and not self._ground(number, shape):
                yield from self._words(shape.texts)
        if plain and not self.coloured:
            yield from self._words(self._loose)

    def doubtful(self, plain: bool) -> Iterator[str]:
        """White words of which it is not told in which shape they stand."""
        if not plain or self.coloured:
            yield from self._words(self._loose)

    def covered(self) -> Iterator[str]:
        """Words under a filled shape that was drawn later."""
        for number, shape in enumerate(self._shapes):
            above = [s for s in self._shapes[number + 1 :] if not (s.background or s.group)]
            if any(s.fill != "none" and s.opaque and _covers(s.box, shape.box) for s in above):
                yield from (text for text, _ in shape.texts if text.strip())

    def _words(self, texts: list[tuple[str, bytes]]) -> Iterator[str]:
        for text, looks in texts:
            if words := white_words(text, looks, self._colours).strip():
                yield words

    def _ground(self, number: int, shape: _Shape) -> bool:
        """Whether white can be read where the shape stands. A shape in a group has coordinates of
        its own and counts as standing on any coloured one.
        """
        if shape.fill != "none":
            return shape.fill == "coloured"
        return any(
            s.fill == "coloured" and not s.background and _meet(s.box, shape.box)
            for s in self._shapes[:number]
        )


def _records(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Kind, instance, where the body starts and ends."""
    while at + 8 <= end:
        first, kind, size = struct.unpack_from("<HHI", data, at)
        if at + 8 + size > end:
            return
        yield kind, first >> 4, at + 8, at + 8 + size
        at += 8 + size


def _is_box(data: bytes, start: int) -> bool:
    return data[start - 8] & 0xF == 0xF


def _covers(above: Box | None, below: Box | None) -> bool:
    if above is None or below is None:
        return False
    return (
        above[0] <= below[0] + 1
        and above[1] <= below[1] + 1
        and above[2] >= below[2] - 1
        and above[3] >= below[3] - 1
    )


def _meet(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return True
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
