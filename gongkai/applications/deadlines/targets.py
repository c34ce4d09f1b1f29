"""The other dates that the law counts around an application."""

from __future__ import annotations

from datetime import date

from gongkai.clock.rules import Calendar, Counted, explain, explain_fixed, next_fixed_date
from gongkai.refusal import Refused
from gongkai.statute import Law, period

# Periods of the Regulations, by the name that the table of cases uses.
_IN_THE_LAW = {
    "correction_notice": "correction_notice",
    "correction": "correction",
    "third_party_opinion": "third_party_opinion",
    "co_organ_opinion": "co_organ_opinion",
    "proactive": "proactive",
    "proactive_on_request": "proactive_on_request",
    "fee_payment": "fee_payment",
    "record_correction": "record_correction",
}
# Periods of other laws; the day chooses the text, None: the text in force on the start day.
_ELSEWHERE: dict[str, tuple[str, date | None]] = {
    "reconsideration": ("reconsideration", None),
    "litigation_after_review": ("litigation_after_review", None),
    "litigation_direct": ("litigation_direct", None),
    "litigation_direct_3m": ("litigation_direct", date.min),
    "litigation_direct_6m": ("litigation_direct", date.max),
    "petition_60d": ("petition_60d", None),
}
_FIXED = {"annual_report_dept": "organ", "annual_report_gov": "government"}

TARGETS = frozenset({"answer", *_IN_THE_LAW, *_ELSEWHERE, *_FIXED})
NEEDS_LAW = frozenset({"answer", *_IN_THE_LAW, *_FIXED})


def count_target(calendar: Calendar, target: str, start: date, law: Law | None = None) -> Counted:
    """The date that ``target`` asks for, from the day ``start``; see ``TARGETS``.

    ``law`` is needed for periods of the Regulations and for the annual report. Yearly dates are
    the first on or after ``start``. The answer itself has ``explain_reply``.
    """
    calendar.require(start)
    if target in _ELSEWHERE:
        name, text_of = _ELSEWHERE[target]
        found = period(name, text_of or start)
    elif law is None or target not in NEEDS_LAW or target == "answer":
        raise Refused(f"不认识的期限“{target}”，请核对 target。", field="target")
    elif target in _FIXED:
        fixed = law.reports[_FIXED[target]]
        due = next_fixed_date(start, fixed.month, fixed.day)
        return explain_fixed(calendar, start, due, article=fixed.article)
    else:
        found = law.period(_IN_THE_LAW[target])
    return explain(calendar, start, found.days, found.unit, article=found.article)
