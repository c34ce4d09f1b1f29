"""One PDF page: the text a reader sees, the text that is there without being seen, and the text
layer that scanners put under or over their pictures.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from gongkai.screening.files.pdfcut import Edge, cut_off
from gongkai.screening.files.pdfglyphs import Char
from gongkai.screening.files.pdfink import Sheet

_BIG = 0.4
"""Part of a page that a picture covers when the page counts as a scan."""
_FEW = 10
_DRAWN = 0.02
_STROKES = 50
_GAP = 1.5
Area = tuple[float, float, float, float]
_BLANKS = {9: "\t", 10: "\n", 13: "", 32: " ", 160: " ", 0x3000: "\u3000"}
_MAX_RUN = 3


@dataclass(slots=True)
class PageText:
    """``layer``: text over or under a page-sized picture that has ink where the text stands;
    ``edge``: words beyond the edge of the page or of a frame, which are in no other text.
    """

    seen: str
    unseen: str
    layer: str
    garbled: bool
    scanned: bool
    pictures: float
    strokes: int
    picture: Image.Image
    edge: Edge


def read_page(page: pdfium.PdfPage) -> PageText:
    """Reads one page; draws it at least twice."""
    words = page.get_textpage()
    try:
        sheet = Sheet(page, words)
        sheet.judge()
        covered, area, strokes = _pictures(page)
        layer = _layered(sheet, covered) if covered else set()
        beyond, edge = cut_off(page, sheet, layer)
        text = _texts(sheet, layer, beyond)
        picture = sheet.full
        assert picture is not None
        letters = len("".join((text[0] + text[2]).split()))
        drawn = (strokes > _STROKES or area > _DRAWN) and _has_ink(picture)
        return PageText(
            seen=text[0],
            unseen=text[1],
            layer=text[2],
            garbled=_garbled(sheet, words),
            scanned=letters < _FEW and (bool(covered) or drawn),
            pictures=area,
            strokes=strokes,
            picture=picture,
            edge=edge,
        )
    finally:
        words.close()


def plain_text(page: pdfium.PdfPage) -> str:
    """Every word on a page, seen or not."""
    words = page.get_textpage()
    try:
        return str(words.get_text_range()).replace("\r\n", "\n")
    finally:
        words.close()


def _texts(sheet: Sheet, layer: set[int], beyond: set[int]) -> tuple[str, str, str]:
    """Seen text with line ends and with tabs for wide gaps; unseen text; layer text."""
    seen: list[str] = []
    unseen: list[str] = []
    layered: list[str] = []
    chars = {char.index: char for char in sheet.chars if char.index not in beyond}
    before: Char | None = None
    into = seen
    for index in range(sheet.words.count_chars()):
        char = chars.get(index)
        if index in beyond:
            continue
        if char is None:
            blank = _BLANKS.get(raw.FPDFText_GetUnicode(sheet.words, index))
            into.append(blank if blank is not None else "")
            continue
        mine = seen if char.seen else layered if index in layer else unseen
        if mine is not into and mine:
            mine.append("\n" if mine is not seen or into[-1:] == ["\n"] else " ")
        if before is not None and mine is into and _apart(before, char):
            mine.append("\t")
        into, before = mine, char
        into.append(char.text)
    return _joined(seen), _joined(unseen).strip(), _joined(layered)


def _joined(pieces: list[str]) -> str:
    text = "".join(pieces).replace(" \t", "\t")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _apart(one: Char, other: Char) -> bool:
    """Whether two neighbours of a line stand as far apart as the cells of a table."""
    if one.area[1] > other.area[3] or other.area[1] > one.area[3]:
        return False
    size = max(one.area[2] - one.area[0], other.area[2] - other.area[0], 3.0)
    return other.area[0] - one.area[2] > _GAP * size


def _pictures(page: pdfium.PdfPage) -> tuple[list[Area], float, int]:
    """Page-sized pictures, the part of the page under any picture, and the number of strokes."""
    left, bottom, right, top = page.get_bbox()
    whole = max((right - left) * (top - bottom), 1.0)
    big: list[Area] = []
    total, strokes = 0.0, 0
    for thing in page.get_objects(max_depth=1):
        kind = thing.type
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inner = [o.type for o in page.get_objects(form=thing, level=1)]
            strokes += inner.count(raw.FPDF_PAGEOBJ_PATH)
            if raw.FPDF_PAGEOBJ_IMAGE not in inner:
                continue
        elif kind != raw.FPDF_PAGEOBJ_IMAGE:
            strokes += kind == raw.FPDF_PAGEOBJ_PATH
            continue
        box = _bounds(thing)
        inside = (max(box[0], left), max(box[1], bottom), min(box[2], right), min(box[3], top))
        part = max(inside[2] - inside[0], 0) * max(inside[3] - inside[1], 0) / whole
        total += part
        if part >= _BIG:
            big.append(inside)
    return big, total, strokes


def _bounds(thing: pdfium.PdfObject) -> Area:
    numbers = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *(ctypes.byref(n) for n in numbers))
    return numbers[0].value, numbers[1].value, numbers[2].value, numbers[3].value


def _layered(sheet: Sheet, covered: list[Area]) -> set[int]:
    """Unseen characters with ink of the picture under them. Text over a blank place is hidden,
    not recognised; single letters may miss their ink a little.
    """
    bare = sheet.bare or sheet.full
    found: set[int] = set()
    for run in _runs(sheet, covered):
        inked = [char for char in run if bare is not None and _contrast(bare, char)]
        if len(inked) * 2 >= len(run) or len(run) - len(inked) <= _MAX_RUN < len(run):
            found.update(char.index for char in run)
    return found


def _runs(sheet: Sheet, covered: list[Area]) -> Iterator[list[Char]]:
    """Unseen characters of one line over a picture."""
    run: list[Char] = []
    for char in sheet.chars:
        x, y = (char.area[0] + char.area[2]) / 2, (char.area[1] + char.area[3]) / 2
        over = any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in covered)
        fits = not char.seen and over
        if run and (not fits or abs(run[-1].area[1] - char.area[1]) > 12):
            yield run
            run = []
        if fits:
            run.append(char)
    if run:
        yield run


def _contrast(picture: Image.Image, char: Char) -> bool:
    return _range(picture.crop(char.box)) > 40


def _garbled(sheet: Sheet, words: pdfium.PdfTextPage) -> bool:
    """Whether letters show whose meaning the file does not say: no machine can search them."""
    seen = [char for char in sheet.chars if char.seen]
    bad = sum(
        raw.FPDFText_HasUnicodeMapError(words, char.index) == 1
        or char.text == "\ufffd"
        or "\ue000" <= char.text <= "\uf8ff"
        for char in seen
    )
    return bool(bad > _FEW and bad * 10 > len(seen))


def _has_ink(picture: Image.Image) -> bool:
    return _range(picture) > 12


def _range(grey: Image.Image) -> int:
    shades = [shade for shade, count in enumerate(grey.histogram()) if count]
    return shades[-1] - shades[0] if shades else 0
