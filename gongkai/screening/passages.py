"""Stretches of text taken out of a file, each with where it stood and whether a reader sees it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Protocol

from gongkai.screening.kinds import Severity
from gongkai.screening.limits import MAX_TEXT, Unreadable


class Locator(Protocol):
    """Says where an offset of a passage stands in its file."""

    def __call__(self, offset: int, /) -> str: ...


@dataclass(slots=True)
class Passage:
    """``hidden`` names the kind of finding that any text here is by itself; empty for visible
    text.
    """

    place: str
    text: str
    hidden: str = ""
    marks: list[tuple[int, str]] = field(default_factory=list)
    quiet: bool = False
    """Searched, but neither shown to a reader nor a finding by itself (technical parts)."""
    severity: Severity | None = None
    """Of the finding that hidden text is by itself; None for what the table of kinds says."""

    def place_at(self, offset: int) -> str:
        """The nearest place at or before an offset."""
        step = bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        return self.place if step < 0 else f"{self.place}{self.marks[step][1]}"


class Builder:
    """Puts a passage together piece by piece and remembers the places."""

    def __init__(self, place: str, hidden: str = "") -> None:
        self.place, self.hidden = place, hidden
        self._pieces: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._length = 0

    def add(self, text: str, mark: str = "") -> None:
        """Appends text; ``mark`` is where it stands from here on. Raises ``Unreadable`` when it
        grows too long.
        """
        if self._length + len(text) > MAX_TEXT:
            raise Unreadable("文字过多，请拆成几个文件")
        if mark:
            self._marks.append((self._length, mark))
        self._pieces.append(text)
        self._length += len(text)

    def passage(self) -> Passage:
        """What was put together."""
        return Passage(self.place, "".join(self._pieces), self.hidden, self._marks)
