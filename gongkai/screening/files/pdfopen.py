"""Opens a PDF twice: pikepdf for what it is made of, pdfium for what it looks like. Bombs are
turned down before either of them unpacks anything.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pikepdf
import pypdfium2 as pdfium

from gongkai.screening.limits import MAX_MEMBER, MAX_PAGES, MAX_PIXELS, MAX_UNPACKED, Unreadable

_MAX_OBJECTS = 400_000
_MAX_NESTING = 256
_MAX_DRAWN = 200_000
"""Forms drawn inside forms, counted out: ten times ten times ten is a bomb, too."""
_CHUNK = 1 << 20
_FLATE = {"/FlateDecode", "/Fl"}
_DENSE = {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_MAX_DENSE = 4 * 2**20
_DO = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEEP = re.compile(
    rb"(?:[\[\s]{0,2}\[){%d}|(?:<<\s?/?\w{0,8}\s?){%d}" % (_MAX_NESTING, _MAX_NESTING)
)


class Opened(NamedTuple):
    """One PDF in both readings."""

    made: pikepdf.Pdf
    drawn: pdfium.PdfDocument


@contextmanager
def opened(data: bytes) -> Iterator[Opened]:
    """Both readings. Raises ``Unreadable`` for locked, broken and oversized files, and where the
    two readers do not see the same number of pages.
    """
    if _DEEP.search(data):
        raise Unreadable("PDF结构嵌套过深")
    made = _made(data)
    try:
        _bounded(made)
        drawn = _drawn(data)
        try:
            if len(drawn) != len(made.pages):
                raise Unreadable("PDF结构有歧义（不同软件看到的页数不同），请重新导出")
            yield Opened(made, drawn)
        finally:
            drawn.close()
    except (pikepdf.PdfError, pdfium.PdfiumError) as broken:
        raise Unreadable("PDF已损坏，打不开") from broken
    finally:
        made.close()


def _made(data: bytes) -> pikepdf.Pdf:
    from io import BytesIO

    try:
        made = pikepdf.open(BytesIO(data), suppress_warnings=True)
        pages = int(made.Root.Pages.get("/Count", 0))
    except pikepdf.PasswordError as locked:
        raise Unreadable("文件已加密，请去掉密码后再上传") from locked
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError) as broken:
        raise Unreadable("PDF已损坏，打不开") from broken
    if made.is_encrypted:
        raise Unreadable("文件已加密或限制了权限，请去掉密码和限制后再上传")
    if pages > MAX_PAGES or len(made.objects) > _MAX_OBJECTS:
        raise Unreadable("PDF页数或内容过多，请拆成几个文件")
    if len(made.pages) > MAX_PAGES:
        raise Unreadable("PDF页数过多，请拆成几个文件")
    if len(made.pages) == 0:
        raise Unreadable("PDF里没有页面")
    form = made.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise Unreadable("动态表单（XFA）无法审查，请打印成新的PDF后上传")
    return made


def _drawn(data: bytes) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(data)


def _bounded(made: pikepdf.Pdf) -> None:
    left = MAX_UNPACKED
    forms: dict[tuple[int, int], tuple[pikepdf.Object, bytes]] = {}
    for thing in made.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get("/Subtype") == "/Image":
            _picture(thing)
        unpacked, size = unpack(thing)
        left -= size
        if size > MAX_MEMBER or left < 0:
            raise Unreadable("解压后的内容过大，疑似压缩炸弹")
        if thing.get("/Subtype") == "/Form":
            forms[thing.objgen] = (thing, unpacked)
    _count_drawn(forms)


def _picture(thing: pikepdf.Object) -> None:
    try:
        width, height = int(thing.get("/Width", 0)), int(thing.get("/Height", 0))
        bits = 1 if thing.get("/ImageMask", False) else int(thing.get("/BitsPerComponent", 8))
    except (TypeError, ValueError) as broken:
        raise Unreadable("PDF里的图片已损坏") from broken
    if width * height * max(bits, 1) > MAX_PIXELS * 8:
        raise Unreadable("PDF里的图片像素过大")


def unpack(thing: pikepdf.Object) -> tuple[bytes, int]:
    """The unpacked bytes of a stream (pictures: none) and how many they are, within the limits."""
    raw = thing.read_raw_bytes()
    filters = _filters(thing)
    if any(name in _DENSE for name in filters) and len(raw) > _MAX_DENSE:
        raise Unreadable("PDF里的压缩内容过大，疑似压缩炸弹")
    if len(filters) > 6:
        raise Unreadable("PDF里的内容层层压缩，疑似压缩炸弹")
    keep = thing.get("/Subtype") != "/Image"
    for name in filters:
        if name not in _FLATE:
            return (raw, len(raw)) if len(filters) == 1 else (b"", len(raw))
        raw = _inflate(raw)
    return (raw if keep else b""), len(raw)


def _filters(thing: pikepdf.Object) -> list[str]:
    value: Any = thing.get("/Filter")
    if value is None:
        return []
    return [str(name) for name in value] if isinstance(value, pikepdf.Array) else [str(value)]


def _inflate(raw: bytes) -> bytes:
    engine, pieces, size, waiting = zlib.decompressobj(), [], 0, raw
    while waiting and not engine.eof:
        try:
            piece = engine.decompress(waiting, _CHUNK)
        except zlib.error:
            break  # broken streams are shown up to the break by readers
        size += len(piece)
        if size > MAX_MEMBER:
            raise Unreadable("解压后的内容过大，疑似压缩炸弹")
        pieces.append(piece)
        waiting = engine.unconsumed_tail
    return b"".join(pieces)


def _count_drawn(forms: dict[tuple[int, int], tuple[pikepdf.Object, bytes]]) -> None:
    known: dict[tuple[int, int], int] = {}

    def count(key: tuple[int, int], path: frozenset[tuple[int, int]]) -> int:
        if key in known:
            return known[key]
        if key in path or len(path) > 60:
            raise Unreadable("PDF里的图形互相套用，无法审查")
        thing, content = forms[key]
        total = 1
        for child in _children(thing, content):
            total += count(child, path | {key}) if child in forms else 0
            if total > _MAX_DRAWN:
                raise Unreadable("PDF里的图形层层套用，疑似炸弹")
        known[key] = total
        return total

    for key in forms:
        count(key, frozenset())


def _children(thing: pikepdf.Object, content: bytes) -> Iterator[tuple[int, int]]:
    resources = thing.get("/Resources")
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(named, pikepdf.Dictionary):
        return
    for match in _DO.finditer(content):
        child = named.get("/" + match.group(1).decode("latin-1"))
        if isinstance(child, pikepdf.Object):
            yield child.objgen
