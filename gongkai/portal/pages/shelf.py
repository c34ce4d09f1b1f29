"""What one run has read already: in a run nothing changes, for what is committed meanwhile is noted
as changed and published after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.queries import placed_below, read_whole

Found = TypeVar("Found")
Places = tuple[int, int]


def once(profile: SiteProfile, name: str, read: Callable[[], Found]) -> Found:
    """What ``read`` gives, read for the first that asks of this profile object.

    A profile is fetched for a request or a run, and lives as long as that.
    """
    known: dict[str, Any] = profile.__dict__.setdefault("_once", {})
    if name not in known:
        known[name] = read()
    found: Found = known[name]
    return found


def shelf_of(profile: SiteProfile) -> Shelf:
    """The shelf of this run."""
    return once(profile, "shelf", Shelf)


class Shelf:
    """Items that a batch of files shows, read together when the batch is announced."""

    def __init__(self) -> None:
        self._items: dict[int, ItemPage] = {}
        self._listed: dict[int, tuple[Places, dict[int, ItemPage]]] = {}

    def hold(self, pks: Iterable[int], *, beside: bool = True) -> None:
        """Read these items with all that their pages show, and forget those held before."""
        wanted = set(pks)
        missing = wanted - self._items.keys()
        self._items = {pk: item for pk, item in self._items.items() if pk in wanted}
        if missing:
            self._items |= {item.pk: item for item in read_whole(missing, beside=beside)}

    def item(self, pk: int) -> ItemPage:
        """The item; read by itself where nobody announced it."""
        if pk not in self._items:
            self.hold([pk])
        return self._items[pk]

    def hold_places(self, column: ColumnPage, first: int, last: int) -> None:
        """Read the lines of these places of a column, and forget those held of it before."""
        self._listed[column.pk] = ((first, last), _in_places(column, first, last))

    def places(self, column: ColumnPage, first: int, last: int) -> list[ItemPage]:
        """What stands or is listed at these places of a column, newest first."""
        held, found = self._listed.get(column.pk, ((0, 0), {}))
        if not held[0] <= first <= last <= held[1]:
            found = _in_places(column, first, last)
        return [found[place] for place in sorted(found, reverse=True) if first <= place <= last]


def _in_places(column: ColumnPage, first: int, last: int) -> dict[int, ItemPage]:
    # By the tree, not by the parent column that Wagtail has not: the places are few, the tree deep.
    places = (first, last)
    own = ItemPage.objects.child_of(column).filter(live=True, sequence__range=places)
    found = {item.sequence or 0: item for item in own}
    placed = placed_below([column]).filter(sequence__range=places)
    return found | {p.sequence or 0: p.item for p in placed}
