"""Whether the bytes of a zip are all accounted for. What stands before, between or behind the
members is carried along unseen, and may be a file of another kind.
"""

from __future__ import annotations

import struct
import zipfile

from gongkai.screening.limits import MAX_ENTRIES, Unreadable

_END = b"PK\x05\x06"
_SLACK = 24
"""A data descriptor behind a member takes up to so many bytes."""


def _end(data: bytes) -> int:
    return data.rfind(_END, max(0, len(data) - 66_000))


def check_count(data: bytes) -> None:
    """Turns down a zip that announces too many members, before its directory is read."""
    end = _end(data)
    if end >= 0 and end + 22 <= len(data):
        announced = int(struct.unpack_from("<H", data, end + 10)[0])
        size = int(struct.unpack_from("<I", data, end + 12)[0])
        if announced > MAX_ENTRIES or (announced == 0xFFFF and size > MAX_ENTRIES * 400):
            raise Unreadable("压缩包里的文件过多")


def check(data: bytes, archive: zipfile.ZipFile) -> None:
    """Raises ``Unreadable`` when bytes lie outside of the members and the directory."""
    end = _end(data)
    if end < 0 or end + 22 + len(archive.comment) != len(data):
        raise Unreadable("压缩包末尾还有别的内容，请重新打包后上传")
    at = 0
    for member in sorted(archive.infolist(), key=lambda m: m.header_offset):
        start = member.header_offset
        if not at <= start <= at + _SLACK or data[start : start + 4] != b"PK\x03\x04":
            raise Unreadable("压缩包里夹有来历不明的内容，请重新打包后上传")
        name, extra = struct.unpack_from("<HH", data, start + 26)
        at = start + 30 + name + extra + member.compress_size
    if not at <= archive.start_dir <= at + _SLACK:
        raise Unreadable("压缩包里夹有来历不明的内容，请重新打包后上传")
