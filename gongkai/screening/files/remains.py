"""Words in bytes whose format nobody reads here: streams of old files, drawings, printer settings.

A net with wide meshes on purpose: it is searched, never shown.
"""

from __future__ import annotations

import re

_WIDE = re.compile(
    rb"(?:[\x20-\x7e\t]\x00|[\x00-\xff][\x4e-\x9f]|[\x00-\x3f]\x30|[\x01-\x5e]\xff){4,}"
)
"""UTF-16 with low byte first: ASCII, Han, their punctuation, full width."""
_NARROW = re.compile(rb"(?:[\x20-\x7e]|[\xb0-\xf7][\xa1-\xfe]){6,}")
"""ASCII and GB2312."""
_MOST = 8 * 2**20
"""Bytes that are looked through; pictures are long and hold no words."""


def runs(data: bytes) -> str:
    """Everything in the bytes that looks like text, one run a line."""
    data = data[:_MOST]
    found = [m.group().decode("utf-16-le", "ignore") for m in _WIDE.finditer(data)]
    found += [m.group().decode("gb18030", "ignore") for m in _NARROW.finditer(data)]
    return "\n".join(found)
