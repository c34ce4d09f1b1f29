"""Runs of a doc file that are hidden, deleted, inserted, white or tiny, by themselves or by the
style of the run or of the paragraph.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening.files.oldshades import BLACK, Look, ground_of, pale
from gongkai.screening.files.oldstyles import Paragraphs, Styles, look_of

_PAGE = 512
_MOST = 200_000
_SMALLEST = 6
"""Half points."""
_DELETED, _INSERTED, _VANISHED, _STYLE = 0x0800, 0x0801, 0x083C, 0x4A30
_COLOUR, _OLD_COLOUR, _SIZE = 0x6870, 0x2A42, 0x4A43
_WHITE = 8
_LEANING = {0x80, 0x81}
"""As the style says, or not as it says."""


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
    styles, paragraphs = Styles(stream, table), Paragraphs(stream, table)
    for n in range(max(count, 0)):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)
        start = (page & 0x3FFFFF) * _PAGE
        data = stream[start : start + _PAGE]
        if len(data) == _PAGE:
            for first, last, own in _runs(data):
                yield from _marked(first, last, own, styles, paragraphs)


def _runs(page: bytes) -> Iterator[tuple[int, int, Look]]:
    count = page[511]
    if 4 * (count + 1) + count > 511:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for n in range(count):
        offset = page[4 * (count + 1) + n] * 2
        changes = page[offset + 1 : offset + 1 + page[offset]] if offset else b""
        yield places[n], places[n + 1], look_of(changes)


def _marked(
    start: int, end: int, own: Look, styles: Styles, paragraphs: Paragraphs
) -> Iterator[Marked]:
    """By the look of the run itself, else by styles, paragraph by paragraph."""
    pieces = list(paragraphs.within(start, end))
    leaning = own.get(_VANISHED) in _LEANING and bool(pieces)
    alone = {k: v for k, v in own.items() if k != _VANISHED} if leaning else own
    already = list(_reasons(alone))
    for kind, label in already:
        yield Marked(start, end, kind, label)
    run_style = styles.look(own[_STYLE]) if _STYLE in own else {}
    for first, last, number in pieces:
        said = styles.look(number) | run_style
        if leaning or said.keys() & {_VANISHED, _COLOUR, _OLD_COLOUR, _SIZE}:
            for kind, label in _reasons(_together(said, own)):
                if (kind, label) not in already:
                    yield Marked(first, last, kind, label)


def _together(said: Look, own: Look) -> Look:
    """The styles with the run's own look over them."""
    whole = said | own
    if own.get(_VANISHED) in _LEANING:
        whole[_VANISHED] = int(bool(said.get(_VANISHED)) != (own[_VANISHED] == 0x81))
    if _COLOUR in own or (_OLD_COLOUR in own and _COLOUR not in said):
        whole.pop(_OLD_COLOUR if _COLOUR in own else _COLOUR, None)
    return whole


def _reasons(look: Look) -> Iterator[tuple[str, str]]:
    if look.get(_DELETED):
        yield "tracked_change", "的修订（已删除）"
    if look.get(_INSERTED):
        yield "tracked_change", "的修订（新增）"
    if look.get(_VANISHED):
        yield "hidden_text", "的隐藏文字"
    ground = ground_of(look)
    colour = look.get(_COLOUR, BLACK)
    if (pale(colour) or look.get(_OLD_COLOUR) == _WHITE) and pale(ground):
        yield "hidden_text", "的白色文字"  # on a dark ground it is seen
    elif _COLOUR in look and colour == ground:
        yield "hidden_text", "的与底色相同的文字"
    if look.get(_SIZE, _SMALLEST) < _SMALLEST:
        yield "hidden_text", "的极小文字"
