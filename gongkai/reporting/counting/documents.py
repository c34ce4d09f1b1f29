"""Table 1: rules and normative documents from the catalogue, by their own dates.

A document is told from other items by its statutory class (Art. 20 item 1), its number and its
validity; dates and not today's state decide, so that a past year counts again the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import ItemPage
from gongkai.catalogue.rules import Validity
from gongkai.reporting.figures import last_day
from gongkai.reporting.sources import Row, Source
from gongkai.statute import genres

Items = Callable[[Agency, int], QuerySet[ItemPage]]

DOCUMENTS = "20-1"  # Art. 20 item 1 of the Regulations of 2019
REGULATION = "规章"
assert REGULATION in genres()
_NORMATIVE = ("行政规范性文件", "规范性文件")
_OVER = (Validity.REPEALED.value, Validity.EXPIRED.value)


def released(agency: Agency, year: int) -> QuerySet[ItemPage]:
    """The items that the organ released in a year, later withdrawn ones too."""
    first, after = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    return items(agency).filter(released_at__gte=first, released_at__lt=after)


def items(agency: Agency) -> QuerySet[ItemPage]:
    """Every item of the organ that was ever public."""
    return ItemPage.objects.filter(unit__agency=agency, released_at__isnull=False).order_by(
        "released_at", "pk"
    )


def normative(found: QuerySet[ItemPage]) -> QuerySet[ItemPage]:
    """The normative documents (规范性文件) among items: no rules of law, no interpretations."""
    return _documents(found).exclude(genre=REGULATION)


def regulations(found: QuerySet[ItemPage]) -> QuerySet[ItemPage]:
    """The rules of law (规章) among items."""
    return _documents(found).filter(genre=REGULATION)


def made_in(year: int) -> Q:
    """Signed in the year."""
    return Q(signed_on__year=year)


def item_rows(found: Iterable[ItemPage]) -> Iterable[Row]:
    """Items as people read them, with their page in the admin."""
    for item in found:
        number = item.document_number or item.index_number
        yield f"{number} {item.title}", f"/desk/pages/{item.pk}/edit/"


def of_items(items_of: Items) -> Source:
    """A figure that is a number of items."""
    return Source(
        count=lambda agency, year: items_of(agency, year).count(),
        rows=lambda agency, year: item_rows(items_of(agency, year)),
    )


def unknown() -> Source:
    """A figure that no record holds: people enter it with its source."""
    return Source(count=lambda agency, year: None, rows=lambda agency, year: [])


def source(form: str, row: str, column: str) -> Source:
    """How a cell of table 1 is counted; rows other than documents are known to people only."""
    kind: Any = {REGULATION: regulations, **dict.fromkeys(_NORMATIVE, normative)}.get(row)
    return of_items(_COLUMNS[column](kind)) if kind else unknown()


def _documents(found: QuerySet[ItemPage]) -> QuerySet[ItemPage]:
    known = found.filter(disclosure_item=DOCUMENTS, interprets=None)
    return known.exclude(document_number="").exclude(validity="")


def _made(kind: Any) -> Items:
    return lambda a, y: kind(items(a)).filter(made_in(y))


def _repealed(kind: Any) -> Items:
    return lambda a, y: kind(items(a)).filter(validity__in=_OVER, valid_to__year=y)


def _valid(kind: Any) -> Items:
    """In force at the end of the year. One that ended on an unknown day cannot be told to be."""

    def found(agency: Agency, year: int) -> QuerySet[ItemPage]:
        day = last_day(year)
        begun = Q(signed_on__lte=day) & (Q(valid_from=None) | Q(valid_from__lte=day))
        over = Q(valid_to__lte=day) | Q(valid_to=None, validity__in=_OVER)
        return kind(items(agency)).filter(begun).exclude(over)

    return found


def _newly_published(kind: Any) -> Items:
    return lambda a, y: kind(released(a, y))


def _total_public(kind: Any) -> Items:
    def found(agency: Agency, year: int) -> QuerySet[ItemPage]:
        after = _midnight(date(year + 1, 1, 1))
        return kind(items(agency)).filter(released_at__lt=after, live=True)

    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.SHANGHAI)


_COLUMNS: dict[str, Callable[[Any], Items]] = {
    "made": _made,
    "repealed": _repealed,
    "valid": _valid,
    "made_this_year": _made,
    "newly_published": _newly_published,
    "total_public": _total_public,
}
