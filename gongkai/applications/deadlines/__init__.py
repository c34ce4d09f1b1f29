"""The clock of an application: from its events to dates that explain themselves. Pure Python."""

from gongkai.applications.deadlines.receipt import (
    Arrival,
    Receipt,
    answered_on,
    receipt_day,
    working_days_late,
)
from gongkai.applications.deadlines.reply import (
    Consultation,
    Deadline,
    Facts,
    explain_reply,
    reply_deadline,
    safe_deadline,
)
from gongkai.applications.deadlines.table import deadlines_from_csv, run
from gongkai.applications.deadlines.targets import TARGETS, count_target

__all__ = [
    "TARGETS",
    "Arrival",
    "Consultation",
    "Deadline",
    "Facts",
    "Receipt",
    "answered_on",
    "count_target",
    "deadlines_from_csv",
    "explain_reply",
    "receipt_day",
    "reply_deadline",
    "run",
    "safe_deadline",
    "working_days_late",
]
