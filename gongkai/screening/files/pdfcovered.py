"""Pictures on a PDF page that a later box covers. A box over a scanned number is not deletion: the
picture below can be taken out whole.
"""

from __future__ import annotations

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

_SCALE = 1.5
_MAX_AREA = 12_000_000
_CELL = 8
"""Pixels of one place that is looked at."""
_INK, _FLAT = 60, 12
_MOST_CELLS = 3
_BOXES = {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_IMAGE}


def covers_picture(page: pdfium.PdfPage) -> bool:
    """Whether something drawn later hides ink of a picture below it."""
    things = list(page.get_objects())
    first = next((n for n, o in enumerate(things) if o.type == raw.FPDF_PAGEOBJ_IMAGE), None)
    if first is None:
        return False
    later = [o for o in things[first + 1 :] if o.type in _BOXES]
    if not later:
        return False
    texts = [o for o in things if o.type == raw.FPDF_PAGEOBJ_TEXT]
    _switch(texts, False)
    try:
        full = _draw(page)
        _switch(later, False)
        below = _draw(page)
    finally:
        _switch([*later, *texts], True)
    return _hidden_cells(full, below) > _MOST_CELLS


def _switch(things: list[pdfium.PdfObject], on: bool) -> None:
    for thing in things:
        raw.FPDFPageObj_SetIsActive(thing, on)


def _draw(page: pdfium.PdfPage) -> Image.Image:
    area = max(page.get_width() * page.get_height(), 1.0)
    bitmap = page.render(scale=min(_SCALE, (_MAX_AREA / area) ** 0.5), grayscale=True)
    image: Image.Image = bitmap.to_pil().convert("L")
    bitmap.close()
    return image


def _hidden_cells(full: Image.Image, below: Image.Image) -> int:
    """Places that are flat as the page is shown, and have ink without what was drawn later."""
    count = 0
    for y in range(0, full.height - _CELL, _CELL):
        for x in range(0, full.width - _CELL, _CELL):
            box = (x, y, x + _CELL, y + _CELL)
            low, high = _ends(below.crop(box))
            if high - low < _INK:
                continue
            low, high = _ends(full.crop(box))
            count += high - low < _FLAT
    return count


def _ends(grey: Image.Image) -> tuple[int, int]:
    data = grey.tobytes()
    return min(data), max(data)
