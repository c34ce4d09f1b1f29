"""Characters of a PDF page by their places, and which of their text objects lie on each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

Box = tuple[int, int, int, int]
LAYERS = 8
"""Piles of text higher than this are no writing; what is left counts as unseen."""
_CELL = 16


@dataclass(slots=True)
class Char:
    """One drawn character; ``area`` in points, left, bottom, right, top."""

    index: int
    text: str
    area: tuple[float, float, float, float]
    owner: int
    seen: bool = True
    box: Box = (0, 0, 0, 0)


def whole(x0: float, y0: float, x1: float, y1: float) -> Box:
    limit = 1 << 20
    low = [max(-limit, min(limit, n)) for n in (x0, y0, x1, y1)]
    left, upper = int(low[0]), int(low[1])
    return left, upper, max(int(low[2] + 0.999), left + 1), max(int(low[3] + 0.999), upper + 1)


def layers_of(chars: list[Char]) -> dict[int, int]:
    """A number for each text object, so that no two that lie on each other have the same."""
    against: dict[int, set[int]] = defaultdict(set)
    cells: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        x0, y0, x1, y1 = char.box
        spots = [
            (cx, cy)
            for cx in range(x0 // _CELL, min(x1 // _CELL, x0 // _CELL + 60) + 1)
            for cy in range(y0 // _CELL, min(y1 // _CELL, y0 // _CELL + 60) + 1)
        ]
        for spot in spots:
            for other in cells[spot][:40]:
                if (
                    other.owner != char.owner
                    and other.text != char.text
                    and _overlap(char.box, other.box)
                ):
                    against[char.owner].add(other.owner)
                    against[other.owner].add(char.owner)
            cells[spot].append(char)
    layers: dict[int, int] = {}
    for owner in dict.fromkeys(char.owner for char in chars):
        taken = {layers[o] for o in against.get(owner, ()) if o in layers}
        layers[owner] = next((n for n in range(LAYERS) if n not in taken), LAYERS)
    return layers


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return False
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return wide * high >= 0.4 * smaller
