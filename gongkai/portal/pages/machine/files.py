"""Which machine files a site has, each with how its bytes are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TypeVar

from gongkai.catalogue.models import ColumnPage, SiteProfile
from gongkai.portal.pages.machine import (
    dcat,
    discovery,
    feeds,
    opendata,
    publications,
    sitemaps,
)
from gongkai.portal.pages.machine.parts import (
    Part,
    Record,
    reads_parts,
    records,
)
from gongkai.portal.reading import reads, recorded

Found = TypeVar("Found")
File = tuple[str, Callable[[], bytes]]
_FEEDS = (("feed.xml", feeds.rss), ("atom.xml", feeds.atom), ("feed.json", feeds.json_feed))


def of_column(column: ColumnPage, path: str, profile: SiteProfile) -> Iterator[File]:
    """The feeds of a column that has items."""
    yield from _feeds(path, partial(feeds.column_feed, column, profile))


def of_site(parts: Sequence[Part], profile: SiteProfile) -> Iterator[File]:
    """Everything else; a part comes before the index that names it."""
    yield from _feeds("/", partial(feeds.site_feed, profile))
    for part in parts:
        yield from _of_part(part, profile)
    yield sitemaps.COLUMNS, partial(sitemaps.columns, profile)
    if sitemaps.answers_here(profile):
        yield sitemaps.ANSWERS, partial(sitemaps.answers, profile)
    yield publications.KEY, partial(publications.key, profile)
    for path, index in (
        (opendata.INDEX, opendata.index),
        (dcat.PATH, dcat.catalogue),
        (publications.INDEX, publications.index),
        (sitemaps.INDEX, sitemaps.index),
    ):
        yield path, partial(_index, index, parts, profile)
    yield "/robots.txt", partial(discovery.robots, profile)
    yield "/opensearch.xml", partial(discovery.open_search, profile)


def _feeds(folder: str, read: Callable[[], feeds.Feed]) -> Iterator[File]:
    found = _once(read)
    for name, write in _FEEDS:
        yield f"{folder}{name}", partial(_made, write, found)


def _of_part(part: Part, profile: SiteProfile) -> Iterator[File]:
    found = _once(partial(records, part, profile))
    writers: tuple[tuple[str, Callable[[tuple[Record, ...]], bytes]], ...] = (
        (opendata.csv_path(part), partial(opendata.as_csv, profile=profile)),
        (opendata.json_path(part), partial(opendata.as_json, profile=profile)),
        (publications.part_path(part), partial(publications.part, part, profile=profile)),
        (sitemaps.part_path(part), partial(sitemaps.part, profile=profile)),
    )
    for path, write in writers:
        yield path, partial(_made, write, found)


def _once(read: Callable[[], Found]) -> Callable[[], Found]:
    """Reads when first asked, and then no more; whoever asks later has read the same records."""

    @cache
    def first() -> tuple[Found, frozenset[str]]:
        with recorded() as keys:
            found = read()
        return found, frozenset(keys)

    def again() -> Found:
        found, keys = first()
        reads(*keys)
        return found

    return again


def _made(write: Callable[[Found], bytes], read: Callable[[], Found]) -> bytes:
    return write(read())


def _index(
    write: Callable[[Sequence[Part], SiteProfile], bytes],
    parts: Sequence[Part],
    profile: SiteProfile,
) -> bytes:
    reads_parts(profile)
    return write(parts, profile)
