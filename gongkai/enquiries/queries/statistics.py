"""What is counted: every figure is a queryset first, and its number second.

A message counts in the year or month in which it was received; it is answered if its answer was
sent, whenever that was, up to ``as_of``. So a rate never exceeds 100, and a past day counts again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import KIND_LABELS, Act, Kind, Stage
from gongkai.clock import SHANGHAI
from gongkai.clock.queries import calendar
from gongkai.clock.rules import Calendar
from gongkai.enquiries.rules import KINDS, TOPICS
from gongkai.refusal import Refused

_FIGURES = {
    "enquiries.received": (Kind.ENQUIRY, False),
    "enquiries.answered": (Kind.ENQUIRY, True),
    "complaints.received": (Kind.COMPLAINT, False),
    "complaints.handled": (Kind.COMPLAINT, True),
    "answer_rate": (None, False),
    "received": (None, False),
    "answered": (None, True),
}


@dataclass
class Figures:
    """Received, answered, and how long answers took (working days after the day of receipt)."""

    received: int = 0
    answered: int = 0
    working_days: int = 0

    @property
    def rate(self) -> float | None:
        """Answered of received in percent, two decimals; None when nothing was received."""
        return round(100 * self.answered / self.received, 2) if self.received else None

    @property
    def average_days(self) -> float | None:
        """Mean working days to the answer, one decimal; None when nothing was answered."""
        return round(self.working_days / self.answered, 1) if self.answered else None


@dataclass
class Statistics:
    """The figures of a year or month: all, and by kind, topic and unit (Chinese labels)."""

    total: Figures = field(default_factory=Figures)
    by_kind: dict[str, Figures] = field(default_factory=dict)
    by_topic: dict[str, Figures] = field(default_factory=dict)
    by_unit: dict[str, Figures] = field(default_factory=dict)


def received_in(agency: Agency, year: int, month: int | None = None) -> QuerySet[Case]:
    """The messages received in a year or month; not yet registered ones by the day they came.

    Without those that were really applications and taken over as such: the register of
    applications counts them by the same day, and nobody will answer them here.
    """
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    came = Q(
        received_on=None, submitted_at__gte=_midnight(first), submitted_at__lt=_midnight(after)
    )
    found = Case.objects.filter(agency=agency, kind__in=[k.value for k in KINDS]).filter(
        came | Q(received_on__gte=first, received_on__lt=after)
    )
    moved = Event.objects.filter(case=OuterRef("pk"), kind=Act.CLOSED, data__has_key="to")
    return found.exclude(Q(stage=Stage.CLOSED) & Exists(moved))


def statistics(
    agency: Agency, year: int, month: int | None = None, *, as_of: date | None = None
) -> Statistics:
    """Count a year or month, as it stood at the end of the day ``as_of`` (default: now)."""
    groups = (
        _known(received_in(agency, year, month), as_of)
        .order_by()
        .values("kind", "enquiry__topic", "owner_unit__name", "received_on", "answered_on")
        .annotate(rows=Count("pk"))
    )
    return _tallied(groups, calendar(agency.code), as_of)


def figures(agency: Agency, year: int, *, as_of: date | None = None) -> dict[str, Any]:
    """The bureau's figures of a year; the rate is over messages of every kind."""
    counted = statistics(agency, year, as_of=as_of)
    enquiries = counted.by_kind.get(KIND_LABELS[Kind.ENQUIRY], Figures())
    complaints = counted.by_kind.get(KIND_LABELS[Kind.COMPLAINT], Figures())
    return {
        "enquiries": {"received": enquiries.received, "answered": enquiries.answered},
        "complaints": {"received": complaints.received, "handled": complaints.answered},
        "answer_rate": counted.total.rate,
    }


def rows_behind(
    agency: Agency, year: int, figure: str, *, as_of: date | None = None
) -> QuerySet[Case]:
    """The cases that a figure counts (for ``answer_rate``: those it divides by)."""
    if figure not in _FIGURES:
        raise Refused("没有这项统计，请从统计表中点开数字。")
    kind, answered = _FIGURES[figure]
    rows = _known(received_in(agency, year), as_of)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return rows.filter(_sent(as_of)) if answered else rows


def _known(rows: QuerySet[Case], as_of: date | None) -> QuerySet[Case]:
    """Only what had reached the system by the end of that day."""
    if as_of is None:
        return rows
    return rows.filter(submitted_at__lt=_midnight(as_of + timedelta(days=1)))


def _sent(as_of: date | None) -> Q:
    sent = Q(answered_on__isnull=False)
    return sent & Q(answered_on__lte=as_of) if as_of else sent


def _tallied(groups: Iterable[Mapping[str, Any]], days: Calendar, as_of: date | None) -> Statistics:
    found = Statistics()
    sizes: Counter[str] = Counter()
    for row in groups:
        kind = KIND_LABELS[Kind(row["kind"])]
        topic = TOPICS[row["enquiry__topic"]].label
        unit = row["owner_unit__name"] or "未分办"
        sizes[unit] += row["rows"]
        for figures_of in (
            found.total,
            found.by_kind.setdefault(kind, Figures()),
            found.by_topic.setdefault(topic, Figures()),
            found.by_unit.setdefault(unit, Figures()),
        ):
            _add(figures_of, row, days, as_of)
    found.by_unit = {unit: found.by_unit[unit] for unit, _ in sizes.most_common()}
    return found


def _add(into: Figures, row: Mapping[str, Any], days: Calendar, as_of: date | None) -> None:
    into.received += row["rows"]
    answered = row["answered_on"]
    if answered is not None and (as_of is None or answered <= as_of):
        into.answered += row["rows"]
        into.working_days += row["rows"] * days.working_days_between(row["received_on"], answered)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
