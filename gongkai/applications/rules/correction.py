"""Correcting what an organ has on record about the applicant (条例（2019）第41条, 条例（2007）
第25条): a request of its own, with its own period and results.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from gongkai.applications.rules.names import Did
from gongkai.cases.rules import Act, Clock, Happened
from gongkai.clock.rules import Calendar, explain
from gongkai.statute import law_for


class Request(StrEnum):
    """What is asked for: information, or the correction of one's own record."""

    DISCLOSURE = "disclosure"
    CORRECTION = "correction"


REQUEST_LABELS = {
    Request.DISCLOSURE: "公开政府信息",
    Request.CORRECTION: "更正与本人有关的政府信息",
}


class Correction(StrEnum):
    """How a request for correction ends."""

    CORRECTED = "corrected"
    FORWARDED = "forwarded"
    TOLD = "told"
    REFUSED = "refused"


CORRECTION_LABELS = {
    Correction.CORRECTED: "予以更正",
    Correction.FORWARDED: "无权更正，已转送有权机关",
    Correction.TOLD: "无权更正，告知向有权机关提出",
    Correction.REFUSED: "证据不足或者记录无误，不予更正",
}
# Who may correct it is named where this organ may not.
NAMES_AN_ORGAN = frozenset({Correction.FORWARDED, Correction.TOLD})
_ACTS = frozenset({
    Act.SUBMITTED, Act.REGISTERED, Act.ROUTED, Act.SENT_BACK, Act.REMINDED,
    Did.RECTIFICATION_ASKED, Did.RECTIFIED, Did.ABANDONED, Did.WITHDRAWN, Did.RECORD_DECIDED,
    Did.REMEDY_FILED, Did.REMEDY_COPY, Did.REMEDY_ANSWERED, Did.REMEDY_DECIDED,
})  # fmt: skip


def is_correction(events: Iterable[Happened]) -> bool:
    """Whether these are the events of a request for correction; told at its registration."""
    return any(
        e.kind == Act.REGISTERED and e.data.get("request") == Request.CORRECTION for e in events
    )


def objection_to_act(events: Sequence[Happened], kind: str) -> str:
    """Why this act does not belong to what was requested; empty when it does."""
    if is_correction(events):
        told = "不能办理这一步；请登记更正的结果。"
        return "" if kind in _ACTS else f"本件是更正本人信息的申请，{told}"
    if kind == Did.RECORD_DECIDED:
        return "本件是公开政府信息的申请，请拟答复稿。"
    return ""


def correction_clock(events: Sequence[Happened], calendar: Calendar) -> Clock:
    """The period runs from receipt, or anew from the rectification."""
    registered = next(e for e in events if e.kind == Act.REGISTERED)
    received = date.fromisoformat(registered.data["received_on"])
    period = law_for(received).period("record_correction")
    told = [date.fromisoformat(e.data["day"]) for e in events if e.kind == Did.RECTIFIED]
    counted = explain(
        calendar, told[-1] if told else received, period.days, period.unit, article=period.article
    )
    acts = [e.kind for e in events if e.kind in (Did.RECTIFICATION_ASKED, Did.RECTIFIED)]
    finished = any("outcome" in e.data for e in events)
    return Clock(
        due_on=counted.due,
        safe_on=counted.due,
        provisional=counted.provisional,
        paused=not finished and acts[-1:] == [Did.RECTIFICATION_ASKED],
        trace=tuple(f"{s.text}（{s.article}）" if s.article else s.text for s in counted.steps),
    )
