"""Where the figures come from: each is a list of rows first and a number second.

Rooms above this one (supervision, new media) add theirs when they start; so a figure that opens
needs no import upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.applications.models import Remedy
from gongkai.cases.models import Case

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


def of_cases(found: Iterable[Case]) -> Iterable[Row]:
    """Cases as people read them, with the address of their desk screen."""
    for case in found:
        yield f"{case.number} {case.title}", f"/desk/cases/{case.number}/"


def of_remedies(found: Iterable[Remedy]) -> Iterable[Row]:
    """Reconsiderations and suits, each with its application's screen."""
    for remedy in found:
        yield str(remedy), f"/desk/cases/{remedy.case.number}/"
