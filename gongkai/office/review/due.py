"""The lamp of a review: the same borders and words as a case's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai import clock
from gongkai.cases.rules import LAMP_SHAPES, Clock, Lamp, Stage, lamp
from gongkai.clock.queries import calendar
from gongkai.review.models import Referral, Sheet


@dataclass(frozen=True)
class SheetDue:
    """Lamp, shape and words, and the day."""

    lamp: str
    shape: str
    words: str
    on: date | None
    provisional: bool


def dues_of(sheets: Sequence[Sheet]) -> list[SheetDue]:
    """The lamp of each open sheet today; the number of queries does not grow with the rows.

    While the secrecy administration is asked the clock stands still.
    """
    subjects = [sheet.subject for sheet in sheets]
    asked = Referral.objects.filter(outcome="", sheet__subject__in=subjects)
    waiting = set(asked.values_list("sheet__subject", flat=True)) if sheets else set()
    calendars = {code: calendar(code) for code in {sheet.agency.code for sheet in sheets}}
    today, dues = clock.today(), []
    for sheet in sheets:
        days, sent = calendars[sheet.agency.code], clock.day_of(sheet.submitted_at)
        if sheet.due_on is None:
            told = (Lamp.YELLOW, f"{sent:%m-%d} 送审")
        else:
            now = Clock(due_on=sheet.due_on, paused=sheet.subject in waiting)
            told = lamp(now, Stage.DRAFTED, today, days)
        unsure = sheet.due_on is not None and days.is_provisional(sent, sheet.due_on)
        dues.append(SheetDue(told[0].value, LAMP_SHAPES[told[0]], told[1], sheet.due_on, unsure))
    return dues
