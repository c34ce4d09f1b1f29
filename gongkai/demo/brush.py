"""What pictures are drawn with: boxes, ovals, people, trees, houses. Flat, calm, no outlines.

Coordinates are those of the finished picture; it is drawn larger and made smaller at the end.
"""

from __future__ import annotations

import random

from PIL import ImageDraw

SIZE = WIDTH, HEIGHT = 1200, 750
SCALE = 2
COATS = ("#0b4f8a", "#3f6f8f", "#7a8f5b", "#a8763e", "#6b5b7b", "#b5533c", "#4f7f77")
_SKIN = ("#f0cfae", "#e6bd97", "#d9a981")
_HAIR = ("#2f2a28", "#4a3f38", "#6d6760")

Draw = ImageDraw.ImageDraw


def box(  # noqa: PLR0917 - a box has a place and a size
    d: Draw, x: float, y: float, w: float, h: float, fill: str, radius: float = 0
) -> None:
    s = SCALE
    box = (x * s, y * s, (x + w) * s, (y + h) * s)
    d.rounded_rectangle(box, radius * s, fill=fill)


def oval(  # noqa: PLR0917
    d: Draw, x: float, y: float, w: float, h: float, fill: str
) -> None:
    s = SCALE
    d.ellipse((x * s, y * s, (x + w) * s, (y + h) * s), fill=fill)


def shape(d: Draw, points: list[tuple[float, float]], fill: str) -> None:
    d.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)


def person(d: Draw, c: random.Random, x: float, y: float, size: float) -> None:
    """Head, hair and shoulders; ``y`` is the line on which the person stands or sits."""
    coat, skin, hair = c.choice(COATS), c.choice(_SKIN), c.choice(_HAIR)
    box(d, x - size * 0.5, y - size * 0.75, size, size * 0.95, coat, size * 0.38)
    box(d, x - size * 0.11, y - size * 0.92, size * 0.22, size * 0.3, skin, size * 0.08)
    oval(d, x - size * 0.27, y - size * 1.42, size * 0.54, size * 0.56, hair)
    oval(d, x - size * 0.23, y - size * 1.3, size * 0.46, size * 0.5, skin)


def crowd(d: Draw, c: random.Random, y: float, size: float, count: int) -> None:
    step = WIDTH / count
    for place in range(count):
        person(d, c, step * (place + 0.5) + c.uniform(-12, 12), y + c.uniform(-6, 6), size)


def hills(d: Draw, c: random.Random) -> None:
    for tone, base in (("#c3d2cf", 360), ("#a9bfb4", 420)):
        points: list[tuple[float, float]] = [(0, HEIGHT)]
        points += [(x, base - c.uniform(0, 110)) for x in range(0, WIDTH + 151, 150)]
        shape(d, [*points, (WIDTH, HEIGHT)], tone)


def trees(d: Draw, c: random.Random, y: float, count: int) -> None:
    for place in range(count):
        x = WIDTH / count * (place + c.uniform(0.2, 0.8))
        box(d, x - 6, y - 60, 12, 70, "#8b7a63")
        oval(d, x - 48, y - 160, 96, 120, c.choice(("#8fac8b", "#7f9f7f", "#9db58f")))


def building(d: Draw, c: random.Random, x: float, w: float, h: float) -> None:
    top, wall = 520 - h, c.choice(("#d9d4ca", "#cfd6db", "#e0d6c8"))
    box(d, x, top, w, h, wall)
    box(d, x, top - 12, w, 14, "#8f9aa3")
    for row in range(int(h // 70)):
        for column in range(int(w // 70)):
            box(d, x + 20 + column * 70, top + 24 + row * 70, 36, 42, "#8fb0c4", 3)


def banner(d: Draw, x: float, y: float, w: float, fill: str = "#b5121b") -> None:
    box(d, x, y, w, 56, fill, 4)
    for place in range(int(w // 46) - 1):
        box(d, x + 26 + place * 46, y + 14, 28, 28, "#f6e7c8", 4)


def table(d: Draw, x: float, y: float, w: float) -> None:
    box(d, x, y, w, 26, "#9b7a55", 4)
    box(d, x + 14, y + 26, w - 28, 120, "#b08d66")


def papers(d: Draw, c: random.Random, x: float, y: float, w: float) -> None:
    for place in range(int(w // 90)):
        left = x + place * 90 + c.uniform(8, 24)
        box(d, left, y - 10, 48, 12, c.choice(("#ffffff", "#dfe7ee", "#f4e3c1")), 2)
