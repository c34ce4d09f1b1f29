"""Drawn scenes for picture news; ``chance`` moves colours, hills and people a little."""

from __future__ import annotations

import random
from collections.abc import Callable

from gongkai.demo.brush import (
    COATS,
    HEIGHT,
    WIDTH,
    Draw,
    banner,
    box,
    building,
    crowd,
    hills,
    oval,
    papers,
    person,
    shape,
    table,
    trees,
)  # fmt: skip

Scene = Callable[[Draw, random.Random], None]


def _lecture(d: Draw, c: random.Random) -> None:
    box(d, 0, 560, WIDTH, 190, "#cbb79b")
    box(d, 180, 120, 560, 300, "#ffffff", 8)
    box(d, 200, 140, 520, 260, "#2f5d50", 4)
    for line in range(4):
        box(d, 240, 178 + line * 52, c.uniform(240, 430), 14, "#e7efe9", 6)
    banner(d, 170, 40, 580)
    person(d, c, 860, 420, 120)
    box(d, 800, 420, 130, 150, "#8a6a48", 6)
    crowd(d, c, 690, 118, 8)


def _meeting(d: Draw, c: random.Random) -> None:
    box(d, 0, 500, WIDTH, 250, "#b9c4cc")
    for window in range(4):
        box(d, 90 + window * 275, 110, 200, 230, "#bcd5e3", 4)
        box(d, 186 + window * 275, 110, 8, 230, "#f4f7f9")
    banner(d, 300, 34, 600, "#0b4f8a")
    crowd(d, c, 505, 104, 7)
    table(d, 60, 520, 1080)
    papers(d, c, 90, 520, 1020)


def _street(d: Draw, c: random.Random) -> None:
    for x in (0, 230, 520, 800, 1000):
        building(d, c, x, c.uniform(170, 240), c.uniform(220, 400))
    box(d, 0, 520, WIDTH, 230, "#c9cdd0")
    trees(d, c, 530, 6)
    shape(d, [(360, 330), (840, 330), (880, 400), (320, 400)], "#b5121b")
    box(d, 370, 400, 8, 170, "#6f777d")
    box(d, 822, 400, 8, 170, "#6f777d")
    crowd(d, c, 620, 96, 9)
    table(d, 380, 590, 440)
    papers(d, c, 400, 590, 400)


def _village(d: Draw, c: random.Random) -> None:
    hills(d, c)
    box(d, 0, 500, WIDTH, 250, "#c9cf9d")
    for x in (80, 330, 900):
        box(d, x, 400, 180, 130, "#eee3cf")
        shape(d, [(x - 24, 404), (x + 90, 320), (x + 204, 404)], "#9a5b45")
        box(d, x + 70, 460, 40, 70, "#7b6a55")
    trees(d, c, 520, 5)
    banner(d, 560, 440, 300)
    crowd(d, c, 660, 112, 8)


def _school(d: Draw, c: random.Random) -> None:
    building(d, c, 120, 960, 330)
    box(d, 520, 380, 160, 140, "#6f8797", 4)
    box(d, 1090, 110, 8, 420, "#8f9aa3")
    shape(d, [(1098, 114), (1178, 138), (1098, 176)], "#b5121b")
    box(d, 0, 520, WIDTH, 230, "#b98d6b")
    for lane in range(3):
        box(d, 0, 570 + lane * 60, WIDTH, 4, "#e4cdb8")
    crowd(d, c, 660, 92, 11)


def _counter(d: Draw, c: random.Random) -> None:
    box(d, 0, 90, WIDTH, 70, "#0b4f8a")
    for sign in range(4):
        box(d, 90 + sign * 280, 106, 180, 38, "#f2f6f9", 6)
    crowd(d, c, 440, 110, 4)
    box(d, 0, 450, WIDTH, 150, "#d8cdbb")
    box(d, 0, 440, WIDTH, 22, "#a98f6d")
    for pane in range(5):
        box(d, pane * 280 + 36, 250, 6, 195, "#9fb2bd")
    box(d, 0, 600, WIDTH, 150, "#c3cbd0")
    crowd(d, c, 700, 124, 5)


def _studio(d: Draw, c: random.Random) -> None:
    box(d, 0, 0, WIDTH, HEIGHT, "#1f3648")
    for lamp in (160, 560, 960):
        shape(d, [(lamp, 0), (lamp + 80, 0), (lamp + 260, 520), (lamp - 180, 520)], "#29465c")
    box(d, 250, 120, 700, 320, "#335b78", 10)
    box(d, 270, 140, 660, 280, "#3f7096", 6)
    banner(d, 330, 240, 540)
    box(d, 0, 560, WIDTH, 190, "#172937")
    for x in (430, 770):
        person(d, c, x, 560, 150)
    table(d, 300, 560, 600)


def _river(d: Draw, c: random.Random) -> None:
    hills(d, c)
    shape(d, [(0, 560), (WIDTH, 480), (WIDTH, 620), (0, 720)], "#9fc0cf")
    box(d, 0, 690, WIDTH, 60, "#b7c49a")
    for x in (120, 420, 760):
        building(d, c, x, 150, c.uniform(140, 260))
    trees(d, c, 700, 7)


def _library(d: Draw, c: random.Random) -> None:
    box(d, 0, 560, WIDTH, 190, "#d6c7ae")
    for shelf in range(4):
        left = 60 + shelf * 280
        box(d, left, 110, 240, 450, "#8a6a48", 4)
        for row in range(4):
            box(d, left + 12, 126 + row * 108, 216, 92, "#6f5438")
            at = left + 18.0
            while at < left + 205:
                wide, high = c.uniform(12, 24), c.uniform(58, 84)
                box(d, at, 216 + row * 108 - high, wide, high, c.choice(COATS), 2)
                at += wide + 4
    table(d, 160, 610, 880)
    for x in (300, 600, 900):
        person(d, c, x, 606, 112)
    box(d, 160, 610, 880, 26, "#9b7a55", 4)
    papers(d, c, 210, 610, 780)


def _round_table(d: Draw, c: random.Random) -> None:
    box(d, 0, 470, WIDTH, 280, "#c9bda6")
    box(d, 120, 120, 300, 220, "#bcd5e3", 6)
    box(d, 266, 120, 8, 220, "#f4f7f9")
    banner(d, 560, 130, 480, "#3f6f8f")
    for x in (330, 600, 870):
        person(d, c, x, 480, 118)
    oval(d, 170, 440, 860, 190, "#a9825a")
    oval(d, 190, 446, 820, 168, "#bf9a70")
    papers(d, c, 400, 520, 400)
    for x in (250, 950):
        person(d, c, x, 660, 142)


SCENES: dict[str, Scene] = {
    "library": _library,
    "table": _round_table,
    "lecture": _lecture,
    "meeting": _meeting,
    "street": _street,
    "village": _village,
    "school": _school,
    "counter": _counter,
    "studio": _studio,
    "river": _river,
}
