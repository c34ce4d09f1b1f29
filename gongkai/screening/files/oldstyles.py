"""Styles of a doc file: what they say about the looks of letters, and which paragraphs and runs
have them (MS-DOC 2.9.271, 2.9.260, 2.9.174).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator

from gongkai.screening.files.oldshades import SHADES, Look

_PAGE = 512
_MOST = 200_000
_DEEP = 12
_PARAGRAPH, _CHARACTER = 1, 2
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


def look_of(changes: bytes) -> Look:
    """The properties of a list of changes: a code of two bytes, then as many as its size class."""
    found: Look = {}
    at = 0
    while at + 3 <= len(changes):
        (code,) = struct.unpack_from("<H", changes, at)
        size = _SIZES.get(code >> 13, 0) or 1 + changes[at + 2]
        found[code] = int.from_bytes(changes[at + 2 : at + 2 + size], "little")
        at += 2 + size
    return found


class Styles:
    """The style sheet. A broken one says nothing: the file is asked for as docx anyway."""

    def __init__(self, stream: bytes, table: bytes) -> None:
        where, size = struct.unpack_from("<II", stream, 0xA2)
        self._rows: list[tuple[int, Look]] = []
        try:
            self._rows = list(_rows(table[where : where + size]))
        except (struct.error, IndexError):
            self._rows = []
        self._whole: dict[int, Look] = {}

    def look(self, number: int) -> Look:
        """What a style says, with what the styles that it is based on say."""
        if number not in self._whole:
            chain: list[Look] = []
            step = number
            while step < len(self._rows) and len(chain) < _DEEP:
                base, own = self._rows[step]
                chain.append(own)
                step = base
            self._whole[number] = {k: v for own in reversed(chain) for k, v in own.items()}
        return self._whole[number]


def _rows(sheet: bytes) -> Iterator[tuple[int, Look]]:
    """For each style its base and its own looks; shades count as looks, so that white letters on
    a dark ground are told from hidden ones.
    """
    if len(sheet) < 6:
        return
    head, count, fixed = struct.unpack_from("<HHH", sheet)
    at = 2 + head
    for _ in range(min(count, 4096)):
        (size,) = struct.unpack_from("<H", sheet, at)
        body = sheet[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        yield _row(body, fixed) if size else (0xFFF, {})


def _row(body: bytes, fixed: int) -> tuple[int, Look]:
    kind, base = (struct.unpack_from("<H", body, 2)[0] & 0xF), struct.unpack_from("<H", body, 2)[0]
    (length,) = struct.unpack_from("<H", body, fixed)
    at = fixed + 2 + 2 * length + 2
    look: Look = {}
    for number in range(2 if kind == _PARAGRAPH else 1 if kind == _CHARACTER else 0):
        (size,) = struct.unpack_from("<H", body, at)
        changes = body[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        if kind == _PARAGRAPH and number == 0:
            shades = look_of(changes[2:])
            look |= {code: value for code, value in shades.items() if code in SHADES}
        else:
            look |= look_of(changes)
    return base >> 4, look


class Paragraphs:
    """Which style the paragraph around a place of the stream has."""

    def __init__(self, stream: bytes, table: bytes) -> None:
        self._starts: list[int] = []
        self._styles: list[int] = []
        for start, style in sorted(_paragraphs(stream, table)):
            self._starts.append(start)
            self._styles.append(style)

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The stretch cut at paragraphs: start, end, style."""
        step = max(bisect_right(self._starts, start) - 1, 0)
        while step < len(self._starts) and self._starts[step] < end:
            stop = self._starts[step + 1] if step + 1 < len(self._starts) else end
            if min(stop, end) > start:
                yield max(self._starts[step], start), min(stop, end), self._styles[step]
            step += 1


def _paragraphs(stream: bytes, table: bytes) -> Iterator[tuple[int, int]]:
    where, size = struct.unpack_from("<II", stream, 0x102)
    plc = table[where : where + size]
    count = min((len(plc) - 4) // 8, _MOST)
    for n in range(max(count, 0)):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)
        data = stream[(page & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(data) == _PAGE:
            yield from _of_page(data)


def _of_page(page: bytes) -> Iterator[tuple[int, int]]:
    count = page[511]
    if 4 * (count + 1) + 13 * count > 511:
        return
    for n in range(count):
        (start,) = struct.unpack_from("<I", page, 4 * n)
        at = page[4 * (count + 1) + 13 * n] * 2
        at += 1 if at and page[at] else 2
        yield start, struct.unpack_from("<H", page, at)[0] if 2 < at < 510 else 0
