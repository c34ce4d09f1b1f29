"""Pictures inside streams of old files, by their first and last bytes."""

from __future__ import annotations

from collections.abc import Iterator

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END, _SCAN = b"\xff\xd8\xff", b"\xff\xd9", 0xDA
_MOST = 300


def pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every PNG and JPEG in the data."""
    at = 0
    for number in range(1, _MOST + 1):
        png, jpeg = data.find(_PNG, at), data.find(_JPEG, at)
        start = min((n for n in (png, jpeg) if n >= 0), default=-1)
        if start < 0:
            return
        end = _png_end(data, start) if start == png else _jpeg_end(data, start)
        if end > start:
            yield f"内部图片{number}.{'png' if start == png else 'jpg'}", data[start:end]
        at = end if end > start else start + 3


def _png_end(data: bytes, start: int) -> int:
    end = data.find(_PNG_END, start)
    return end + len(_PNG_END) if end >= 0 else -1


def _jpeg_end(data: bytes, start: int) -> int:
    """Steps over the segments, so that a thumbnail inside does not end the picture; -1 when the
    bytes only begin like one.
    """
    at = start + 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == _SCAN:
            end = data.find(_JPEG_END, at + 2 + size)
            return end + 2 if end >= 0 else -1
        at += 2 + size
    return -1
