"""The organ's own time as respondent in a reconsideration or as defendant in a suit."""

from __future__ import annotations

from datetime import date

from gongkai.clock.rules import Calendar, Counted, explain
from gongkai.statute import Period, period

SUIT = "suit"


def period_to_answer(kind: str, copy_on: date, *, simple: bool = False) -> Period:
    """How long the organ has to answer in writing, by the law of the day on which the copy came.

    ``kind``: reconsideration or suit; ``simple``: the reconsideration organ told the organ that
    it follows the simple procedure (行政复议法第53条). Refused where that day knew none.
    """
    if kind == SUIT:
        return period("suit_defence", copy_on)
    return period("respondent_reply_simple" if simple else "respondent_reply", copy_on)


def answer_due(kind: str, copy_on: date, calendar: Calendar, *, simple: bool = False) -> Counted:
    """The last day to hand in answer, evidence and the documents relied on, with its arithmetic."""
    found = period_to_answer(kind, copy_on, simple=simple)
    return explain(calendar, copy_on, found.days, found.unit, article=found.article)
