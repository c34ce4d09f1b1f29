"""Items read a few at a time, when their pages are made: a release makes few, an export all."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from gongkai.catalogue.models import Attachment, ItemPage
from gongkai.files.models import StoredFile

AT_ONCE = 20
_PARTS = ("attachments__file", "standard_rows")


class Shelf:
    """Holds the items that were asked for last; ``pks`` in the order in which they are asked."""

    def __init__(self, pks: Sequence[int]) -> None:
        self._pks = pks
        self._places = {pk: place for place, pk in enumerate(pks)}
        self._held: dict[int, ItemPage] = {}

    def item(self, pk: int) -> ItemPage:
        """The item, read with those that follow it unless it is held already."""
        if pk not in self._held:
            place = self._places[pk]
            wanted = ItemPage.objects.filter(pk__in=self._pks[place : place + AT_ONCE])
            found = wanted.select_related("unit__agency").prefetch_related(*_PARTS)
            self._held = {item.pk: item for item in found}
        return self._held[pk]


def files_of(items: QuerySet[ItemPage]) -> dict[int, list[StoredFile]]:
    """The released files of each of the items, in their order."""
    released = Attachment.objects.filter(
        page__in=items.order_by().values("pk"), file__state=StoredFile.State.RELEASED
    )
    found: dict[int, list[StoredFile]] = {}
    for row in released.select_related("file").order_by("page_id", "sort_order", "pk"):
        found.setdefault(row.page_id, []).append(row.file)
    return found
