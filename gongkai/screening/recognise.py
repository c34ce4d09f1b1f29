"""What a file is by its content, if that is what its name says."""

from __future__ import annotations

from gongkai.screening.files import sniff
from gongkai.screening.files.package import Package
from gongkai.screening.limits import Budget, Unreadable


def media_type(data: bytes, name: str) -> str:
    """The media type of the bytes; empty when they are not what the name says, or are broken."""
    kind = sniff.sniff(data)
    if kind == "zip":
        try:
            kind = sniff.look_inside(Package(data, Budget()))
        except Unreadable:
            return ""
    if kind == "ole":
        kind = sniff.look_in_ole(data)
    if not sniff.agrees(kind, name):
        return ""
    return sniff.MEDIA["csv" if kind == "text" and name.lower().endswith(".csv") else kind]
