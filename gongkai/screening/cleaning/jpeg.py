"""JPEGs inside documents lose their side parts without being drawn again: no quality is lost."""

from __future__ import annotations

import struct

from gongkai.screening.files.pictureparts import container

_KEPT = {0xE0, 0xE2, 0xEE}
"""Size, colours, and the mark that says which colours these are."""


def without_sides(data: bytes) -> bytes:
    """The JPEG without EXIF, XMP, captions, comments and whatever follows its end. Bytes that do
    not follow the rules come back as they are: the screening decides about them.
    """
    kept, at = [data[:2]], 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker in {0x00, 0xFF, 0xD9}:
            return data
        size = 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        part = data[at : at + size]
        side = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not side or (marker in _KEPT and b"ICC_PROFILE" in part[:16]) or _needed(marker, part):
            kept.append(part)
        at += size
        if marker == 0xDA:
            rest = container(data, "JPEG").rest
            return b"".join(kept) + data[at : len(data) - len(rest)]
    return data


def _needed(marker: int, part: bytes) -> bool:
    return marker == 0xEE or (marker == 0xE0 and part[4:9] == b"JFIF\0" and len(part) <= 18)
