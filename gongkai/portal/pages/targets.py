"""Every file of a site's published tree: its path, and how its bytes are made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from gongkai.catalogue.models import ColumnPage, SiteProfile
from gongkai.catalogue.rules import VALIDITY_LABELS, ColumnKind
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import answers, assets, columns, frontpages, organisation, special
from gongkai.portal.pages.holdings import item_targets
from gongkai.portal.pages.machine import files, opendata
from gongkai.portal.pages.machine.parts import parts_of
from gongkai.portal.pages.shelf import shelf_of
from gongkai.portal.pages.sites import home_page, live_columns
from gongkai.portal.pages.target import ANSWERS, SITE, Target, page

__all__ = ["ANSWERS", "SITE", "Target", "read_ahead", "targets"]


def targets(profile: SiteProfile, owners: Collection[str] | None = None) -> Iterator[Target]:
    """All files of the site, or those of some owners, each made only when asked for.

    What is linked to comes before what links to it: they are written in this order, and a reader
    may follow a link while the rest is still being written.
    """
    if not home_page(profile).live:
        return
    yield from item_targets(profile, owners)
    for column in live_columns(profile):
        if owners is None or f"column:{column.pk}" in owners:
            yield from _column(column, profile)
    if owners is None or ANSWERS in owners:
        for path, build in answers.pages(profile):
            yield page(path, build, ANSWERS)
    if owners is None or SITE in owners:
        yield from _special(profile)
        yield page("/", partial(frontpages.front_page, profile), SITE)


def read_ahead(batch: Iterable[Target], profile: SiteProfile) -> None:
    """Read together what the files of a batch show: a few queries, however many files."""
    listed: dict[int, tuple[ColumnPage, int, int]] = {}
    items = set()
    for target in batch:
        if target.item:
            items.add(target.item)
        if target.places:
            column, first, last = target.places
            _, least, most = listed.get(column.pk, target.places)
            listed[column.pk] = (column, min(first, least), max(last, most))
    shelf = shelf_of(profile)
    shelf.hold(items)
    for column, first, last in listed.values():
        shelf.hold_places(column, first, last)


_BY_KIND: dict[str, Callable[[ColumnPage, SiteProfile], contexts.Page]] = {
    ColumnKind.CONTACTS: organisation.contacts_page,
    ColumnKind.LEADERS: organisation.leaders_page,
    ColumnKind.LINKS: organisation.links_page,
}


def _column(column: ColumnPage, profile: SiteProfile) -> Iterator[Target]:
    if column.address:
        return
    owner = f"column:{column.pk}"
    path = addresses.path_of(column, home_page(profile))
    build = _BY_KIND.get(column.kind, columns.column_page)
    yield page(path, partial(build, column, profile), owner)
    if column.kind in _BY_KIND or column.kind in {ColumnKind.SECTION, ColumnKind.STANDARD}:
        return
    if column.kind == ColumnKind.POLICY:
        for value in VALIDITY_LABELS:
            yield page(
                columns.validity_path(column, profile, value.value),
                partial(columns.validity_page, column, profile, value.value),
                owner,
            )
    for number in range(1, columns.full_pages(column) + 1):
        yield page(
            addresses.numbered(path, number),
            partial(columns.numbered_page, column, profile, number),
            owner,
            places=(column, *columns.places_of_page(number, column)),
        )
    for name, make in files.of_column(column, path, profile):
        yield Target(name, make, owner)


def _special(profile: SiteProfile) -> Iterator[Target]:
    for name, make in assets.files():
        yield Target(name, make, SITE)
    yield page(addresses.SITE_MAP, partial(special.site_map, profile), SITE)
    yield page("/404.html", partial(special.missing, profile), SITE)
    yield page("/gone.html", partial(special.gone, profile), SITE)
    parts = parts_of(profile)
    for name, make in files.of_site(parts, profile):
        yield Target(name, make, SITE)
    yield page(opendata.FOLDER, partial(opendata.page, parts, profile), SITE)
