"""What the screening has to call each trick, whatever the hidden words say.

A number that is found says nothing about the hiding: with harmless words in its place the file has
to be stopped just the same.
"""

from __future__ import annotations

from tests.screening.corpus.tricks import TRICKS

_OTHERS: dict[str, str] = {
    "tracked deletion": "tracked_change",
    "tracked insertion": "tracked_change",
    "moved text": "tracked_change",
    "deleted text of an old document": "tracked_change",
    "comment": "comment",
    "cell comment": "comment",
    "threaded comment": "comment",
    "annotation": "comment",
    "attached file": "attachment",
    "earlier revision": "earlier_revision",
    "script": "script",
    "place of a photo": "image_place",
}
SEARCHED = frozenset(
    {
        "page header",
        "field code",
        "alternative text",
        "document property",
        "custom XML part",
        "validation list",
        "bookmark",
        "form field",
        "metadata",
        "structure text",
        "named destination",
        "picture description",
        "text chunk",
        "QR code",
    }
)
"""Places that every ordinary file has, or that a reader can see: their words are searched, and
harmless ones pass. Nobody is told that they are there."""

NAMED: dict[str, str] = {
    trick: _OTHERS.get(trick, "hidden_text") for trick in TRICKS if trick not in SEARCHED
}


def harmless(ending: str) -> str:
    """Words without any number. The font that the made PDFs draw with has no Chinese."""
    return "remarks of a meeting" if ending == "pdf" else "内部讨论意见"
