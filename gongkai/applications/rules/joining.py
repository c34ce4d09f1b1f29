"""One matter, one request: when two applications become one, and one becomes several."""

from __future__ import annotations

from datetime import date


def objection_to_recount(received: date, today: date) -> str:
    """Why the number of applications must stay as it is; empty when it may change.

    The annual report of a year that is over has counted them: what it carried over must be what
    the next one takes in (国办公开办函〔2021〕30号 table two).
    """
    if received.year == today.year:
        return ""
    return f"{received.year} 年收到的申请已计入该年度报告，不能再合并或者拆分，请分别答复。"


def objection_to_merging(received: date, into: date, today: date) -> str:
    """Why one application cannot be merged into another; empty when it can.

    The earlier one stays, so that the applicant does not lose a day of the period.
    """
    if into > received:
        return "应并入较早收到的一件，使答复期限不因合并而延后，请从较晚的一件办理合并。"
    return objection_to_recount(received, today) or objection_to_recount(into, today)
