"""The proof that the result does not hold what was taken out. It trusts nothing that made it: it
opens the bytes anew and looks at the pictures, the letters and every stream.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageChops

from gongkai.refusal import Refused
from gongkai.screening.files.pdfaround import words as text_of
from gongkai.screening.files.pdfopen import opened
from gongkai.screening.files.pdfpage import plain_text
from gongkai.screening.redaction import glyphs
from gongkai.screening.redaction.boxes import Box, Ground
from gongkai.screening.redaction.painting import fill
from gongkai.screening.redaction.picture import placing

_KEYS = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Rotate"}
_LAYER = re.compile(
    rb"(?:BT 3 Tr\n/Layer 1 Tf\n(?:[-0-9. ]+ Tm \[[-0-9a-f<> ]+\] TJ\n)+ET\n)?\s*", re.ASCII
)
_EDGE, _SAME = 8, 96
"""Pixels at the rim of a box that packing may smear; steps of 255 that it may change."""
_UNDER = 0.3
_CODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")


def prove(
    data: bytes, boxes: Sequence[Box], grounds: Mapping[str, Ground], pages: int
) -> list[str]:
    """The text of each page of the result. ``pages``: how many it must have.

    Raises ``Refused`` when something that a box covers is still there: then nothing is handed out.
    """
    texts = []
    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page - 1, []).append(box)
    with opened(data) as pdf:
        if len(pdf.drawn) != pages:
            raise _failed("页数不对")
        for number, mine in by_page.items():
            _only_a_picture(pdf.made.pages[number], number)
            _filled(pdf.made.pages[number], mine, grounds)
        for number in range(pages):
            page = pdf.drawn[number]
            _empty(page, by_page.get(number, []), number)
            texts.append(plain_text(page))
            page.close()
    return texts


def _failed(what: str) -> Refused:
    return Refused(
        f"核对没有通过：{what}。没有生成区分处理件，请联系系统管理员。", rule="REDACT-PROOF"
    )


def _only_a_picture(page: pikepdf.Page, number: int) -> None:
    """One picture and writing without ink: nothing can lie under anything."""
    content = b"".join(part.read_bytes() for part in _parts(page.obj.get("/Contents")))
    box = [float(value) for value in page.obj.MediaBox]
    turn = int(page.obj.get("/Rotate", 0))
    begin = placing((box[2], box[3]), turn) if turn in {0, 90, 180, 270} else b"?"
    things: Any = page.obj.Resources.get("/XObject", {})
    rest = set(page.obj.Resources.keys()) - {"/XObject", "/Font"}
    if (
        set(page.obj.keys()) - _KEYS
        or rest
        or list(things.keys()) != ["/Page"]
        or text_of(things.Page.get("/Subtype")) != "/Image"
        or "/SMask" in things.Page
        or not content.startswith(begin)
        or not _LAYER.fullmatch(content[len(begin) :])
    ):
        raise _failed(f"第{number + 1}页不是单一的图像")


def _parts(content: Any) -> list[pikepdf.Stream]:
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def _filled(page: pikepdf.Page, boxes: Sequence[Box], grounds: Mapping[str, Ground]) -> None:
    """Every box of the picture itself holds the fill and its label, as on a white sheet."""
    thing: Any = page.obj.Resources.XObject.Page
    image = pikepdf.PdfImage(thing).as_pil_image().convert("L")
    wanted = Image.new("RGB", image.size, "white")
    fill(wanted, [(box.area, grounds[box.ground].short) for box in boxes])
    other = wanted.convert("L")
    for box in boxes:
        spot = _inside(box, image.size)
        apart = ImageChops.difference(image.crop(spot), other.crop(spot)).getextrema()[1]
        if not isinstance(apart, tuple) and apart > _SAME:
            raise _failed(f"第{box.page}页的方框下还有图像")


def _inside(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    area = box.area
    left, right = area.left * size[0] / 100, area.right * size[0] / 100
    top, bottom = area.top * size[1] / 100, area.bottom * size[1] / 100
    x, y = (min(_EDGE, int((b - a) / 4)) for a, b in ((left, right), (top, bottom)))
    return (int(left) + x, int(top) + y, max(int(right) - x, int(left) + x + 1),
            max(int(bottom) - y, int(top) + y + 1))  # fmt: skip


def _empty(page: pdfium.PdfPage, boxes: Sequence[Box], number: int) -> None:
    """No letter, seen or not, stands where a box is."""
    if not boxes:
        return
    words = page.get_textpage()
    try:
        for glyph in glyphs.read(page, words).glyphs:
            if any(_stands(glyph, box) for box in boxes):
                raise _failed(f"第{number + 1}页的方框下还有文字")
    finally:
        words.close()


def _stands(glyph: glyphs.Glyph, box: Box) -> bool:
    across, down = glyph.ink.overlap(box.area)
    if across <= 0 or down <= 0:
        return False
    wide, high = glyph.ink.right - glyph.ink.left, glyph.ink.bottom - glyph.ink.top
    return across * down > _UNDER * wide * high


def ensure_nowhere(data: bytes, words: Iterable[str]) -> None:
    """Raises ``Refused`` when a word lies in any string or unpacked stream of the file, in any
    coding that programs use. ``words``: that nothing shown has any more.
    """
    needles = {
        (coding, word): needle
        for word in words
        for coding in _CODINGS
        if len(needle := word.encode(coding, "ignore")) >= 4
    }
    if not needles:
        return
    for blob in _blobs(data):
        for (_, word), needle in needles.items():
            if needle in blob:
                raise _failed(f"“{word[:1]}…”还在文件的内部数据里")


def _blobs(data: bytes) -> Iterator[bytes]:
    yield data
    with pikepdf.open(io.BytesIO(data)) as made:
        for thing in made.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_raw_bytes()
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:  # pictures: looked at as pictures
                    continue
            yield from _strings(thing, 0)


def _strings(thing: Any, depth: int) -> Iterator[bytes]:
    if depth > 40:
        return
    if isinstance(thing, pikepdf.String):
        yield bytes(thing)
        yield str(thing).encode("utf-8", "ignore")
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from _strings(value, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary) and "/Parent" not in thing:
        for value in thing.values():
            yield from _strings(value, depth + 1)
