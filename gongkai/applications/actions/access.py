"""How an act takes hold of its case: locked, with its events and calendar."""

from __future__ import annotations

from gongkai.cases.actions import hold
from gongkai.cases.models import Case
from gongkai.cases.rules import Happened
from gongkai.clock.queries import calendar
from gongkai.clock.rules import Calendar
from gongkai.refusal import Refused


def locked(case: Case) -> tuple[tuple[Happened, ...], Calendar]:
    """The events and the calendar of a case whose row is locked until the transaction ends.

    What an act checks must still be true when it is done: two officers may click at once.
    """
    hold(case)
    happened = tuple(event.happened() for event in case.events.order_by("seq"))
    return happened, calendar(case.agency.code)


def refuse_if(objection: str, *, field: str = "", rule: str = "") -> None:
    """Raise Refused when there is an objection."""
    if objection:
        raise Refused(objection, field=field, rule=rule)
