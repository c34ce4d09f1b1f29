"""The container of a picture, walked by hand: what stands in its side parts, and what behind its
end. Programs that show pictures look at neither.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_ALONE = {0x01, *range(0xD0, 0xD9)}
_DRAWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"iCCP",
    b"bKGD", b"tIME", b"sBIT", b"acTL", b"fcTL", b"fdAT", b"hIST", b"cICP",
}  # fmt: skip
_SHOWN = {b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"}


@dataclass(slots=True)
class Container:
    """``sides``: name and bytes of the parts beside the picture; ``rest``: what follows its end."""

    sides: list[tuple[str, bytes]] = field(default_factory=list)
    rest: bytes = b""


def container(data: bytes, form: str) -> Container:
    """The parts of a JPEG, PNG, WebP, GIF or BMP; empty for others."""
    walkers = {"JPEG": _jpeg, "MPO": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif, "BMP": _bmp}
    walk = walkers.get(form)
    return walk(data) if walk else Container()


def _jpeg(data: bytes) -> Container:
    found, at = Container(), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at = data.find(b"\xff", at)
            if at < 0:
                break
            continue
        marker = data[at + 1]
        if marker == 0xD9:
            found.rest = data[at + 2 :]
            return found
        if marker in {0xFF, 0x00} or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        size = struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            found.sides.append(
                (f"APP{marker - 0xE0}" if marker < 0xF0 else "COM", data[at + 4 : at + 2 + size])
            )
        at += 2 + max(size, 2)
        if marker == 0xDA:
            at = _scan_end(data, at)
    return found


def _scan_end(data: bytes, at: int) -> int:
    """The next marker behind the coded lines: an FF that no zero and no restart follows."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)


def _png(data: bytes) -> Container:
    found, at = Container(), 8
    while at + 12 <= len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        if name not in _DRAWN:
            found.sides.append((name.decode("latin-1"), data[at + 8 : at + 8 + size]))
        at += 12 + size
        if name == b"IEND":
            found.rest = data[at:]
            break
    return found


def _webp(data: bytes) -> Container:
    found = Container()
    end = min(8 + struct.unpack("<I", data[4:8])[0], len(data))
    at = 12
    while at + 8 <= end:
        name, size = struct.unpack("<4sI", data[at : at + 8])
        if name not in _SHOWN:
            found.sides.append((name.decode("latin-1"), data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    found.rest = data[end:].lstrip(b"\0")
    return found


def _gif(data: bytes) -> Container:
    found = Container()
    if len(data) < 13:
        return found
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while at < len(data) and data[at] != 0x3B:
        start, comment = at, data[at : at + 2] == b"!\xfe"
        if data[at] == 0x21:
            at += 2
        elif data[at] == 0x2C and at + 10 <= len(data):
            at += 11 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0)
        else:
            return found
        pieces = []
        while at < len(data) and data[at]:
            pieces.append(data[at + 1 : at + 1 + data[at]])
            at += 1 + data[at]
        at += 1
        if data[start] == 0x21 and (comment or data[start + 1 : start + 2] in {b"\xff", b"\x01"}):
            found.sides.append(("注释" if comment else "扩展", b"".join(pieces)))
    found.rest = data[at + 1 :]
    return found


def _bmp(data: bytes) -> Container:
    size = struct.unpack("<I", data[2:6])[0] if len(data) >= 6 else 0
    return Container(rest=data[size:] if 54 <= size < len(data) else b"")
