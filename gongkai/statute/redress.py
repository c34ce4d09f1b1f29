"""Where an applicant may turn after an answer, or after silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.refusal import Refused
from gongkai.statute.dispositions import outcome as find
from gongkai.statute.periods import Period, period
from gongkai.statute.source import in_force, table

SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a letter has to tell.

    ``review_first``: a suit is open only after reconsideration; for a partial answer this
    concerns the part that was withheld. ``organs``: the applicant may choose among these.
    """

    review: Period
    suit: Period
    review_first: bool
    only_withheld_part: bool
    organs: tuple[str, ...]
    organs_article: str
    articles: tuple[str, ...]


def remedy_for(replied_on: date, outcome: str) -> Remedy:
    """The remedies by the day of the reply (not of the application) and its outcome code.

    ``outcome`` may be ``"silence"`` for an answer that is overdue.
    """
    group = SILENCE if outcome == SILENCE else find(outcome).group
    raw = table("remedies")
    for row in raw["remedy"]:
        if in_force(row, replied_on):
            first = group in row["review_first"] and outcome not in row.get("not_first", ())
            return Remedy(
                review=Period(row["review_days"], "day", row["articles"][0], "reconsideration"),
                suit=Period(row["suit_months"], "month", row["articles"][-1], "litigation_direct"),
                review_first=first,
                only_withheld_part=first and group == "P",
                organs=tuple(raw["organs"]["review"]),
                organs_article=raw["organs"]["article"],
                articles=tuple(row["articles"]),
            )
    raise Refused(f"{replied_on} 时条例尚未施行，请核对答复日期。", field="replied_on")


def suit_after_review(decided_on: date) -> Period:
    """The period for a suit after a decision on reconsideration."""
    return period("litigation_after_review", decided_on)
