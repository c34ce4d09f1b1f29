"""Letters of a PDF page that are not seen because they lie beyond the page or beyond the frame
that they are drawn in.

Office programs print a chart or a wide table that does not fit on one page again on the next, each
time whole and each time cut off by a frame, and cut a long line at the edge of its cell. Three
cases are told apart when all pages are read. What shows in full on some page is nothing hidden: a
note. The rest of words whose beginning or end shows is cut short: a person looks at it. Everything
else beyond the edge is hidden as white letters are: a block. Letters that something covers, or that
leave no ink inside the frame, are no matter of this drawer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.files.pdfglyphs import Char
from gongkai.screening.files.pdfink import Sheet

Area = tuple[float, float, float, float]
_SLACK = 0.5
_GAP, _TOUCH = 1.5, 0.25
_SHORT = 4
"""Shorter pieces are found in any text: they have to stand alone on the page that shows them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Words beyond an edge; ``whole`` are those of their letters that the edge does not split,
    ``goes_on`` whether the neighbouring letters show.
    """

    text: str
    whole: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """What a page tells about its edges: what they cut, the short words that show, and the words
    of which a part shows.
    """

    cuts: list[Cut]
    short: set[str]
    partly: set[str]


def cut_off(page: pdfium.PdfPage, sheet: Sheet, layer: set[int]) -> tuple[set[int], Edge]:
    """The letters beyond an edge by number, and the words that they make."""
    seen = {char.index: False for char in sheet.chars if char.seen}
    words = ("".join(c.text for c in run) for run, _ in _runs(sheet.chars, seen))
    short = {word for word in words if len(word) < _SHORT}
    doubtful = [char for char in sheet.chars if not char.seen and char.index not in layer]
    frames = _frames(page, sheet, {char.owner for char in doubtful}) if doubtful else {}
    split = {c.index: _inside(c, frames[c.owner]) for c in doubtful if _beyond(c, frames[c.owner])}
    cuts = []
    for run, goes_on in _runs(sheet.chars, split):
        whole = "".join(char.text for char in run if not split[char.index])
        cuts.append(Cut("".join(char.text for char in run), whole, goes_on))
    partly = {
        "".join(char.text for char in run)
        for run, _ in (_runs(sheet.chars, seen | split) if split else ())
        if any(char.seen or split.get(char.index) for char in run)
    }
    return set(split), Edge(cuts, short, partly)


def parted(cuts: list[Cut], seen: Iterable[str], edges: Iterable[Edge]) -> dict[str, list[str]]:
    """The words that an edge cuts: those that show ``elsewhere``, those cut ``short``, those that
    are ``hidden``. ``seen`` and ``edges``: of all pages.
    """
    compact = "\n".join("".join(text.split()) for text in seen)
    alone: set[str] = set()
    partly: set[str] = set()
    for edge in edges:
        alone |= edge.short
        partly |= edge.partly
    found: dict[str, list[str]] = {"elsewhere": [], "short": [], "hidden": []}
    for cut in cuts:
        known = cut.whole in (alone if len(cut.whole) < _SHORT else compact)
        begun = cut.goes_on or cut.whole in partly
        way = "elsewhere" if known or not cut.whole else "short" if begun else "hidden"
        found[way].append(cut.text)
    return found


def _frames(page: pdfium.PdfPage, sheet: Sheet, owners: set[int]) -> dict[int, Area]:
    """For each text object the part of the page that it can be seen in. Frames inside of forms are
    in coordinates of their own and are not read.
    """
    whole: Area = page.get_bbox()
    own = {
        ctypes.cast(thing.raw, ctypes.c_void_p).value
        for thing in page.get_objects(max_depth=1)
        if thing.type == raw.FPDF_PAGEOBJ_TEXT
    }
    return {o: _frame(sheet.owners[o], whole) if o in own else whole for o in owners}


def _frame(thing: object, whole: Area) -> Area:
    clip = raw.FPDFPageObj_GetClipPath(thing)
    left, bottom, right, top = whole
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        xs, ys = [], []
        for number in range(max(raw.FPDFClipPath_CountPathSegments(clip, path), 0)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, number)
            if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            left, right = max(left, min(xs)), min(right, max(xs))
            bottom, top = max(bottom, min(ys)), min(top, max(ys))
    return left, bottom, right, top


def _beyond(char: Char, frame: Area) -> bool:
    x0, y0, x1, y1 = char.area
    return (
        x0 < frame[0] - _SLACK
        or y0 < frame[1] - _SLACK
        or x1 > frame[2] + _SLACK
        or y1 > frame[3] + _SLACK
    )


def _inside(char: Char, frame: Area) -> bool:
    """Whether a part of the letter lies inside."""
    x0, y0, x1, y1 = char.area
    return x1 > frame[0] and y1 > frame[1] and x0 < frame[2] and y0 < frame[3]


def _runs(chars: list[Char], wanted: dict[int, bool]) -> Iterator[tuple[list[Char], bool]]:
    """Wanted letters that stand together, and whether a letter that shows stands beside them."""
    run: list[Char] = []
    goes_on = False
    before: Char | None = None
    for char in chars:
        mine, close = char.index in wanted, before is not None and _near(before, char)
        if run and (not mine or not close):
            yield run, goes_on or (close and char.seen)
            run = []
        if mine:
            if not run:
                goes_on = bool(close and before is not None and before.seen)
            run.append(char)
        before = char
    if run:
        yield run, goes_on


def _near(one: Char, other: Char) -> bool:
    """Whether two letters are neighbours in a line, whichever way the line runs."""
    across = max(one.area[0], other.area[0]) - min(one.area[2], other.area[2])
    down = max(one.area[1], other.area[1]) - min(one.area[3], other.area[3])
    size = max(other.area[2] - other.area[0], one.area[2] - one.area[0], 3.0)
    return (down < 0 and across <= _GAP * size) or max(across, down) <= _TOUCH * size
