"""QR codes as inline SVG, so that paper leads back to the page."""

from __future__ import annotations

import re
from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

# The mask only balances dark and light; fixing it spares the search over eight of them, which
# would cost more than the rest of an item's page.
MASK, QUIET = 3, 2
_DARK = re.compile(b"\x01+")


@lru_cache(maxsize=256)
def qr(address: str) -> SafeString:
    """The code for ``address``, error correction M; decorative, the address stands beside it."""
    rows = _rows(address.encode())
    runs = "".join(
        f"M{run.start() + QUIET} {y}.5h{run.end() - run.start()}"
        for y, row in enumerate(rows, QUIET)
        for run in _DARK.finditer(row)
    )
    side = len(rows) + 2 * QUIET
    return mark_safe(  # noqa: S308 - digits only
        f'<svg class="qr" viewBox="0 0 {side} {side}" aria-hidden="true" focusable="false">'
        f'<path stroke="#000" d="{runs}"/></svg>'
    )


def _rows(address: bytes) -> list[bytes]:
    """The code's rows, a byte for each square.

    With one mask a code is linear: it differs from that of another address of the same length by
    what each differing bit changes, and the addresses of a column differ in a few digits.
    """
    first = _first_of_length(len(address), address if _plain(address) else b"")
    if not first or not _plain(address):
        return _drawn(address)
    side, squares = _squares(first)
    for place, (mine, theirs) in enumerate(zip(address, first, strict=True)):
        differ = mine ^ theirs
        for bit in range(8):
            if differ >> bit & 1:
                squares ^= _change(first, place, bit)
    whole = squares.to_bytes(side * side)
    return [whole[start : start + side] for start in range(0, side * side, side)]


def _plain(address: bytes) -> bool:
    """Written byte by byte, whichever of its bits changes: small letters have no shorter form."""
    return address.isascii() and address.startswith((b"http://", b"https://"))


_first: dict[int, bytes] = {}


def _first_of_length(length: int, address: bytes) -> bytes:
    return _first.setdefault(length, address) if address else b""


@lru_cache(maxsize=64)
def _squares(address: bytes) -> tuple[int, int]:
    rows = _drawn(address)
    return len(rows), int.from_bytes(b"".join(rows))


@lru_cache(maxsize=2048)
def _change(first: bytes, place: int, bit: int) -> int:
    changed = first[:place] + bytes([first[place] ^ 1 << bit]) + first[place + 1 :]
    return _squares(first)[1] ^ int.from_bytes(b"".join(_drawn(changed)))


def _drawn(address: bytes) -> list[bytes]:
    code = segno.make_qr(address.decode(), error="m", mask=MASK, boost_error=False)
    return [bytes(row) for row in code.matrix]
