"""The ground that letters of a doc stand on (MS-DOC 2.9.247, 2.9.248)."""

from __future__ import annotations

Look = dict[int, int]
"""Value by the code of a property, the last one counts."""
_OF_LETTERS, _OF_PARAGRAPHS = (0xCA71, 0x4866), (0xC64D, 0x442D)
SHADES = {*_OF_LETTERS, *_OF_PARAGRAPHS}
WHITE, BLACK = 0xFFFFFF, 0
_MIXED = -1
_CLEAR, _SOLID = 0, 1
_NONE = 0xFFFF
_NUMBERED = {1: BLACK, 8: WHITE}


def ground_of(look: Look) -> int:
    """The colour under the letters: their own shade goes before that of the paragraph, white when
    nothing is shaded. Negative for a pattern or a colour that is no white.
    """
    for long, short in (_OF_LETTERS, _OF_PARAGRAPHS):
        for colour in (_long(look[long]) if long in look else None,
                       _short(look[short]) if short in look else None):  # fmt: skip
            if colour is not None:
                return colour
    return WHITE


def pale(colour: int) -> bool:
    """Whether a colour cannot be told from white."""
    return 0 <= colour < 1 << 24 and colour & 0xF0F0F0 == 0xF0F0F0


def _long(value: int) -> int | None:
    """A byte of size, the colours of pattern and ground, the pattern. None for no shade."""
    front, back, pattern = value >> 8 & 0xFFFFFFFF, value >> 40 & 0xFFFFFFFF, value >> 72
    front = BLACK if front >> 24 else front
    if pattern == _SOLID:
        return front
    if pattern == _CLEAR or pattern & _NONE == _NONE:
        return None if back >> 24 else back
    back = WHITE if back >> 24 else back
    return WHITE if pale(front) and pale(back) else _MIXED


def _short(value: int) -> int | None:
    """Two numbers of colours and the pattern in two bytes."""
    front, back, pattern = value & 31, value >> 5 & 31, value >> 10
    if value == _NONE or (pattern == _CLEAR and back == 0):
        return None
    if pattern in {_CLEAR, _SOLID}:
        return _NUMBERED.get(back if pattern == _CLEAR else front or 1, _MIXED)
    return WHITE if front == 8 and back in {0, 8} else _MIXED
