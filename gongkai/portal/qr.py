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
    matrix = segno.make_qr(address, error="m", mask=MASK, boost_error=False).matrix
    runs = "".join(
        f"M{run.start() + QUIET} {y}.5h{run.end() - run.start()}"
        for y, row in enumerate(matrix, QUIET)
        for run in _DARK.finditer(row)
    )
    side = len(matrix) + 2 * QUIET
    return mark_safe(  # noqa: S308 - digits only
        f'<svg class="qr" viewBox="0 0 {side} {side}" aria-hidden="true" focusable="false">'
        f'<path stroke="#000" d="{runs}"/></svg>'
    )
