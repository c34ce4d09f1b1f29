"""What the organ took for processing information, for the annual report."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Agency
from gongkai.applications.rules import Did
from gongkai.cases.models import Case, Event


def fees_collected(agency: Agency, year: int) -> int:
    """Yuan that were paid in the year (section six of the report tells it, none too)."""
    return sum(amount for _, amount in fees_behind(agency, year))


def fees_behind(agency: Agency, year: int) -> Iterator[tuple[Case, int]]:
    """The payments of the year: application and yuan, in the order in which they came in."""
    paid = Event.objects.filter(case__agency=agency, kind=Did.FEE_PAID).order_by("pk")
    for event in paid.select_related("case"):
        if event.data["day"].startswith(f"{year}-"):
            yield event.case, event.data["amount"]
