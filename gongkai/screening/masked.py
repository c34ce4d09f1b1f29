"""Identity numbers that were masked too little, or in a way that can be undone by joining lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import COVER as _COVER
from gongkai.screening.source import Hit, Source
from gongkai.screening.tables import column_kind

_STARRED = re.compile(
    rf"(?<![0-9A-Za-z{_COVER}\-])[0-9xX{_COVER}](?: ?[0-9xX{_COVER}]){{14,17}}"
    rf"(?![0-9A-Za-z{_COVER}])"
    r"|(?<![0-9A-Za-z\-])(?=[0-9xX\-]{15,18}(?![0-9A-Za-z\-]))[0-9]{1,14}-{4,}[0-9]{0,14}[xX]?"
)
_SPREAD = re.compile("[0-9]* ?[^0-9 ](?: ?[^0-9 ])+")
_SHOWN_AT_MOST = 6

_LEFT_OUT = rf"(?:…{{1,6}}|\.{{3,12}}|[{_COVER}]{{2,18}}|[xX]{{2,18}}|-{{2,18}})"
_CUT = re.compile(
    rf"(?<![0-9A-Za-z{_COVER}…])(?=[^\n]{{0,24}}[0-9])(?P<head>[0-9]{{0,17}}){_LEFT_OUT}"
    rf"(?P<tail>[0-9]{{0,17}}[xX]?)(?![0-9A-Za-z{_COVER}…])"
)
_BORN = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")
_BORN_ON = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def masked(source: Source) -> Iterator[Hit]:
    """A masked number is fine when six characters at most show and none of them is of the date
    of birth.
    """
    if not source.starred:
        return
    for match in _STARRED.finditer(source.text):
        number = match.group().replace(" ", "")
        if len(number) not in {15, 18} or not _SPREAD.search(number):
            continue
        shown = [place for place, char in enumerate(number) if char.isdigit()]
        born = [place for place in shown if 6 <= place < (14 if len(number) == 18 else 12)]
        if not shown or (len(shown) <= _SHOWN_AT_MOST and not born):
            continue
        date_near = source.near(("birth",), match.start(), match.end(), before=40, after=40)
        grave = len(shown) >= 14 or (len(born) >= 6 and len(shown) > len(born)) or date_near
        yield Hit("id_masked", match.start(), match.end(), number, "block" if grave else None)


def cut_short(source: Source) -> Iterator[Hit]:
    """A number whose middle was left out with dots or with another count of stars than digits:
    the places are told by what stands before and behind the gap.
    """
    if not source.starred and "…" not in source.text and "..." not in source.text:
        return
    for match in _CUT.finditer(source.text):
        head, tail = match["head"], match["tail"]
        if match.end() - match.start() in {15, 18} and "…" not in match.group():
            continue  # as long as a number: ``masked`` counts its places
        shown = len(head) + len(tail)
        if shown <= _SHOWN_AT_MOST:
            continue
        born = _BORN.match(head[6:]) or (len(tail) == 12 and _BORN_ON.match(tail))
        if born or (_said(source, *match.span()) and (len(head) > 6 or shown > _SHOWN_AT_MOST)):
            grave = bool(born) and (bool(_BORN_ON.match(head[6:])) or len(head) < 6) and bool(tail)
            value = match.group()
            yield Hit("id_masked", *match.span(), value, "block" if grave else None)


def _said(source: Source, start: int, end: int) -> bool:
    """Whether the words before it or its column call it an identity number."""
    return source.near(("identity",), start, end) or column_kind(source.header(start)) == "identity"
