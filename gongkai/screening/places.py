"""What gives away where or in which copy: coordinates, copy numbers, inner lines and hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

_FIRST_LINE = re.compile(r"\s{0,8}([0-9]{6})[ \t\r]{0,8}\n\s{0,8}[^\n]{0,8}?[\u4e00-\u9fff]")
_COPY = re.compile(r"[ \u3000]{0,3}[:：]?[ \u3000]{0,3}([0-9]{6})(?![0-9])")
_COORDINATE = re.compile(r"[0-9]{1,9}\.[0-9]{4,}|[0-9]{1,3}°[0-9]{1,2}['\u2032\u2019]")
_LINE = re.compile(r"(?:电话|号码|号)?[ \t:：]{0,3}([0-9]{3,5})(?![0-9])")
_HOST = re.compile(r"[a-z0-9.\-]{1,60}\.(?:local|lan|intra|intranet|corp|internal)\b")
_AROUND = 40


def copy_numbers(source: Source) -> Iterator[Hit]:
    """The number of a copy: after its name, or six digits alone at the head of a paper."""
    head = _FIRST_LINE.match(source.text)
    if head:
        yield Hit("copy_number", *head.span(1), head[1])
    for _, _, end in source.group("copy"):
        match = _COPY.match(source.text, end)
        if match:
            yield Hit("copy_number", *match.span(1), match[1])


def coordinates(source: Source) -> Iterator[Hit]:
    """Exact coordinates (to ten metres and finer) beside a word for a place that is guarded."""
    done = 0
    for _, start, end in source.group("site"):
        left, right = max(done, start - _AROUND), min(len(source.text), end + _AROUND)
        for match in _COORDINATE.finditer(source.text, left, right):
            done = match.end()
            yield Hit("place_data", *match.span(), match.group())


def inner_lines(source: Source) -> Iterator[Hit]:
    """Numbers of inner telephone lines and names of inner hosts."""
    for _, _, end in source.group("inner_line"):
        match = _LINE.match(source.text, end)
        if match:
            yield Hit("inner_address", *match.span(1), match[1])
    for _, start, end in source.group("net"):
        host = _HOST.match(source.text, end) if source.text[start:end].endswith("//") else None
        if host:
            yield Hit("inner_address", *host.span(), host.group(), "review")
