"""After the reply: proactive disclosure (条例（2019）第44条) and the yearly second look at what was
withheld (第18条).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Act, Happened
from gongkai.clock.rules import Calendar
from gongkai.clock.rules.periods import same_day_later
from gongkai.statute import law_for

GIVEN = frozenset({"G1", "P1"})
# What was withheld on grounds that may fall away: articles 14 to 16, and the withheld part.
WITHHELD = frozenset({"D1", "D2", "D3", "D4", "D5", "D6", "D7", "P1"})


@dataclass(frozen=True)
class Afterwards:
    """What is still to be done with an answered application, and by when.

    ``decide``: whether what was given out is to be published. ``publish``: it is, by that day.
    ``look_again``: on that day at what was withheld.
    """

    decide: bool = False
    publish: date | None = None
    look_again: date | None = None


def afterwards(events: Sequence[Happened], calendar: Calendar) -> Afterwards:
    """What the events leave to be done."""
    answer = next((e for e in events if e.kind == Act.DISPATCHED), None)
    if answer is None:
        return Afterwards()
    outcome = answer.data["outcome"]
    decided = any(e.kind == Did.PROACTIVE_DECIDED for e in events)
    return Afterwards(
        decide=outcome in GIVEN and not decided,
        publish=_to_publish(events),
        look_again=_next_look(events, answer, calendar) if outcome in WITHHELD else None,
    )


def publish_by(day: date, calendar: Calendar) -> date:
    """The last day to publish what was decided to be published on ``day``."""
    period = law_for(day).period("proactive_on_request")
    return calendar.add_working_days(day, period.days).date


def looked_at_before(today: date) -> date:
    """What was last looked at on this day, or earlier, is due today."""
    return same_day_later(today, -law_for(today).period("withheld_review").days)


def _to_publish(events: Sequence[Happened]) -> date | None:
    due = None
    for event in events:
        if "publish_by" in event.data:
            due = date.fromisoformat(event.data["publish_by"])
        elif event.kind == Did.PROACTIVE_DONE:
            due = None
    return due


def _next_look(events: Sequence[Happened], answer: Happened, calendar: Calendar) -> date | None:
    looks = [e for e in events if e.kind == Did.WITHHELD_CHECKED]
    if looks and not looks[-1].data["keep"]:
        return None
    last = looks[-1].day if looks else date.fromisoformat(answer.data["answered_on"])
    months = law_for(last).periods.get("withheld_review")
    return calendar.roll(same_day_later(last, months.days)) if months else None
