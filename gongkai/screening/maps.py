"""Maps that are published need a number of approval (地图管理条例)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

APPROVAL = "审图号"
_CAPTION = re.compile(
    r"[ \t\u3000]*(?:（[^）\n]{0,12}）|\([^)\n]{0,12}\)|\.[A-Za-z]{3,4})?[ \t\r]*$"
)
_LONGEST = 30


def maps(source: Source) -> Iterator[Hit]:
    """A line that is the title of a map, in a text that gives no number of approval: a hint."""
    if not source.group("map") or APPROVAL in source.text:
        return
    for _, start, end in source.group("map"):
        first, last = source.line(start)
        if last - first <= _LONGEST and _CAPTION.match(source.text[end:last]):
            yield Hit("map_number", start, end, source.text[start:end])
