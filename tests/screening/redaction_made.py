"""Files for the tests of redaction, and looks into what came out. All people are invented."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageStat

from gongkai.screening import Report
from gongkai.screening.redaction import Area, Box, Ground, Redacted, glyphs, redact, searching
from tests.screening.pdf_made import image, saved

NAME, OTHER = "欧阳晓明", "经办人员"
WHY = Ground("第15条 个人隐私", "条例第15条：个人隐私")
GROUNDS = {"privacy": WHY, "secret": Ground("第14条 国家秘密", "条例第14条：国家秘密")}


def shown(text: str, x: float, y: float, size: int = 20, font: str = "F1") -> str:
    """A line of Chinese text."""
    return f"BT /{font} {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def font(made: Pdf, writing: str = "H") -> Any:
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), DW=1000,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="GB1", Supplement=5),
    )  # fmt: skip
    return made.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"),
            Encoding=Name(f"/UniGB-UTF16-{writing}"), DescendantFonts=Array([inner]),
        )
    )  # fmt: skip


def document(*contents: str, **keys: Any) -> bytes:
    """Pages of 400 by 600 points, each with fonts of its own; ``keys`` go on every page."""
    made = Pdf.new()
    for content in contents:
        page = made.add_blank_page(page_size=(400, 600))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font(made), F2=font(made, "V")))
        page.obj.Contents = Stream(made, content.encode())
        for key, value in keys.items():
            page.obj[f"/{key}"] = Array(value) if isinstance(value, list) else value
    return saved(made)


def scan(picture: Image.Image, pages: int = 1) -> bytes:
    """Pages that show one picture, the same object on each."""
    made = Pdf.new()
    thing = made.make_indirect(image(made, picture))
    for _ in range(pages):
        page = made.add_blank_page(page_size=(400, 600))
        page.obj.Resources = Dictionary(XObject=Dictionary(I=thing))
        page.obj.Contents = Stream(made, b"q 400 0 0 600 0 0 cm /I Do Q")
    return saved(made)


def around(data: bytes, phrase: str, page: int = 1, ground: str = "privacy") -> list[Box]:
    """Boxes around a phrase on one page."""
    return searching.phrase_on(letters(data, page), page, phrase, ground)


def letters(data: bytes, page: int = 1) -> glyphs.Page:
    drawn = pdfium.PdfDocument(data)[page - 1]
    return glyphs.read(drawn, drawn.get_textpage())


def unscreened(*_: Any, **__: Any) -> Report:
    """In the place of the screening of a result, which takes half of the time and has its own
    tests.
    """
    return Report("clean", (), "", "application/pdf", "")


def without(data: bytes, boxes: Sequence[Box], name: str = "a.pdf", **more: Any) -> Redacted:
    return redact(data, name, boxes, GROUNDS, **more)


def texts(data: bytes) -> list[str]:
    """The words of each page without blanks, seen or not."""
    return ["".join(p.get_textpage().get_text_range().split()) for p in pdfium.PdfDocument(data)]


def darkness(data: bytes, area: Area, page: int = 1) -> float:
    """Mean shade of a part of the page as it shows: 0 black, 255 white."""
    drawn = pdfium.PdfDocument(data)[page - 1].render(scale=2).to_pil().convert("L")
    wide, high = drawn.size
    spot = (area.left * wide, area.top * high, area.right * wide, area.bottom * high)
    return float(ImageStat.Stat(drawn.crop(tuple(int(n / 100) for n in spot))).mean[0])


def streams(data: bytes) -> Iterator[bytes]:
    """Everything in the file: as it lies there, and unpacked."""
    yield data
    with pikepdf.open(io.BytesIO(data)) as made:
        for thing in made.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:
                    yield thing.read_raw_bytes()
            else:
                yield repr(thing).encode()


def lies_in(data: bytes, word: str) -> bool:
    """Whether the word is anywhere in the file, in a coding that these tests write."""
    codes = [word.encode(c) for c in ("utf-8", "utf-16-be", "gb18030")]
    needles = [*codes, *(code.hex().encode() for code in codes[1:])]
    return any(needle in blob for blob in streams(data) for needle in needles)
