"""More ways to hide something: revisions and scripts of a PDF, what pictures carry, threads."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
import zxingcpp
from openpyxl.formatting.rule import FormulaRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tests.screening import office_made as made
from tests.screening import old_made, pdf_made
from tests.screening.corpus.carriers import saved

Build = Callable[[str], bytes]
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def _first_content() -> bytes:
    with pikepdf.open(io.BytesIO(pdf_made.notice())) as paper:
        paper.pages[0].contents_coalesce()
        return bytes(paper.pages[0].Contents.read_bytes())


def revision(payload: str) -> bytes:
    """A line that was taken out by saving over the file."""
    if not payload:
        return pdf_made.notice()
    writer = PdfWriter(io.BytesIO(pdf_made.drawn(pdf_made.line(payload))), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(_first_content())
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _script(paper: Pdf, payload: str) -> None:
    paper.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=f"var a = '{payload}'")


def script(payload: str) -> bytes:
    """A script that runs when the file is opened."""
    if not payload:
        return pdf_made.notice()
    return pdf_made.changed(lambda paper: _script(paper, payload))


def cropped(payload: str) -> bytes:
    """A page cut smaller than what is drawn on it."""

    def crop(paper: Pdf) -> None:
        paper.pages[0].CropBox = Array([0, 600, 595, 842])

    return pdf_made.changed(crop, pdf_made.drawn(pdf_made.line(payload)) if payload else None)


def beyond_a_frame(payload: str) -> bytes:
    """Words that are drawn outside of the frame that holds them."""
    frame = "q 60 480 300 40 re W n {} Q\n"
    inside = pdf_made.line(payload or "2026", y=200 if payload else 500)
    return pdf_made.drawn(frame.format(inside))


def behind_the_end(payload: str) -> bytes:
    """Words behind the end of a PDF."""
    return pdf_made.notice() + (f"\n{payload}\n".encode() if payload else b"")


def _photo(**options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((200, 120)).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def behind_a_picture(payload: str) -> bytes:
    """Words behind the end of a photo."""
    return _photo() + payload.encode()


def located(payload: str) -> bytes:
    """Where a photo was taken. The place alone is the finding."""
    exif = Image.Exif()
    if payload:
        exif[0x8825] = {1: "N", 2: (34.0, 15.0, 0.0), 3: "E", 4: (108.0, 56.0, 0.0)}
        exif[0x010E] = payload
    return _photo(exif=exif)


def thumbnail(payload: str) -> bytes:
    """A thumbnail of what the picture was before it was cut; the payload is in its own words."""
    small = Image.linear_gradient("L").resize((160, 96)).convert("RGB")
    if payload:
        small = Image.effect_mandelbrot((160, 96), (-2, -1, 1, 1), 50).convert("RGB")
    out = io.BytesIO()
    small.save(out, "JPEG", comment=payload.encode() or None)
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + out.getvalue()
    data = _photo()
    return data[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + data[2:]


def qr_code(payload: str) -> bytes:
    """A code that a telephone reads and a reader does not."""
    picture = Image.new("L", (400, 300), 255)
    ImageDraw.Draw(picture).ellipse((40, 180, 90, 230), fill=90)
    if payload:
        code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode)
        raw = zxingcpp.write_barcode_to_image(code, scale=5)
        picture.paste(Image.frombytes("L", (raw.shape[1], raw.shape[0]), bytes(raw)), (200, 40))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def white_on_a_slide(payload: str) -> bytes:
    """White words on an old slide."""
    words = payload or "公开"
    style = old_made.looks((len(words) + 1, 0xFEFFFFFF if payload else 0xFE000000))
    return old_made.ppt(old_made.slide_with(old_made.drawn_shape(words, style=style)))


def under_a_shape(payload: str) -> bytes:
    """Words on an old slide under a filled shape."""
    cover = old_made.drawn_shape(p385=0x00663300, p447=0x00100010)
    words = old_made.drawn_shape(payload or "公开")
    return old_made.ppt(old_made.slide_with(words, *([cover] if payload else [])))


def no_format(book: Any, payload: str) -> None:
    """A cell whose number format a rule takes away."""
    book.active["D1"] = payload
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
    rule = Rule(type="expression", formula=['D1<>""'], dxf=look)
    book.active.conditional_formatting.add("D1", rule)


def thread(payload: str, *, book: Callable[[str], bytes]) -> bytes:
    """A conversation about a cell."""
    body = (
        f'<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="A1" id="a">'
        f"<text>{payload}</text></threadedComment></ThreadedComments>"
    )
    parts: dict[str, Any] = {"xl/threadedComments/threadedComment1.xml": body} if payload else {}
    return made.repacked(book(""), parts)


def painted_away(book: Any, payload: str) -> None:
    """A cell that a condition which always holds paints white."""
    book.active["D1"] = payload
    rule = FormulaRule(formula=["TRUE"], font=Font(color="FFFFFFFF"))
    book.active.conditional_formatting.add("D1", rule)


def book_of(change: Callable[[Any, str], None], payload: str) -> bytes:
    """A small workbook with something done to it."""
    from openpyxl import Workbook

    book = Workbook()
    for row in (["年份", "件数"], [2014, 12]):
        book.active.append(row)
    if payload:
        change(book, payload)
    return saved(book)


MORE: dict[str, tuple[str, Build]] = {
    "earlier revision": ("pdf", revision),
    "script": ("pdf", script),
    "cropped page": ("pdf", cropped),
    "beyond a frame": ("pdf", beyond_a_frame),
    "behind the end of a PDF": ("pdf", behind_the_end),
    "behind the end of a photo": ("jpg", behind_a_picture),
    "place of a photo": ("jpg", located),
    "thumbnail of something else": ("jpg", thumbnail),
    "QR code": ("png", qr_code),
    "threaded comment": ("xlsx", partial(thread, book=partial(book_of, painted_away))),
    "conditional format": ("xlsx", partial(book_of, painted_away)),
    "conditional number format": ("xlsx", partial(book_of, no_format)),
    "white words of an old slide": ("ppt", white_on_a_slide),
    "covered words of an old slide": ("ppt", under_a_shape),
}
