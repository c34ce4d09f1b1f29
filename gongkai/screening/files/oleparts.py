"""Streams and properties of OLE storages."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import olefile

from gongkai.screening.limits import MAX_MEMBER, Budget, Unreadable
from gongkai.screening.passages import Passage

_SUMMARY = {2: "标题", 3: "主题", 4: "作者", 5: "关键词", 6: "备注", 8: "最后修改人", 7: "模板"}
_DOCUMENT = {2: "类别", 14: "经理", 15: "单位", 26: "内容类型", 27: "状态"}
_PEOPLE = {"作者", "最后修改人", "单位", "经理"}
_ANSI, _WIDE, _NUMBER = 0x1E, 0x1F, 0x02
_CODECS = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 1200: "utf-16-le", 950: "big5"}


class Storage:
    """One storage of an OLE file: the root, or that of an embedded object."""

    def __init__(self, ole: olefile.OleFileIO, place: tuple[str, ...], budget: Budget) -> None:
        self._ole, self.place, self._budget = ole, place, budget

    def has(self, name: str) -> bool:
        """Whether the storage has a stream."""
        path = [*self.place, name]
        return bool(self._ole.exists(path)) and self._ole.get_type(path) == olefile.STGTY_STREAM

    def read(self, name: str) -> bytes:
        """A stream. Raises ``Unreadable`` beyond a limit or when it is broken."""
        path = [*self.place, name]
        if self._ole.get_size(path) > MAX_MEMBER:
            raise Unreadable("文件内部的数据过大")
        data = bytes(self._ole.openstream(path).read())
        self.spend(len(data))
        return data

    def spend(self, size: int) -> None:
        """Counts bytes that came out of a stream."""
        self._budget.spend(size)


def unused(ole: olefile.OleFileIO, data: bytes) -> bytes:
    """Sectors that belong to no stream: what was deleted may still be in them."""
    size, free = ole.sectorsize, []
    for number, following in enumerate(ole.fat):
        if following == olefile.FREESECT:
            free.append(data[(number + 1) * size : (number + 2) * size])
    free.append(data[(len(ole.fat) + 1) * size :])
    return b"".join(free)


def native_file(data: bytes) -> tuple[str, bytes]:
    """Name and bytes of a file packed into an object ("Package" in Word's insert dialogue)."""
    body = data[4:]
    if len(body) < 8 or int.from_bytes(body[:2], "little") != 2:
        return "内嵌对象.bin", body
    parts = body[2:].split(b"\0", 2)
    if len(parts) < 3 or len(parts[2]) < 8:
        return "内嵌对象.bin", body
    label, rest = _text(parts[0], 936), parts[2][4:]
    (length,) = struct.unpack_from("<I", rest)
    rest = rest[4 + length :]
    if len(rest) < 4:
        return "内嵌对象.bin", body
    (size,) = struct.unpack_from("<I", rest)
    name = re.sub(r"[/\\]|\.\.", "_", label) or "内嵌对象.bin"
    return name, rest[4 : 4 + size]


def summary(data: bytes, name: str) -> Iterator[Passage]:
    """Document properties: people are a note, everything is searched."""
    labels = _SUMMARY if name.startswith("\x05Summary") else _DOCUMENT
    for number, value in _properties(data):
        label = labels.get(number, str(number))
        kind = "properties" if label in _PEOPLE else ""
        if value.strip():
            yield Passage(f"文件属性：{label}", value, hidden=kind, quiet=not kind)


def _properties(data: bytes) -> Iterator[tuple[int, str]]:
    """The texts of the first section of a property set (MS-OLEPS)."""
    if len(data) < 48:
        return
    (start,) = struct.unpack_from("<I", data, 44)
    count = min(struct.unpack_from("<I", data, start + 4)[0], 1000) if start + 8 <= len(data) else 0
    places = {}
    for n in range(count):
        if start + 16 + 8 * n > len(data):
            break
        number, offset = struct.unpack_from("<II", data, start + 8 + 8 * n)
        places[number] = start + offset
    page = 936
    if 1 in places and places[1] + 6 <= len(data):
        (page,) = struct.unpack_from("<H", data, places[1] + 4)
    for number, place in places.items():
        if place + 8 > len(data):
            continue
        kind, length = struct.unpack_from("<II", data, place)
        if kind == _ANSI:
            yield number, _text(data[place + 8 : place + 8 + length], page)
        elif kind == _WIDE:
            yield number, _text(data[place + 8 : place + 8 + 2 * length], 1200)


def _text(data: bytes, page: int) -> str:
    codec = _CODECS.get(page, "gb18030")
    return data.decode(codec, "replace").split("\0", 1)[0]
