"""The shapes of one slide: where they stand, what covers them, and which of their words are
seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.screening.files.markup import local
from gongkai.screening.files.slidetext import Words, filled, words_of

_Box = tuple[float, float, float, float]
_SHAPES = {"sp", "pic", "graphicFrame", "cxnSp"}


@dataclass
class _Shape:
    element: etree._Element
    box: _Box | None
    hidden: bool
    filled: bool
    words: Words


class Slide:
    """A slide. ``plain``: nothing coloured lies under it from layout and master."""

    def __init__(self, root: etree._Element, size: tuple[int, int], *, plain: bool) -> None:
        self._size, self._plain = size, plain
        self._shapes: list[_Shape] = []
        self.painted = _painted(root)
        """Whether the slide itself has a coloured or pictured background."""
        tree = next((e for e in root.iter() if local(e) == "spTree"), None)
        if tree is not None:
            self._group(tree, (1.0, 1.0, 0.0, 0.0), False)

    def _group(self, group: etree._Element, frame: _Box, hidden: bool) -> None:
        """``frame``: how the coordinates of the group are scaled and moved."""
        for child in group:
            name = local(child)
            unseen = hidden or _switched_off(child)
            if name == "grpSp":
                self._group(child, _frame(child, frame), unseen)
            elif name in _SHAPES:
                self._shapes.append(
                    _Shape(child, _place(child, frame), unseen, _opaque(child), words_of(child))
                )
            elif name in {"AlternateContent", "Choice"}:
                self._group(child, frame, unseen)

    def seen(self) -> str:
        """What is seen, shape by shape."""
        shown = [
            "" if self._why(n, shape) else self._words(n, shape)[0]
            for n, shape in enumerate(self._shapes)
        ]
        return "\n".join(text for text in shown if text.strip())

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Reason and words of everything that is there without being seen."""
        for number, shape in enumerate(self._shapes):
            why = self._why(number, shape)
            visible, pale = self._words(number, shape)
            if why and (visible + pale).strip():
                yield why, "\n".join(filter(None, (visible, pale)))
            elif pale.strip():
                yield "的白字或极小的字", pale

    def descriptions(self) -> str:
        """Names and alternative texts of shapes."""
        texts = []
        for shape in self._shapes:
            for element in shape.element.iter():
                if local(element) == "cNvPr":
                    texts += [element.get(k, "") for k in ("name", "descr", "title")]
        return "\n".join(filter(None, texts))

    def _words(self, number: int, shape: _Shape) -> tuple[str, str]:
        below = self._shapes[:number]
        coloured = not self._plain or self.painted or shape.filled or shape.box is None
        coloured = coloured or any(
            s.box and shape.box and (s.filled or local(s.element) == "pic") and _meet(s, shape)
            for s in below
        )
        return shape.words.parted(coloured)

    def _why(self, number: int, shape: _Shape) -> str:
        if shape.hidden:
            return "里设为隐藏的图形"
        if shape.box is None:
            return ""
        left, top, right, bottom = shape.box
        if right <= 0 or bottom <= 0 or left >= self._size[0] or top >= self._size[1]:
            return "边界以外的图形"
        for later in self._shapes[number + 1 :]:
            if later.filled and not later.hidden and later.box and _covers(later.box, shape.box):
                return "被其他图形盖住的文字"
        return ""


def _switched_off(shape: etree._Element) -> bool:
    for element in shape:
        if local(element).startswith("nv"):
            return any(local(e) == "cNvPr" and e.get("hidden") in {"1", "true"} for e in element)
    return False


def _transform(shape: etree._Element) -> etree._Element | None:
    for child in shape:
        if local(child) == "xfrm":
            return child
        if local(child) in {"spPr", "grpSpPr"}:
            return next((e for e in child if local(e) == "xfrm"), None)
    return None


def _pair(transform: etree._Element, name: str, keys: tuple[str, str]) -> tuple[float, float]:
    found = next((e for e in transform if local(e) == name), None)
    if found is None:
        return 0.0, 0.0
    return float(found.get(keys[0], "0")), float(found.get(keys[1], "0"))


def _place(shape: etree._Element, frame: _Box) -> _Box | None:
    """The box on the slide, None when it is inherited from the layout."""
    transform = _transform(shape)
    if transform is None:
        return None
    (x, y), (w, h) = (
        _pair(transform, "off", ("x", "y")),
        _pair(transform, "ext", ("cx", "cy")),
    )
    wide, high, right, down = frame
    return (x * wide + right, y * high + down, (x + w) * wide + right, (y + h) * high + down)


def _frame(group: etree._Element, around: _Box) -> _Box:
    transform = _transform(group)
    if transform is None:
        return around
    (x, y), (w, h) = (
        _pair(transform, "off", ("x", "y")),
        _pair(transform, "ext", ("cx", "cy")),
    )
    (cx, cy), (cw, ch) = (
        _pair(transform, "chOff", ("x", "y")),
        _pair(transform, "chExt", ("cx", "cy")),
    )
    wide, high = (w / cw if cw else 1.0), (h / ch if ch else 1.0)
    return (
        wide * around[0],
        high * around[1],
        (x - cx * wide) * around[0] + around[2],
        (y - cy * high) * around[1] + around[3],
    )


def _painted(root: etree._Element) -> bool:
    for background in root.iter():
        if local(background) == "bg":
            for child in background:
                if local(child) == "bgRef":
                    return any(e.get("val") not in {"bg1", "lt1", None} for e in child)
                return filled(child) is not False
    return False


def _opaque(shape: etree._Element) -> bool:
    """Whether the shape paints over what lies below."""
    if local(shape) == "pic":
        return False
    for child in shape:
        if local(child) == "spPr" and (own := filled(child)) is not None:
            return own
    for child in shape:
        if local(child) == "style":
            return any(local(e) == "fillRef" and e.get("idx") not in {"0", None} for e in child)
    return False


def _covers(above: _Box, below: _Box) -> bool:
    slack = 12_700
    return (
        above[0] <= below[0] + slack
        and above[1] <= below[1] + slack
        and above[2] >= below[2] - slack
        and above[3] >= below[3] - slack
    )


def _meet(one: _Shape, other: _Shape) -> bool:
    if one.box is None or other.box is None:
        return False
    a, b = one.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
