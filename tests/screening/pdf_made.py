"""Makes PDFs for the tests: an ordinary page, and what can be done to it. All people invented."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image
from weasyprint import HTML

from gongkai.screening import Report, screen_file

ID = "990101199003078535"
NOTICE = "关于做好政府信息公开工作的通知"


@cache
def notice(body: str = "") -> bytes:
    """One page with the notice and ``body``."""
    data: bytes = HTML(string=f"<p>{NOTICE}</p>{body}").write_pdf()
    return data


def saved(made: Pdf, **options: object) -> bytes:
    """The bytes of a PDF."""
    out = io.BytesIO()
    made.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def changed(change: Callable[[Pdf], object], base: bytes | None = None) -> bytes:
    """The notice (or ``base``) with something done to it."""
    with pikepdf.open(io.BytesIO(base or notice())) as made:
        change(made)
        return saved(made)


def drawn(content: str, *, base: bytes | None = None, **resources: object) -> bytes:
    """The notice with something drawn over it. ``/F9`` is Helvetica."""

    def add(made: Pdf) -> None:
        page = made.pages[0]
        page.add_resource(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica),
            Name.Font,
            Name.F9,
        )
        for name, thing in resources.items():
            group = Name.Properties if name.startswith("L") else Name.XObject
            group = Name.ExtGState if name.startswith("G") else group
            page.add_resource(thing(made), group, Name(f"/{name}"))  # type: ignore[operator]
        page.contents_coalesce()
        old = page.Contents.read_bytes()
        page.Contents = Stream(made, b"q " + old + b" Q\n" + content.encode())

    return changed(add, base)


def line(text: str = ID, y: int = 500, size: float = 12, x: int = 72) -> str:
    """A line of text in the current colour."""
    return f"BT /F9 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def image(made: Pdf, picture: Image.Image | None = None) -> Stream:
    """A picture to be drawn with ``Do``."""
    picture = picture or Image.new("L", (8, 8), 0)
    thing = Stream(made, picture.tobytes())
    thing.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip
    return thing


def layer(made: Pdf) -> Dictionary:
    """A layer that is switched off."""
    off = made.make_indirect(Dictionary(Type=Name.OCG, Name="旧稿"))
    made.Root.OCProperties = Dictionary(
        OCGs=Array([off]), D=Dictionary(OFF=Array([off]), Order=Array([off]))
    )
    return off


def found(data: bytes, kind: str, name: str = "a.pdf") -> str:
    """Where a kind was found, all places joined."""
    return places(screen_file(data, name), kind)


def places(report: Report, kind: str) -> str:
    """Where a kind was found, all places joined."""
    return " ".join(f.place for f in report.findings if f.kind == kind)
