"""One OFD page: text in the order of drawing, and text that is there without being seen.

Not seen is: Visible="false", no opacity, no fill, white on nothing, too small, off the page, or
under a box or an opaque picture that was painted later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.screening.files.markup import local
from gongkai.screening.limits import Unreadable

Box = tuple[float, float, float, float]
_TINY = 1.0
"""Millimetres: under three points."""
_PALE = 240
_THIN = 1.0
"""Millimetres: thinner boxes are lines."""
_MOST = 20_000_000


@dataclass
class _Piece:
    text: str
    spots: list[tuple[float, float]]
    why: str
    order: int
    white: bool
    size: float
    line: tuple[float, float, float] = field(default=(0.0, 0.0, 0.0))
    """Height of the base line, left and right edge."""
    under: set[int] = field(default_factory=set)
    """The characters under something painted later."""


class Page:
    """A page, a template page, or the appearance of an annotation.

    ``over``: boxes that annotations lay on top of everything; ``opaque``: the pictures (by
    resource) that let nothing through, as a seal does.
    """

    def __init__(
        self,
        root: etree._Element,
        frame: Box | None,
        templates: dict[str, etree._Element],
        over: list[Box],
        opaque: frozenset[str] = frozenset(),
    ) -> None:
        self._opaque = opaque
        own = next((e for e in root.iter() if local(e) == "PhysicalBox"), None)
        self._frame = (box_of(own.text or "") if own is not None else None) or frame
        self._pieces: list[_Piece] = []
        self._boxes: list[tuple[int, Box, bool]] = []
        self._order = 0
        for used in (e for e in root.iter() if local(e) == "Template"):
            below = templates.get(used.get("TemplateID", ""))
            if below is not None:
                self._draw(below)
        self._draw(root)
        self._boxes += [(self._order + 1, box, True) for box in over]
        if len(self._pieces) * len(self._boxes) > _MOST:
            raise Unreadable("OFD页面过于复杂，请另存为pdf后上传")
        for piece in self._pieces:
            piece.why = piece.why or self._pale(piece)
            piece.under = self._under(piece)

    def seen(self) -> str:
        """What a reader sees, line by line."""
        return _lines(
            (piece, "".join(c for n, c in enumerate(piece.text) if n not in piece.under))
            for piece in self._pieces
            if not piece.why
        )

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Reason and text of what a reader does not see."""
        by_reason: dict[str, list[tuple[_Piece, str]]] = {}
        for piece in self._pieces:
            if piece.why:
                by_reason.setdefault(piece.why, []).append((piece, piece.text))
            elif piece.under:
                text = "".join(c for n, c in enumerate(piece.text) if n in piece.under)
                by_reason.setdefault("被盖住的文字", []).append((piece, text))
        for why, found in by_reason.items():
            yield why, _lines(iter(found))

    def covers(self) -> list[Box]:
        """The opaque boxes on it."""
        return [box for _, box, opaque in self._boxes if opaque]

    def _draw(self, root: etree._Element) -> None:
        for element in root.iter():
            name = local(element)
            if name not in {"TextObject", "PathObject", "ImageObject"}:
                continue
            self._order += 1
            why = _switched_off(element)
            if name == "TextObject":
                self._text(element, why)
            elif not why and (box := box_of(element.get("Boundary", ""))):
                picture = name == "ImageObject"
                if picture or _fills(element):
                    cover = element.get("ResourceID") in self._opaque or (
                        not picture and _rectangle(element)
                    )
                    thin = min(box[2] - box[0], box[3] - box[1]) < _THIN
                    self._boxes.append((self._order, box, cover and not thin))

    def _text(self, element: etree._Element, why: str) -> None:
        size = float(element.get("Size", "4"))
        matrix = _numbers(element.get("CTM", "1 0 0 1 0 0"))
        scale = max(abs(matrix[0]), abs(matrix[1])) if len(matrix) == 6 else 1.0
        if not why and size * scale < _TINY:
            why = "极小的文字"
        color = next((e for e in element if local(e) == "FillColor"), None)
        if not why and element.get("Fill") == "false" and element.get("Stroke") != "true":
            why = "不着色的文字"
        for code in (e for e in element if local(e) == "TextCode"):
            text = code.text or ""
            spots = _spots(element, code, text, size, matrix)
            piece = _Piece(text, spots, why, self._order, _white(color), size * scale)
            if spots:
                right = max(x for x, _ in spots) + size / 2
                piece.line = (spots[0][1], spots[0][0] - size / 2, right)
            if not piece.why and self._outside(spots):
                piece.why = "页面以外的文字"
            self._pieces.append(piece)

    def _outside(self, spots: list[tuple[float, float]]) -> bool:
        if self._frame is None or not spots:
            return False
        left, top, right, bottom = self._frame
        wide, high = right - left, bottom - top
        return all(not (-1 <= x <= wide + 1 and -1 <= y <= high + 1) for x, y in spots)

    def _pale(self, piece: _Piece) -> str:
        if not piece.white or not piece.spots:
            return ""
        below = [box for order, box, _ in self._boxes if order < piece.order]
        x, y = piece.spots[0]
        return "" if any(_inside(box, x, y) for box in below) else "白色的文字"

    def _under(self, piece: _Piece) -> set[int]:
        later = [box for order, box, opaque in self._boxes if opaque and order > piece.order]
        if not later:
            return set()
        return {
            n
            for n, (x, y) in enumerate(piece.spots)
            if n < len(piece.text) and any(_inside(box, x, y) for box in later)
        }


