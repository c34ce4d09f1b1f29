"""Marks what was searched for, in text that may hold anything; the result is safe HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from gongkai.text.segment import BREAK, SKIP, aligned, query_terms

#: Characters shown before the first place that was found.
LEAD = 30
#: Characters of a text that are looked through; a page of results must not wait for an annex.
READ = 200_000

_GAP = f"[{SKIP} ]*"
_BORDER = f"[{SKIP} {BREAK}]+"


def mark(text: str, query: str, *, width: int | None = None) -> str:
    """``text`` as HTML with ``<mark>`` round each term of ``query``.

    With ``width``, only so many characters of it: from a little before the first place found, or
    from the beginning when none is found, with … where it was cut. Everything else is escaped.
    """
    first, last = (0, len(text)) if width is None else _around(text, query, width)
    shown = " ".join(unicodedata.normalize("NFC", text[first:last]).split())
    spans = list(_merged(_places(shown, query)))
    start, end = 0, len(shown)
    if width is not None:
        lead = min(LEAD, width // 2)
        if spans and spans[0][0] > lead and end > width:
            start = min(spans[0][0] - lead, end - width)
        end = min(end, start + width)
    body = "".join(_pieces(shown, spans, start, end))
    before, after = first + start > 0, end < len(shown) or last < len(text)
    return f"{'…' if before else ''}{body}{'…' if after else ''}"


def _around(text: str, query: str, width: int) -> tuple[int, int]:
    """The part of ``text`` to look through: what lies about a word that stands there as typed,
    which is nearly always and found at once; otherwise everything up to ``READ``."""
    places = [at for word in query.split() if (at := text.find(word)) >= 0]
    if not places:
        return 0, min(len(text), READ)
    return max(0, min(places) - 2 * width - LEAD), min(len(text), min(places) + 4 * width)


def _places(text: str, query: str) -> list[tuple[int, int]]:
    signs = aligned(text)
    return sorted(m.span() for pattern in _patterns(query) for m in pattern.finditer(signs))


@lru_cache(maxsize=256)
def _patterns(query: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(_BORDER.join(_GAP.join(map(re.escape, run)) for run in term.signs.split(BREAK)))
        for term in query_terms(query)
    )


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current is not None and start <= current[1]:
            current = (current[0], max(end, current[1]))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[str]:
    at = start
    for first, last in spans:
        first, last = max(first, start), min(last, end)  # noqa: PLW2901
        if first >= last:
            continue
        yield escape(text[at:first])
        yield f"<mark>{escape(text[first:last])}</mark>"
        at = last
    yield escape(text[at:end])
