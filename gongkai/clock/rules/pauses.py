"""Stretches of time that a period does not count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Pause(NamedTuple):
    """The days after ``after`` up to and including ``until`` do not count.

    The day on which a consultation is sent still counts; the day on which the answer arrives
    does not.
    """

    after: date
    until: date
    why: str = ""
    article: str = ""

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies inside, and so does not count."""
        return self.after < day <= self.until


def union(pauses: Iterable[Pause]) -> list[tuple[date, date]]:
    """The pauses as sorted stretches without overlap.

    Two consultations at the same time stop the clock once, never twice.
    """
    merged: list[tuple[date, date]] = []
    for after, until in sorted((p.after, p.until) for p in pauses if p.until > p.after):
        if merged and after <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((after, until))
    return merged
