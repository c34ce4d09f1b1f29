"""doc (Word 97 to 2003, WPS): the text by the piece table, with headers, notes, comments, boxes.

What was deleted but kept, and what is hidden, is told by the marks of the runs and by the
styles; older saves may have left more. So every doc asks for a docx.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from gongkai.screening.files.oldlooks import Marked, marked_runs
from gongkai.screening.files.oleparts import Storage
from gongkai.screening.files.reading import Reading
from gongkai.screening.files.remains import runs
from gongkai.screening.findings import finding
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage

_WORD = 0xA5EC
_WORD_97 = 0x00C1
_LOCKED, _TABLE, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_PARTS = ("正文", "脚注", "页眉页脚", "宏按钮", "批注", "尾注", "文本框", "页眉文本框")
_COMPRESSED = 0x4000_0000
_MOST = 500_000
Piece = tuple[int, int, bool]
"""Where a piece starts in the stream, how many characters, whether one byte each."""


def passages(storage: Storage, reading: Reading) -> Iterator[Passage]:
    """The stories of the document, then hidden and deleted runs, then what older saves left."""
    stream = storage.read("WordDocument")
    table = _table(storage, stream)
    pieces = _pieces(stream, table)
    text = "".join(_text(stream, piece) for piece in pieces)
    reading.findings.append(finding("old_format", f"{'/'.join(storage.place) or '正文'}"))
    start = 0
    for number, part in enumerate(_PARTS):
        (length,) = struct.unpack_from("<I", stream, 0x4C + 4 * number)
        story = _readable(text[start : start + length])
        start += length
        if story.strip():
            yield Passage(part, story, hidden="comment" if part == "批注" else "")
    yield Passage("正文以外", _readable(text[start:]), quiet=True)
    for run in marked_runs(stream, table):
        hidden = "".join(_overlap(stream, piece, run) for piece in pieces)
        if hidden.strip("\r\x07\x0c \x01\x08"):
            yield Passage(f"正文{run.label}", _readable(hidden), hidden=run.kind)
    yield Passage("旧文字残留", _left(stream, pieces), quiet=True)


def _table(storage: Storage, stream: bytes) -> bytes:
    if len(stream) < 0x200 or struct.unpack_from("<H", stream)[0] != _WORD:
        raise Unreadable("doc文件已损坏，或版本过旧，请另存为docx后上传")
    version, flags = struct.unpack_from("<H", stream, 2)[0], struct.unpack_from("<H", stream, 10)[0]
    if flags & (_LOCKED | _OBFUSCATED):
        raise Unreadable("文件已加密，请去掉密码后再上传")
    name = "1Table" if flags & _TABLE else "0Table"
    if version < _WORD_97 or not storage.has(name):
        raise Unreadable("doc文件版本过旧，请另存为docx后上传")
    return storage.read(name)


def _pieces(stream: bytes, table: bytes) -> list[Piece]:
    start, size = struct.unpack_from("<II", stream, 0x1A2)
    clx = table[start : start + size]
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    if at + 5 > len(clx) or clx[at] != 2:
        raise Unreadable("doc文件已损坏（缺少文字表）")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    if not 0 < count < _MOST:
        raise Unreadable("doc文件已损坏（缺少文字表）")
    places = struct.unpack_from(f"<{count + 1}I", plc)
    found = []
    total = 0
    for n in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * n + 2)
        narrow = bool(where & _COMPRESSED)
        start = (where & (_COMPRESSED - 1)) // (2 if narrow else 1)
        length = places[n + 1] - places[n]
        total += length
        if length < 0 or total > len(stream):
            raise Unreadable("doc文件已损坏（文字表有误）")
        found.append((start, length, narrow))
    return found


def _text(stream: bytes, piece: Piece) -> str:
    start, length, narrow = piece
    if narrow:
        return stream[start : start + length].decode("cp1252", "replace")
    return stream[start : start + 2 * length].decode("utf-16-le", "replace")


def _overlap(stream: bytes, piece: Piece, run: Marked) -> str:
    """The characters of a piece that a run of the stream covers."""
    start, length, narrow = piece
    wide = 1 if narrow else 2
    first, last = max(start, run.start), min(start + length * wide, run.end)
    return _text(stream, (first, (last - first) // wide, narrow)) if first < last else ""


_ROW_END = re.compile("\x07\x07")
_MARKS = str.maketrans("\x07\r\x0b\x0c\x1e", "\t\n\n\n-")
_CODE = re.compile("\x13([^\x13\x14\x15]*)\x14?")


def _readable(text: str) -> str:
    """Marks as a reader sees them: cells by tabs, paragraphs by lines, field codes in brackets."""
    text = _CODE.sub(r"〔\1〕", _ROW_END.sub("\n", text))
    text = (
        text.replace("\x07", "\t").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    )
    text = text.replace("\x1e", "-").replace("\x1f", "")
    return re.sub("[\x00-\x08\x0e-\x1f]", "", text)


def _left(stream: bytes, pieces: list[Piece]) -> str:
    """Text between the pieces: fast saves leave deleted paragraphs there."""
    first, last = struct.unpack_from("<II", stream, 0x18)
    at, found = min(first, len(stream)), []
    for start, length, narrow in sorted(pieces):
        if start > at:
            found.append(stream[at : min(start, last)])
        at = max(at, start + length * (1 if narrow else 2))
    found.append(stream[at:last])
    return "\n".join(runs(part) for part in found if len(part) > 8)
