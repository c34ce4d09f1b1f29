"""Every file of a site's published tree: its path, and how its bytes are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile, StandardRow
from gongkai.catalogue.queries import public_columns, released_items
from gongkai.catalogue.rules import VALIDITY_LABELS, ColumnKind
from gongkai.files.models import StoredFile
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import (
    answers,
    assets,
    columns,
    frontpages,
    items,
    organisation,
    special,
    standard,
)
from gongkai.portal.pages.machine import files, opendata
from gongkai.portal.pages.machine.parts import parts_of
from gongkai.portal.pages.shelf import Shelf, files_of
from gongkai.portal.pages.sites import home_page
from gongkai.portal.reading import reads
from gongkai.portal.render import render


@dataclass(frozen=True)
class Target:
    """One file: ``path`` within the site's tree, ``make`` its bytes. Binary files name a source."""

    path: str
    make: Callable[[], bytes]


def targets(profile: SiteProfile) -> Iterator[Target]:
    """All files of the site, each made only when asked for.

    What is linked to comes before what links to it: they are written in this order, and a reader
    may follow a link while the rest is still being written.
    """
    home = home_page(profile)
    if not home.live:
        return
    live = list(public_columns(home))
    yield from _items(live, profile)
    for column in live:
        yield from _column(column, profile)
    yield from _special(profile)
    yield _page("/", partial(frontpages.front_page, profile))


def _page(path: str, context: Callable[[], contexts.Page]) -> Target:
    name = f"{path}index.html" if path.endswith("/") else path
    return Target(name, lambda: render(context()).encode())


_BY_KIND: dict[str, Callable[[ColumnPage, SiteProfile], contexts.Page]] = {
    ColumnKind.CONTACTS: organisation.contacts_page,
    ColumnKind.LEADERS: organisation.leaders_page,
    ColumnKind.LINKS: organisation.links_page,
}


def _column(column: ColumnPage, profile: SiteProfile) -> Iterator[Target]:
    if column.address:
        return
    path = addresses.path_of(column, home_page(profile))
    build = _BY_KIND.get(column.kind, columns.column_page)
    yield _page(path, partial(build, column, profile))
    if column.kind in _BY_KIND or column.kind in {ColumnKind.SECTION, ColumnKind.STANDARD}:
        return
    if column.kind == ColumnKind.POLICY:
        for value in VALIDITY_LABELS:
            yield _page(
                columns.validity_path(column, profile, value.value),
                partial(columns.validity_page, column, profile, value.value),
            )
    for number in range(1, columns.full_pages(column) + 1):
        yield _page(
            addresses.numbered(path, number),
            partial(columns.numbered_page, column, profile, number),
        )
    for name, make in files.of_column(column, path, profile):
        yield Target(name, make)


def _items(live: list[ColumnPage], profile: SiteProfile) -> Iterator[Target]:
    """Listed without reading the items: one release must not read a whole site."""
    home = home_page(profile)
    by_path = {column.path: column for column in live}
    released = released_items(home).order_by("path")
    rows = list(released.values_list("pk", "path", "url_path", "index_number"))
    shelf, files = Shelf([row[0] for row in rows]), files_of(released)
    tables = StandardRow.objects.filter(page__in=released.order_by().values("pk"))
    standing = set(tables.values_list("page", flat=True))
    for pk, place, url_path, number in rows:
        column, path = by_path[place[: -ItemPage.steplen]], f"/{url_path[len(home.url_path) :]}"
        for file in files.get(pk, ()):
            yield Target(addresses.file_path(file), partial(_bytes, f"item:{number}", file))
        if pk in standing:
            yield Target(f"{path}{standard.EXPORT}", _later(standard.export, shelf, pk, profile))
        if column.kind == ColumnKind.STATISTICS:
            yield from _tables(shelf.item(pk), column, path, profile)
        yield _page(path, _later(items.item_page, shelf, pk, column, profile))


def _later(build: Callable[..., Any], shelf: Shelf, pk: int, *more: Any) -> Callable[[], Any]:
    return lambda: build(shelf.item(pk), *more)


def _tables(
    item: ItemPage, column: ColumnPage, path: str, profile: SiteProfile
) -> Iterator[Target]:
    """The tables of statistics as data."""
    for number, _ in enumerate(items.data_files(item, column, profile)):
        yield Target(f"{path}data-{number + 1}.csv", partial(items.data_file, item, number))


def _bytes(subject: str, file: StoredFile) -> bytes:
    reads(subject)
    return file.read()


def _special(profile: SiteProfile) -> Iterator[Target]:
    for name, make in assets.files():
        yield Target(name, make)
    yield from (_page(path, build) for path, build in answers.pages(profile))
    yield _page(addresses.SITE_MAP, partial(special.site_map, profile))
    yield _page("/404.html", partial(special.missing, profile))
    yield _page("/gone.html", partial(special.gone, profile))
    parts = parts_of(profile)
    for name, make in files.of_site(parts, profile):
        yield Target(name, make)
    yield _page(opendata.FOLDER, partial(opendata.page, parts, profile))
