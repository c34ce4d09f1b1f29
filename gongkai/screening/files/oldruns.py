"""The looks of a text of a ppt: which of its letters are white (MS-PPT 2.9.44 to 2.9.46)."""

from __future__ import annotations

import struct

Colours = tuple[int, ...]
_SIZES = ((0x0000000F, 2), (0x80, 2), (0x10, 2), (0x40, 2), (0x20, 4), (0x800, 2), (0x1000, 2),
          (0x2000, 2), (0x4000, 2), (0x100, 2), (0x400, 2), (0x8000, 2))  # fmt: skip
"""Of a paragraph, by mark, in the order in which they follow; tabulators come next."""
_TABS = 0x100000
_AFTER_TABS = ((0x10000, 2), (0xE0000, 2), (0x200000, 2))
_BEFORE_COLOUR = ((0xFFFF, 2), (0x10000, 2), (0x200000, 2), (0x400000, 2), (0x800000, 2),
                  (0x20000, 2))  # fmt: skip
_COLOUR, _POSITION = 0x40000, 0x80000
_BY_VALUE, _SCHEME = 0xFE, 8


def white_words(text: str, looks: bytes, colours: Colours) -> str:
    """The letters in white or in the colour of the ground. ``colours``: of the slide's scheme; the
    first is the ground. Looks that are cut short say nothing about the rest.
    """
    found, at = [], 0
    try:
        at = _letters(looks, len(text) + 1)
        place = 0
        while place < len(text):
            count, marks = struct.unpack_from("<II", looks, at)
            at += 8 + _length(_BEFORE_COLOUR, marks)
            if marks & _COLOUR and _white(struct.unpack_from("<I", looks, at)[0], colours):
                found.append(text[place : place + count])
            at += (4 if marks & _COLOUR else 0) + (2 if marks & _POSITION else 0)
            place += count
    except struct.error:
        pass
    return "".join(found)


def pale(colour: int) -> bool:
    """Whether a colour cannot be told from white."""
    return colour & 0xF0F0F0 == 0xF0F0F0


def _letters(looks: bytes, length: int) -> int:
    """Where the looks of the letters begin: behind those of the paragraphs."""
    at = place = 0
    while place < length:
        count, _, marks = struct.unpack_from("<IHI", looks, at)
        at += 10 + _length(_SIZES, marks)
        if marks & _TABS:
            at += 2 + 4 * int(struct.unpack_from("<H", looks, at)[0])
        at += _length(_AFTER_TABS, marks)
        place += count
    return at


def _length(sizes: tuple[tuple[int, int], ...], marks: int) -> int:
    return sum(size for mark, size in sizes if marks & mark)


def _white(colour: int, colours: Colours) -> bool:
    how = colour >> 24
    if how < _SCHEME:
        return how == 0 or (how < len(colours) and pale(colours[how]))
    return how == _BY_VALUE and pale(colour)
