"""Gives index numbers and places in a column: unique under concurrency, never used twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.catalogue import rules

if TYPE_CHECKING:
    from gongkai.catalogue.models import ItemPage


@transaction.atomic
def next_index_number(agency: Agency, year: int) -> str:
    """The next index number of an organ and year; the counter's row is locked meanwhile."""
    from gongkai.catalogue.models import IndexCounter

    IndexCounter.objects.get_or_create(agency=agency, year=year)
    counter = IndexCounter.objects.select_for_update().get(agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return rules.index_number(agency.index_code, year, counter.last)


def give_index_number(item: ItemPage) -> None:
    """Number a new draft; the address follows from the number and is ASCII."""
    assert item.unit is not None
    item.index_number = next_index_number(item.unit.agency, clock.today().year)
    item.slug = rules.slug_of(item.index_number)


def next_sequence(item: ItemPage) -> int:
    """The item's place in its column, counted from the oldest release."""
    from gongkai.catalogue.models import ItemPage

    siblings = ItemPage.objects.child_of(item.get_parent())
    return (siblings.aggregate(last=Max("sequence"))["last"] or 0) + 1
