"""Where the figures come from: each is a list of rows first and a number second.

Rooms above this one (supervision, new media) add theirs when they start; so a figure that opens
needs no import upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.agencies.models import Agency

Row = tuple[str, str]
"""What people read, and the address of its screen (may be empty)."""


@dataclass(frozen=True)
class Source:
    """A figure of a year: how it is counted, and the rows that it counts."""

    count: Callable[[Agency, int], int | float | None]
    rows: Callable[[Agency, int], Iterable[Row]]


SOURCES: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add the figure ``key`` (``part.name`` or ``name``)."""
    SOURCES[key] = source


def counting(rows: Callable[[Agency, int], Iterable[Row]]) -> Source:
    """A figure that is simply the number of its rows."""
    return Source(count=lambda agency, year: len(list(rows(agency, year))), rows=rows)
