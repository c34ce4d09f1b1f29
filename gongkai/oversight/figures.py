"""Gives the figures of this room to the reports, each with its rows."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.agencies.models import Agency
from gongkai.oversight.queries import FIGURES, rows_behind
from gongkai.reporting.sources import Row, Source, counting, register


def _source(figure: str) -> Source:
    def rows(agency: Agency, year: int) -> Iterable[Row]:
        for row in rows_behind(figure, agency, year):
            yield str(row), ""

    return counting(rows)


def _people(agency: Agency, year: int) -> int:
    return sum(training.people for training in rows_behind("trainings", agency, year))


def register_all() -> None:
    """Called when the room starts."""
    register("trained", Source(count=_people, rows=_source("trainings").rows))
    for figure in FIGURES:
        register(figure, _source(figure))
