"""Text and CSV files."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.sniff import decode
from gongkai.screening.limits import Unreadable
from gongkai.screening.passages import Passage


def passages(data: bytes) -> Iterator[Passage]:
    """The whole text, with line numbers as places."""
    text = decode(data)
    if text is None:
        raise Unreadable("文字编码认不出，请存为UTF-8后上传")
    marks, offset = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        marks.append((offset, f"第{number}行"))
        offset += len(line) + 1
    yield Passage("", text, marks=marks)
