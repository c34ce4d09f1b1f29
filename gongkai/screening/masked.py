"""Identity numbers that were masked too little, or in a way that can be undone by joining lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

_COVER = "*●○×#_■□▇★☆"
_STARRED = re.compile(
    rf"(?<![0-9A-Za-z{_COVER}\-])[0-9xX{_COVER}](?: ?[0-9xX{_COVER}]){{14,17}}"
    rf"(?![0-9A-Za-z{_COVER}])"
    r"|(?<![0-9A-Za-z\-])(?=[0-9xX\-]{15,18}(?![0-9A-Za-z\-]))[0-9]{1,14}-{4,}[0-9]{0,14}[xX]?"
)
_MARKS = (*_COVER, "xx", "XX", "----")
_SPREAD = re.compile("[0-9]* ?[^0-9 ](?: ?[^0-9 ])+")
_SHOWN_AT_MOST = 6


def masked(source: Source) -> Iterator[Hit]:
    """A masked number is fine when six characters at most show and none of them is of the date
    of birth.
    """
    if not any(mark in source.text for mark in _MARKS):
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
