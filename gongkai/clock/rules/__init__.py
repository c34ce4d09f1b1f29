"""Counting days as the law counts them; pure Python, no database, no present moment."""

from gongkai.clock.rules.calendar import STATUTORY, Calendar, Day, Due
from gongkai.clock.rules.pauses import Pause, union
from gongkai.clock.rules.periods import Unit, add, add_days, add_months, next_fixed_date
from gongkai.clock.rules.trace import Counted, Step, explain, explain_fixed, note

__all__ = [
    "STATUTORY",
    "Calendar",
    "Counted",
    "Day",
    "Due",
    "Pause",
    "Step",
    "Unit",
    "add",
    "add_days",
    "add_months",
    "explain",
    "explain_fixed",
    "next_fixed_date",
    "note",
    "union",
]
