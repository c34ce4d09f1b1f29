"""Pages that are pictures: how they are drawn, stored in a PDF, and filled."""

from __future__ import annotations

import io
import zlib
from typing import NamedTuple

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops

from gongkai.refusal import Refused

DOTS = 200
_LEAST_DOTS = 100
_MOST_PIXELS = 32_000_000
"""A1 at 200 dots an inch; larger sheets get fewer dots, down to a hundred."""
_GREY = 12
_QUALITY = 88
NAME = Name.Page


class Encoded(NamedTuple):
    """The bytes of one picture and how a PDF unpacks them."""

    data: bytes
    filter: Name
    space: Name
    bits: int
    size: tuple[int, int]


def drawn(page: pdfium.PdfPage, unit: float, number: int) -> tuple[Image.Image, int]:
    """The page upright in colours, and its dots per inch. ``unit``: points of the page's unit.

    Raises ``Refused`` for a sheet that would show too few dots.
    """
    wide, high = page.get_size()
    area = max(wide * high, 1.0)
    scale = min(DOTS / 72 * unit, (_MOST_PIXELS / area) ** 0.5)
    dots = round(scale / unit * 72)
    if dots < _LEAST_DOTS:
        raise Refused(
            f"第{number}页幅面过大，画成图像会看不清。请把这一页分成几张较小的页面后上传。",
            rule="REDACT-FILE", field="file",
        )  # fmt: skip
    bitmap = page.render(scale=scale)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image, dots


def encoded(image: Image.Image) -> Encoded:
    """The smaller of a JPEG and, for pages of ink on paper, of sixteen plain shades."""
    plain = image if image.mode == "L" else _grey(image) or image
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY)
    space = Name.DeviceGray if plain.mode == "L" else Name.DeviceRGB
    as_jpeg = Encoded(out.getvalue(), Name.DCTDecode, space, 8, plain.size)
    if plain.mode != "L":
        return as_jpeg
    flat = zlib.compress(_sixteen(plain), 6)
    if len(flat) >= len(as_jpeg.data):
        return as_jpeg
    return Encoded(flat, Name.FlateDecode, Name.DeviceGray, 4, plain.size)


def _grey(image: Image.Image) -> Image.Image | None:
    red, green, blue = image.convert("RGB").split()
    for one, other in ((red, green), (green, blue), (red, blue)):
        high = ImageChops.difference(one, other).getextrema()[1]
        if isinstance(high, tuple) or high > _GREY:
            return None
    return image.convert("L")


def _sixteen(image: Image.Image) -> bytes:
    """Two pixels a byte, each row from a new byte on."""
    if image.width % 2:
        wider = Image.new("L", (image.width + 1, image.height), 255)
        wider.paste(image, (0, 0))
        image = wider
    shades = image.point([(shade * 15 + 127) // 255 for shade in range(256)]).tobytes()
    high = shades[0::2].translate(bytes((n & 15) << 4 for n in range(256)))
    both = int.from_bytes(high, "big") | int.from_bytes(shades[1::2], "big")
    return both.to_bytes(len(high), "big")


def put(
    made: pikepdf.Pdf,
    picture: Encoded,
    size: tuple[float, float],
    layer: bytes = b"",
    turn: int = 0,
) -> pikepdf.Page:
    """A new page that shows the picture over all of its ``size`` (points, as shown); ``layer``:
    what is written over it without ink; ``turn``: which way its lines run, as a page's ``Rotate``,
    so that for a reader of the words they run to the right.
    """
    wide, high = size if turn in {0, 180} else (size[1], size[0])
    page = made.add_blank_page(page_size=(round(wide, 2), round(high, 2)))
    thing = Stream(made, b"")
    thing.write(picture.data, filter=picture.filter)
    thing.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=picture.size[0], Height=picture.size[1],
            ColorSpace=picture.space, BitsPerComponent=picture.bits,
        )
    )  # fmt: skip
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=made.make_indirect(thing)))
    page.obj.Contents = made.make_stream(placing((wide, high), turn) + layer)
    page.obj.MediaBox = Array([0, 0, round(wide, 2), round(high, 2)])
    if turn:
        page.obj.Rotate = turn
    return page


def placing(size: tuple[float, float], turn: int) -> bytes:
    """How such a page begins; ``size`` before it is turned. The proof compares with it."""
    w, h = (f"{side:.2f}" for side in size)
    matrix = {
        0: f"{w} 0 0 {h} 0 0",
        90: f"0 {h} -{w} 0 {w} 0",
        180: f"-{w} 0 0 -{h} {w} {h}",
        270: f"0 -{h} {w} 0 0 {h}",
    }[turn]
    return f"q {matrix} cm /Page Do Q\n".encode()
