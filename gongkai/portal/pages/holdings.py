"""What the released items of a site hold: their pages, their files, their tables as data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet

from gongkai.catalogue.models import Attachment, ItemPage, SiteProfile, StandardRow
from gongkai.catalogue.queries import released_items
from gongkai.catalogue.rules import ColumnKind
from gongkai.files.models import StoredFile
from gongkai.portal import addresses
from gongkai.portal.pages import items, standard
from gongkai.portal.pages.bodies import tables_of
from gongkai.portal.pages.shelf import shelf_of
from gongkai.portal.pages.sites import columns_of, home_page
from gongkai.portal.pages.target import Target, page
from gongkai.portal.reading import reads

Owners = Collection[str] | None
Row = tuple[int, str, str, str]
_FILE = "file:"
_AT_ONCE = 100


def item_targets(profile: SiteProfile, owners: Owners) -> Iterator[Target]:
    """Files of items before the pages that link to them; listed without reading the items."""
    home = home_page(profile)
    released = released_items(home)
    chosen = released if owners is None else released.filter(index_number__in=_numbers(owners))
    rows: list[Row] = list(
        chosen.order_by("path").values_list("pk", "path", "url_path", "index_number")
    )
    shown = _files(released, rows, owners)
    tables, standing = _tables(rows, profile), _standing(rows, owners)
    of_item: dict[int, list[Target]] = {}
    for target, holder in shown:
        of_item.setdefault(holder, []).append(target)
    for row in rows:
        yield from of_item.pop(row[0], ())
        yield from _of_item(row, profile, tables.get(row[0], 0), row[0] in standing)
    for others in of_item.values():
        yield from others


def _of_item(row: Row, profile: SiteProfile, tables: int, standing: bool) -> Iterator[Target]:
    pk, place, url_path, number = row
    path, owner = f"/{url_path[len(home_page(profile).url_path) :]}", f"item:{number}"
    column = columns_of(profile)[place[: -ItemPage.steplen]]
    if standing:
        make = _later(profile, pk, standard.export, profile)
        yield Target(f"{path}{standard.EXPORT}", make, owner, pk)
    for table in range(tables):
        make = _later(profile, pk, items.data_file, table)
        yield Target(f"{path}data-{table + 1}.csv", make, owner, pk)
    yield page(path, _later(profile, pk, items.item_page, column, profile), owner, item=pk)


def _later(profile: SiteProfile, pk: int, build: Callable[..., Any], *more: Any) -> Any:
    return lambda: build(shelf_of(profile).item(pk), *more)


def _numbers(owners: Collection[str]) -> list[str]:
    return [owner.removeprefix("item:") for owner in owners if owner.startswith("item:")]


def _files(
    released: QuerySet[ItemPage], rows: Sequence[Row], owners: Owners
) -> Iterator[tuple[Target, int]]:
    """Each released file once, with the first item that shows it: it is public for all of them."""
    shown = Attachment.objects.filter(
        page__in=released.order_by().values("pk"), file__state=StoredFile.State.RELEASED
    )
    if owners is not None:
        mine = Attachment.objects.filter(page__in=[row[0] for row in rows])
        digests = set(mine.order_by().values_list("file__sha256", flat=True))
        digests |= {owner.removeprefix(_FILE) for owner in owners if owner.startswith(_FILE)}
        shown = shown.filter(file__sha256__in=digests)
    found: dict[str, tuple[StoredFile, int, set[str]]] = {}
    in_order = shown.select_related("file", "page").defer("page__body")
    for row in in_order.order_by("page__path", "sort_order", "pk"):
        path = addresses.file_path(row.file)
        found.setdefault(path, (row.file, row.page_id, set()))[2].add(row.page.subject)
    for path, (file, holder, subjects) in found.items():
        make = partial(_bytes, file, frozenset(subjects))
        yield Target(path, make, f"{_FILE}{file.sha256}"), holder


def _bytes(file: StoredFile, subjects: frozenset[str]) -> bytes:
    reads(*subjects)
    return file.read()


def _standing(rows: Sequence[Row], owners: Owners) -> set[int]:
    """Which of the items have rows of a standard catalogue."""
    found = StandardRow.objects.all()
    if owners is not None:
        found = found.filter(page__in=[row[0] for row in rows])
    return set(found.order_by().values_list("page", flat=True).distinct())


def _tables(rows: Sequence[Row], profile: SiteProfile) -> dict[int, int]:
    """How many tables the items of statistics have, each a file of its own."""
    kinds = {path: column.kind for path, column in columns_of(profile).items()}
    pks = [r[0] for r in rows if kinds[r[1][: -ItemPage.steplen]] == ColumnKind.STATISTICS]
    found: dict[int, int] = {}
    for start in range(0, len(pks), _AT_ONCE):
        block = ItemPage.objects.filter(pk__in=pks[start : start + _AT_ONCE])
        found |= {item.pk: len(tables_of(item)) for item in block}
    return found
