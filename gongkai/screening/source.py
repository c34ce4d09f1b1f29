"""A stretch of text as the detectors see it: normalised, with its words, lines and tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from gongkai.screening.kinds import Severity
from gongkai.screening.lexicon import Word
from gongkai.screening.normalise import Normalised
from gongkai.screening.policy import Policy
from gongkai.screening.tables import Tables

SEPARATOR = r"[ \t\r\n\u3000\-.·,，、()（）]"
_RUN = re.compile(
    rf"[0-9](?:{SEPARATOR}{{0,3}}[0-9]){{4,}}(?:{SEPARATOR}{{0,3}}[Xx](?![0-9A-Za-z]))?"
)

COVER = "*●○×#_■□▇★☆"
"""What numbers are masked with, beside dots, dashes and x."""

_BREAK = re.compile("\n")


class Hit(NamedTuple):
    """Something found, in places of the normalised text. ``value`` is what it stands for,
    without separators.
    """

    kind: str
    start: int
    end: int
    value: str
    severity: Severity | None = None


@dataclass
class Source:
    """What one pass looks at."""

    normalised: Normalised
    words: list[Word]
    policy: Policy

    @cached_property
    def text(self) -> str:
        """The normalised text."""
        return self.normalised.text

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """Stretches of five digits and more, with up to three separators between digits."""
        return [m.span() for m in _RUN.finditer(self.text)]

    @cached_property
    def starred(self) -> bool:
        """Whether anything in the text may mask a number; asked by two detectors."""
        return any(mark in self.text for mark in (*COVER, "xx", "XX", "--"))

    @cached_property
    def tables(self) -> Tables:
        """The tables in the text, read only when something in it needs a column header."""
        return Tables(self.text)

    @cached_property
    def _breaks(self) -> list[int]:
        """Searching for a line's ends at each hit would read one long line again and again."""
        return [m.start() for m in _BREAK.finditer(self.text)]

    @cached_property
    def _by_group(self) -> dict[str, list[Word]]:
        found: dict[str, list[Word]] = {}
        for word in self.words:
            found.setdefault(word.group, []).append(word)
        return found

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {group: [w.start for w in words] for group, words in self._by_group.items()}

    def group(self, group: str) -> list[Word]:
        """The words of a group, in order."""
        return self._by_group.get(group, [])

    def near(
        self, groups: tuple[str, ...], start: int, end: int, *, before: int = 20, after: int = 0
    ) -> bool:
        """Whether a word of the groups stands within so many characters."""
        for group in groups:
            starts = self._starts.get(group, [])
            place = bisect_left(starts, start - before)
            if place < len(starts) and starts[place] < end + after:
                return True
        return False

    def header(self, start: int) -> str:
        """The header of the column that a place stands in; empty outside tables."""
        return self.tables.header(start)

    def line(self, place: int) -> tuple[int, int]:
        """Where the line around a place begins and ends."""
        step = bisect_left(self._breaks, place)
        start = self._breaks[step - 1] + 1 if step else 0
        return start, self._breaks[step] if step < len(self._breaks) else len(self.text)
