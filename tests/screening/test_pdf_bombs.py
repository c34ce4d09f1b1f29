"""PDFs that are meant to hurt, and broken ones: turned down quickly and with a reason."""

from __future__ import annotations

import io
import time
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from gongkai.screening import screen_file
from tests.screening.pdf_made import changed, drawn, line, notice


def loop(made: Pdf) -> None:
    made.Root.Pages.Kids.append(made.Root.Pages)


def deep(_: Pdf | None = None) -> bytes:
    body = b"[" * 20_000 + b"]" * 20_000
    return (
        notice().replace(b"%%EOF", b"").rstrip() + b"\n9999 0 obj\n" + body + b"\nendobj\n%%EOF\n"
    )


def huge(made: Pdf) -> None:
    engine = zlib.compressobj(9)
    block = b"0 0 m " * 200_000
    raw = b"".join(engine.compress(block) for _ in range(120)) + engine.flush()
    stream = Stream(made, b"")
    stream.write(raw, filter=Name.FlateDecode)
    made.pages[0].Contents = stream


def forms(made: Pdf) -> None:
    """Ten forms, each drawing the next ten times."""
    inner = Stream(made, b"0 0 1 1 re f")
    inner.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(10):
        outer = Stream(made, b"/X Do " * 10)
        outer.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]),
            Resources=Dictionary(XObject=Dictionary(X=made.make_indirect(inner))),
        )  # fmt: skip
        inner = outer
    made.pages[0].add_resource(inner, Name.XObject, Name.X)
    made.pages[0].Contents = Stream(made, b"/X Do")


def itself(made: Pdf) -> None:
    form = made.make_indirect(Stream(made, b"/X Do"))
    form.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    made.pages[0].add_resource(form, Name.XObject, Name.X)
    made.pages[0].Contents = Stream(made, b"/X Do")


def giant(made: Pdf) -> None:
    thing = Stream(made, b"x")
    thing.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=100_000, Height=100_000,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    made.pages[0].add_resource(thing, Name.XObject, Name.Im)


def hundred_thousand() -> bytes:
    """Written by hand: 100,000 pages that are one object each."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    count = 100_000
    kids = b" ".join(b"%d 0 R" % n for n in range(3, count + 3))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
    ]
    bodies += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    return out.getvalue()


def locked(user: str) -> bytes:
    with pikepdf.open(io.BytesIO(notice())) as made:
        out = io.BytesIO()
        made.save(out, encryption=pikepdf.Encryption(owner="o", user=user))
    return out.getvalue()


def tree_loop() -> bytes:
    """qpdf would not write such a tree."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]/Parent 2 0 R>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    )


BOMBS = {
    "page tree loop": (tree_loop, ""),
    "nesting": (deep, "嵌套"),
    "stream": (lambda: changed(huge), "压缩炸弹"),
    "forms": (lambda: changed(forms), "套用"),
    "form in itself": (lambda: changed(itself), "套用"),
    "picture": (lambda: changed(giant), "像素过大"),
    "pages": (hundred_thousand, "过多"),
    "password": (lambda: locked("x"), "加密"),
    "owner's password": (lambda: locked(""), "加密"),
    "dynamic form": (
        lambda: changed(lambda m: m.Root.__setitem__("/AcroForm", Dictionary(XFA="x"))),
        "动态表单",
    ),
    "no page": (lambda: changed(lambda m: m.pages.__delitem__(0)), "页"),
    "cut": (lambda: notice()[:400], "损坏"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_turned_down_quickly_and_with_a_reason(bomb: str) -> None:
    make, reason = BOMBS[bomb]
    data = make()
    started = time.process_time()
    report = screen_file(data, "a.pdf")
    assert "unreadable" in {f.kind for f in report.findings}, report.findings
    assert report.verdict in {"unreadable", "block"}
    assert reason in "".join(f.advice for f in report.findings if f.kind == "unreadable")
    assert time.process_time() - started < 8


BASES = [notice(), drawn("q 3 Tr " + line() + "Q")]


@given(base=st.sampled_from(BASES), data=st.data())
def test_a_mutated_pdf_never_breaks_the_screening(base: bytes, data: st.DataObject) -> None:
    """A damaged file is anything but an error of ours; and never clean without its text."""
    body = bytearray(base)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(8, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 3))
    report = screen_file(bytes(body[: len(body) - cut * len(body) // 5]), "a.pdf")
    assert report.verdict in {"clean", "review", "block", "unreadable"}
