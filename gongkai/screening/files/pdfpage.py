"""One PDF page: the text a reader sees and the text that is there without being seen.

Not seen is: drawn in no ink (mode 3), white without a dark box under it, too small, off the
page, or under a box or a
picture that was painted later. A box is not deletion: the text below can be copied out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

_Box = tuple[float, float, float, float]
_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_ENDS = {b"n", b"S", b"s"}
_TEXT = {b"Tj", b"TJ", b"'", b'"'}
_TINY = 1.0
"""Points."""
_COLOURS = {b"g": 1, b"rg": 3, b"k": 4}


@dataclass
class _Piece:
    text: str
    spots: list[tuple[float, float]]
    unseen: bool
    order: int


@dataclass
class _Reading:
    """Follows the drawing of a page."""

    frame: _Box
    mode: int = 0
    white: bool = False
    pictures: int = 0
    pieces: list[_Piece] = field(default_factory=list)
    boxes: list[tuple[int, _Box]] = field(default_factory=list)
    _path: list[_Box] = field(default_factory=list)
    _stack: list[tuple[int, bool]] = field(default_factory=list)
    _spots: list[tuple[float, float]] = field(default_factory=list)
    _unseen: bool = False
    _order: int = 0

    def operand(self, operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        """Called by pypdf before each drawing operator."""
        self._order += 1
        if operator == b"q":
            self._stack.append((self.mode, self.white))
        elif operator == b"Q" and self._stack:
            self.mode, self.white = self._stack.pop()
        elif operator == b"Tr":
            self.mode = int(operands[0])
        elif operator in _COLOURS or operator in {b"sc", b"scn"}:
            self.white = _is_white(operator, operands)
        elif operator in _TEXT:
            self._spot(cm, tm)
        else:
            self._paint(operator, operands, cm)

    def _spot(self, cm: Any, tm: Any) -> None:
        x, y = _moved(tm[4], tm[5], cm)
        self._spots.append((x, y))
        left, bottom, right, top = self.frame
        outside = not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1)
        pale = self.white and not any(_covers(box, x, y) for _, box in self.boxes)
        self._unseen = self._unseen or outside or pale or self.mode in {3, 7}

    def _paint(self, operator: bytes, operands: Any, cm: Any) -> None:
        if operator == b"re":
            x, y, width, height = (float(n) for n in operands)
            self._path.append(_box([(x, y), (x + width, y + height)], cm))
        elif operator in _FILLS:
            if not self.white or self.pieces or self._spots:
                self.boxes += [(self._order, box) for box in self._path]
            self._path = []
        elif operator in _ENDS:
            self._path = []
        elif operator == b"Do":
            self.pictures += 1
            self.boxes.append((self._order, _box([(0.0, 0.0), (1.0, 1.0)], cm)))

    def text(self, text: str, cm: Any, tm: Any, _font: Any, size: Any) -> None:
        """Called by pypdf with each piece of text, after the operators that drew it."""
        if text.strip() and self._spots:
            scale = (
                abs(float(size or 0))
                * max(abs(tm[0]), abs(tm[1]), abs(tm[3]))
                * max(abs(cm[0]), abs(cm[3]), abs(cm[1]))
            )
            self.pieces.append(
                _Piece(text, self._spots, self._unseen or 0 < scale < _TINY, self._order)
            )
            self._spots, self._unseen = [], False
        elif self.pieces:
            self.pieces[-1].text += text

    def under(self, piece: _Piece) -> bool:
        """Whether something painted later covers where the piece was written."""
        later = [box for order, box in self.boxes if order > piece.order]
        return bool(later) and any(_covers(box, x, y) for box in later for x, y in piece.spots)


def read_page(page: PageObject) -> tuple[str, str, int]:
    """Seen text, unseen text, number of pictures and forms drawn."""
    box = page.cropbox
    reading = _Reading((float(box.left), float(box.bottom), float(box.right), float(box.top)))
    whole = page.extract_text(visitor_operand_before=reading.operand, visitor_text=reading.text)
    unseen = [piece for piece in reading.pieces if piece.unseen or reading.under(piece)]
    if not unseen:
        return whole, "", reading.pictures
    seen = "".join(p.text for p in reading.pieces if p not in unseen)
    return seen, "\n".join(p.text for p in unseen), reading.pictures


def _is_white(operator: bytes, operands: Any) -> bool:
    try:
        parts = [float(n) for n in operands]
    except (TypeError, ValueError):
        return False
    if operator == b"k" or (len(parts) == 4 and operator != b"rg"):
        return max(parts) <= 0.05
    return bool(parts) and min(parts) >= 0.95


def _moved(x: float, y: float, m: Any) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _box(corners: list[tuple[float, float]], m: Any) -> _Box:
    moved = [_moved(x, y, m) for x, y in corners]
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    return min(xs), min(ys), max(xs), max(ys)


def _covers(box: _Box, x: float, y: float) -> bool:
    left, bottom, right, top = box
    return left - 0.5 <= x <= right and bottom - 2 <= y + 1 <= top
