"""Boxes on pages. All measures are percent of the page as it is shown: upright, cropped, whatever
its units are; left and top are the corner that a reader calls so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from gongkai.refusal import Refused

MOST_BOXES = 3000
_LEAST = 0.05
"""Percent: less is a slip of the hand."""
_SLACK = 0.001


class Area(NamedTuple):
    """A rectangle in percent of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Area) -> tuple[float, float]:
        """How much two have in common, across and down; not above zero where they are apart."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across, min(self.bottom, other.bottom) - max(self.top, other.top)

    def grown(self, across: float, down: float) -> Area:
        """The rectangle with so much more on each side, kept on the page."""
        return Area(
            max(self.left - across, 0.0),
            max(self.top - down, 0.0),
            min(self.right + across, 100.0),
            min(self.bottom + down, 100.0),
        )


def around(areas: Iterable[Area]) -> Area:
    """The smallest rectangle around all of them."""
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Box:
    """One box: what it covers is taken out on this ``ground`` (a key that the caller explains).
    ``page`` counts from 1.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    ground: str

    @property
    def area(self) -> Area:
        """As corners."""
        return Area(self.left, self.top, self.left + self.width, self.top + self.height)

    def as_dict(self) -> dict[str, Any]:
        """In plain types, for JSON."""
        return asdict(self)

    @classmethod
    def at(cls, page: int, area: Area, ground: str) -> Box:
        """A box of this rectangle."""
        wide, high = area.right - area.left, area.bottom - area.top
        left, top, wide, high = (round(n, 3) for n in (area.left, area.top, wide, high))
        return cls(page, left, top, wide, high, ground)


@dataclass(frozen=True, slots=True)
class Ground:
    """``short`` is printed into a box that has the room, ``label`` into the list at the end."""

    short: str
    label: str


def objection(box: Box, pages: int) -> tuple[str, str]:
    """The field and the reason why a box cannot stand on a file of so many pages; two empty
    strings when it can.
    """
    if not 1 <= box.page <= pages:
        return "page", f"没有第{box.page}页，文件共{pages}页。请改正页码。"
    for field, label, value in (("left", "左边距", box.left), ("top", "上边距", box.top)):
        if not 0 <= value < 100:
            return field, f"{label}应在0到100之间（占页面的百分比），现在是{value:g}。请改正。"
    for field, label, value, start in (
        ("width", "宽度", box.width, box.left),
        ("height", "高度", box.height, box.top),
    ):
        if not value >= _LEAST:
            return field, f"{label}太小，遮不住任何内容。请填写大于0的百分比，或重新画框。"
        if start + value > 100 + _SLACK:
            return field, f"方框超出了页面，{label}最多填{100 - start:g}。请改正。"
    return "", ""


def ensure_fine(boxes: Sequence[Box], pages: int) -> None:
    """Raises ``Refused`` with the field for the first box that cannot stand."""
    if len(boxes) > MOST_BOXES:
        raise Refused(f"方框超过{MOST_BOXES}个，请把文件分成几份办理。", rule="REDACT-BOX")
    for box in boxes:
        field, message = objection(box, pages)
        if message:
            raise Refused(message, field=field, rule="REDACT-BOX")


def tally(boxes: Iterable[Box]) -> list[tuple[int, str, int]]:
    """Page, ground, number of boxes: the list that is kept with the record."""
    counted = Counter((box.page, box.ground) for box in boxes)
    return [(page, ground, number) for (page, ground), number in sorted(counted.items())]
