"""Which characters of a PDF page leave ink. The page is drawn with and without its text: where
the two pictures are alike, nobody sees the text, whatever the reason.

Text objects that lie on each other are left out one after the other, so that a hidden one cannot
borrow the ink of one that shows.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from gongkai.screening.files.pdfglyphs import LAYERS, Box, Char, layers_of, whole

_SCALE = 1.5
_SHARP = 3.0
_MAX_AREA = 12_000_000
_TINY = 2.0
"""Points: smaller letters are no letters to a reader."""
_FAINT, _FAINTEST = 24, 12
"""Steps of 255 between ink and ground that count as seen: at first sight, and looked at closely."""
_SPAN = 0.6
_COVERED = 0.45
_UNINKED = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}


class Sheet:
    """One page with its characters and its pictures with and without text."""

    def __init__(self, page: pdfium.PdfPage, words: pdfium.PdfTextPage) -> None:
        self.page, self.words = page, words
        self.owners: dict[int, Any] = {}
        self.chars = list(self._read())
        self.full: Image.Image | None = None
        self._layers: dict[int, int] = {}
        self.bare: Image.Image | None = None

    def _read(self) -> Any:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pointers = [ctypes.byref(number) for number in (left, right, bottom, top)]
        for index in range(self.words.count_chars()):
            code = raw.FPDFText_GetUnicode(self.words, index)
            if (
                code in {0, 9, 10, 13, 32, 160, 0x3000}
                or raw.FPDFText_IsGenerated(self.words, index) == 1
            ):
                continue
            owner = raw.FPDFText_GetTextObject(self.words, index)
            address = ctypes.cast(owner, ctypes.c_void_p).value or 0
            if not address or not raw.FPDFText_GetCharBox(self.words, index, *pointers):
                continue
            self.owners.setdefault(address, owner)
            yield Char(
                index, chr(code), (left.value, bottom.value, right.value, top.value), address
            )

    def judge(self) -> None:
        """Sets ``seen`` of every character."""
        self.full = self._draw(_SCALE, sharp=False)
        if not self.chars:
            self.bare = self.full
            return
        self._place(self.chars, self.full)
        modes = {a: raw.FPDFTextObj_GetTextRenderMode(o) for a, o in self.owners.items()}
        for char in self.chars:
            char.seen = not (
                modes[char.owner] in _UNINKED or self._off(char) or self._is_tiny(char)
            )
        inked = [char for char in self.chars if char.seen]
        self._layers = layers_of(inked)
        self._compare(inked, self.full, _FAINT, sharp=False)
        if doubtful := [char for char in inked if not char.seen]:
            self._look_closely(doubtful)
        self._uncovered([char for char in inked if char.seen])

    def _look_closely(self, doubtful: list[Char]) -> None:
        full = self._draw(_SHARP, sharp=True)
        self._place(doubtful, full)
        self._compare(doubtful, full, _FAINTEST, sharp=True)
        assert self.full is not None
        self._place(doubtful, self.full)

    def _compare(self, chars: list[Char], full: Image.Image, least: int, *, sharp: bool) -> None:
        for number in range(LAYERS + 1):
            owners = [a for a, layer in self._layers.items() if layer == number]
            mine = [c for c in chars if self._layers[c.owner] == number]
            if not mine:
                continue
            bare = self._without(owners, _SHARP if sharp else _SCALE, sharp=sharp)
            if number == 0 and not sharp:
                self.bare = bare
            ink = _difference(full, bare, least)
            for char in mine:
                char.seen = number < LAYERS and _spans(ink, char.box)

    def _uncovered(self, chars: list[Char]) -> None:
        """Bars that leave only a sliver of each letter: ink that shows against ink there is."""
        if not chars or self.full is None or self.bare is None or not self._painted_later():
            return
        others = [o for o in self.page.get_objects() if o.type not in _TEXTUAL]
        states = [(o, bool(raw.FPDFPageObj_SetIsActive(o, False))) for o in others]
        try:
            alone = self._draw(_SCALE, sharp=False, notes=False)
        finally:
            for thing, _ in states:
                raw.FPDFPageObj_SetIsActive(thing, True)
        plain = Image.new("L", alone.size, 255)
        there = _difference(alone, plain, _FAINT)
        bare = self._without(list(self.owners), _SCALE, sharp=False)
        shown = _difference(self.full, bare, _FAINT)
        for char in chars:
            ink = _count(there, char.box)
            if ink >= 12 and _count(shown, char.box) < _COVERED * ink:
                char.seen = False

    def _painted_later(self) -> bool:
        kinds = [o.type for o in self.page.get_objects()]
        first = next(
            (n for n, kind in enumerate(kinds) if kind == raw.FPDF_PAGEOBJ_TEXT), len(kinds)
        )
        later = any(kind not in _TEXTUAL for kind in kinds[first:])
        return later or raw.FPDFPage_GetAnnotCount(self.page) > 0

    def _without(self, owners: list[int], scale: float, *, sharp: bool) -> Image.Image:
        for owner in owners:
            raw.FPDFPageObj_SetIsActive(self.owners[owner], False)
        try:
            return self._draw(scale, sharp=sharp)
        finally:
            for owner in owners:
                raw.FPDFPageObj_SetIsActive(self.owners[owner], True)

    def _draw(self, scale: float, *, sharp: bool, notes: bool = True) -> Image.Image:
        area = max(self.page.get_width() * self.page.get_height(), 1.0)
        fitting = min(scale, (_MAX_AREA / area) ** 0.5)
        bitmap = self.page.render(scale=fitting, grayscale=not sharp, draw_annots=notes)
        image: Image.Image = bitmap.to_pil().copy()
        bitmap.close()
        return image if sharp else image.convert("L")

    def _place(self, chars: list[Char], picture: Image.Image) -> None:
        left, bottom, right, top = self.page.get_bbox()
        turn = self.page.get_rotation()
        wide, high = right - left or 1.0, top - bottom or 1.0
        across, down = (high, wide) if turn in {90, 270} else (wide, high)
        sx, sy = picture.width / across, picture.height / down
        for char in chars:
            x0, y0, x1, y1 = char.area
            if turn == 90:
                spot = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
            elif turn == 180:
                spot = (right - x1, y0 - bottom, right - x0, y1 - bottom)
            elif turn == 270:
                spot = (top - y1, right - x1, top - y0, right - x0)
            else:
                spot = (x0 - left, top - y1, x1 - left, top - y0)
            char.box = whole(spot[0] * sx, spot[1] * sy, spot[2] * sx, spot[3] * sy)

    def _off(self, char: Char) -> bool:
        left, bottom, right, top = self.page.get_bbox()
        x, y = (char.area[0] + char.area[2]) / 2, (char.area[1] + char.area[3]) / 2
        return not (left <= x <= right and bottom <= y <= top)

    def _is_tiny(self, char: Char) -> bool:
        if max(char.area[2] - char.area[0], char.area[3] - char.area[1]) >= _TINY:
            return False
        loose = self.words.get_charbox(char.index, loose=True)
        return bool(max(loose[2] - loose[0], loose[3] - loose[1]) < _TINY)


_TEXTUAL = {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}


def _difference(one: Image.Image, other: Image.Image, least: int) -> Image.Image:
    """White where the two differ by so much in any colour."""
    apart = ImageChops.difference(one, other)
    bands = apart.split()
    most = bands[0]
    for band in bands[1:3]:
        most = ImageChops.lighter(most, band)
    return most.point([0] * least + [255] * (256 - least))


def _spans(ink: Image.Image, box: Box) -> bool:
    """A letter that shows has ink over most of its height and width; a covered one has not."""
    inside = ink.crop(box).getbbox()
    if inside is None:
        return False
    wide, high = box[2] - box[0], box[3] - box[1]
    return (
        inside[2] - inside[0] >= _SPAN * wide - 1.5 and inside[3] - inside[1] >= _SPAN * high - 1.5
    )


def _count(ink: Image.Image, box: Box) -> int:
    return ink.crop(box).histogram()[255]
