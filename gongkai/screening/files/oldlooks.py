"""Runs of a doc file that are marked as hidden, deleted, inserted, white or tiny."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_PAGE = 512
_MOST = 200_000
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_SMALLEST = 6
"""Half points."""


@dataclass(frozen=True, slots=True)
class Marked:
    """``start`` and ``end`` count bytes of the stream."""

    start: int
    end: int
    kind: str
    label: str


def marked_runs(stream: bytes, table: bytes) -> Iterator[Marked]:
    """The marked runs, page of character properties by page (MS-DOC 2.8.5, 2.9.23)."""
    where, size = struct.unpack_from("<II", stream, 0xFA)
    plc = table[where : where + size]
    count = min((len(plc) - 4) // 8, _MOST)
    for n in range(max(count, 0)):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)
        start = (page & 0x3FFFFF) * _PAGE
        data = stream[start : start + _PAGE]
        if len(data) == _PAGE:
            yield from _runs(data)


def _runs(page: bytes) -> Iterator[Marked]:
    count = page[511]
    if 4 * (count + 1) + count > 511:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for n in range(count):
        offset = page[4 * (count + 1) + n] * 2
        if offset:
            look = page[offset + 1 : offset + 1 + page[offset]]
            for kind, label in _reasons(look):
                yield Marked(places[n], places[n + 1], kind, label)


def _reasons(look: bytes) -> Iterator[tuple[str, str]]:
    """Each change of a property: a code of two bytes, then as many bytes as its size class."""
    at = 0
    while at + 3 <= len(look):
        (code,) = struct.unpack_from("<H", look, at)
        size = _SIZES.get(code >> 13, 0) or 1 + look[at + 2]
        value = int.from_bytes(look[at + 2 : at + 2 + size], "little")
        at += 2 + size
        if code == 0x0800 and value:
            yield "tracked_change", "的修订（已删除）"
        elif code == 0x0801 and value:
            yield "tracked_change", "的修订（新增）"
        elif code == 0x083C and value:
            yield "hidden_text", "的隐藏文字"
        elif (code == 0x6870 and value & 0xF0F0F0 == 0xF0F0F0 and value < 1 << 24) or (
            code == 0x2A42 and value == 8
        ):
            yield "hidden_text", "的白色文字"
        elif code == 0x4A43 and value < _SMALLEST:
            yield "hidden_text", "的极小文字"
