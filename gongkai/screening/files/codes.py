"""QR and bar codes: their text is published with the picture, so it is searched like any other."""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image

from gongkai.screening.passages import Passage

_MAX_AREA = 12_000_000
_MOST = 50


def codes(image: Image.Image, label: str) -> Iterator[Passage]:
    """The text of each code in a picture, in both colours and all four turns."""
    grey = image.convert("L")
    if (area := grey.width * grey.height) > _MAX_AREA:
        grey.thumbnail((int(grey.width * (_MAX_AREA / area) ** 0.5),) * 2)
    found = zxingcpp.read_barcodes(grey, text_mode=zxingcpp.TextMode.Plain)
    for number, code in enumerate(found[:_MOST], 1):
        text = code.text or code.bytes.decode("utf-8", "ignore")
        if text.strip():
            yield Passage(f"{label}二维码或条码{number}", text, quiet=True)