def _lines(pieces: Iterator[tuple[_Piece, str]]) -> str:
    """Pieces on one base line stand in one line; a wide gap is a column."""
    out: list[str] = []
    last: tuple[float, float, float] | None = None
    for piece, text in pieces:
        height, left, _ = piece.line
        if last is not None:
            gap = left - last[2]
            if abs(height - last[0]) > max(piece.size, 1) / 2:
                out.append("\n")
            elif gap > 1.5 * max(piece.size, 1) or gap < -piece.size:
                out.append("\t")
        out.append(text)
        last = piece.line
    return "".join(out)


def box_of(text: str) -> Box | None:
    """A box written as "x y width height", in millimetres."""
    numbers = _numbers(text)
    if len(numbers) != 4:
        return None
    x, y, width, height = numbers
    return x, y, x + width, y + height


def _numbers(text: str) -> list[float]:
    try:
        return [float(n) for n in text.split()[:64]]
    except ValueError:
        return []


def _switched_off(element: etree._Element) -> str:
    for around in (element, *element.iterancestors()):
        if around.get("Visible") in {"false", "0"}:
            return "设为不可见的内容"
        if around.get("Alpha") == "0":
            return "完全透明的内容"
    fill = next((e for e in element if local(e) == "FillColor"), None)
    return "完全透明的内容" if fill is not None and fill.get("Alpha") == "0" else ""


def _white(color: etree._Element | None) -> bool:
    values = _numbers(color.get("Value", "")) if color is not None else []
    return len(values) in {1, 3} and min(values) >= _PALE


def _fills(path: etree._Element) -> bool:
    return path.get("Fill") in {"true", "1"}


def _rectangle(path: etree._Element) -> bool:
    """A filled box that lets nothing through; curves and many corners are drawings."""
    color = next((e for e in path if local(e) == "FillColor"), None)
    alpha = (path.get("Alpha", "255"), color.get("Alpha", "255") if color is not None else "255")
    data = next((e.text or "" for e in path if local(e) == "AbbreviatedData"), "")
    simple = not set(data) & set("BQAbqa") and data.count("L") <= 5 and data.count("M") <= 1
    return simple and all(float(a or 255) > 200 for a in alpha)


def _spots(
    element: etree._Element, code: etree._Element, text: str, size: float, matrix: list[float]
) -> list[tuple[float, float]]:
    """The middle of each character on the page."""
    box = box_of(element.get("Boundary", "")) or (0.0, 0.0, 0.0, 0.0)
    x, y = float(code.get("X") or 0), float(code.get("Y") or 0)
    right, down = _deltas(code.get("DeltaX", "")), _deltas(code.get("DeltaY", ""))
    if len(matrix) != 6:
        matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    a, b, c, d, e, f = matrix
    spots = []
    for number in range(len(text)):
        px, py = x + size / 2, y - size * 0.35
        spots.append((a * px + c * py + e + box[0], b * px + d * py + f + box[1]))
        x += right[number] if number < len(right) else (0.0 if down else size)
        y += down[number] if number < len(down) else 0.0
    return spots


def _deltas(text: str) -> list[float]:
    """Steps from character to character; "g 3 4.2" stands for three times 4.2."""
    found: list[float] = []
    words = text.split()[:100_000]
    place = 0
    while place < len(words):
        if words[place] == "g" and place + 2 < len(words):
            found += [float(words[place + 2])] * min(int(words[place + 1]), 100_000)
            place += 3
        else:
            found.append(float(words[place]))
            place += 1
    return found[:100_000]


def _inside(box: Box, x: float, y: float) -> bool:
    return box[0] - 0.1 <= x <= box[2] + 0.1 and box[1] - 0.1 <= y <= box[3] + 0.1
