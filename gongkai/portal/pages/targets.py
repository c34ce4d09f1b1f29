"""Every file of a site's published tree: its path, and how its bytes are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.queries import public_columns, released_items
from gongkai.catalogue.rules import ColumnKind
from gongkai.files.models import StoredFile
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import (
    answers,
    columns,
    frontpages,
    items,
    machine,
    organisation,
    special,
)
from gongkai.portal.pages.sites import home_page
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
    if column.kind in _BY_KIND or column.kind == ColumnKind.SECTION:
        return
    for number in range(1, columns.full_pages(column) + 1):
        yield _page(
            addresses.numbered(path, number),
            partial(columns.numbered_page, column, profile, number),
        )
    yield Target(f"{path}feed.xml", partial(machine.column_feed, column, profile))


def _items(live: list[ColumnPage], profile: SiteProfile) -> Iterator[Target]:
    home = home_page(profile)
    by_path = {column.path: column for column in live}
    released = released_items(home).order_by("path")
    for item in released.prefetch_related("attachments__file").select_related("unit__agency"):
        column = by_path[item.path[: -item.steplen]]
        for attachment in item.attachments.all():
            if attachment.file.state == StoredFile.State.RELEASED:
                yield Target(
                    addresses.file_path(attachment.file), partial(_bytes, item, attachment.file)
                )
        yield _page(addresses.path_of(item, home), partial(items.item_page, item, column, profile))


def _bytes(item: ItemPage, file: StoredFile) -> bytes:
    from gongkai.portal.reading import reads

    reads(item.subject)
    return file.read()


def _special(profile: SiteProfile) -> Iterator[Target]:
    yield from (_page(path, build) for path, build in answers.pages(profile))
    yield _page(addresses.SITE_MAP, partial(special.site_map, profile))
    yield _page("/404.html", partial(special.missing, profile))
    yield _page("/gone.html", partial(special.gone, profile))
    yield Target("/feed.xml", partial(machine.site_feed, profile))
    yield Target("/sitemap.xml", partial(machine.site_map, profile))
    yield Target("/robots.txt", partial(machine.robots, profile))
    yield Target("/opensearch.xml", partial(machine.open_search, profile))
