"""RSS, Atom and JSON feeds of a column and of the whole site: the same newest items in each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from gongkai import clock
from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.queries import released_items
from gongkai.portal import addresses
from gongkai.portal.pages import columns, standing
from gongkai.portal.pages.machine.parts import sheets_of
from gongkai.portal.pages.sites import home_page
from gongkai.portal.reading import reads

_FEED_LENGTH = 30
_EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
# What XML cannot hold at all, however written.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    url: str
    index_number: str
    summary: str
    text: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """``path`` is the folder in which the feed lies, which is also the page it follows."""

    title: str
    base: str
    path: str
    author: str
    entries: tuple[_Entry, ...]

    @property
    def updated(self) -> datetime:
        """Its bytes depend on its items only: an empty one is dated at the epoch."""
        return max((entry.updated for entry in self.entries), default=_EMPTY)


def column_feed(column: ColumnPage, profile: SiteProfile) -> Feed:
    """The newest items of one column, with those that stand in others and are listed here too."""
    # No item is noted by itself: a release of it notes its columns and its site anyway.
    reads(f"column:{column.pk}", f"column-name:{column.pk}", f"site:{profile.code}")
    path = addresses.path_of(column, home_page(profile))
    title = f"{profile.site.site_name}·{column.title}"
    return _feed(title, path, columns.newest(column, profile, _FEED_LENGTH), profile)


def site_feed(profile: SiteProfile) -> Feed:
    """Everything new on the site."""
    reads(f"site:{profile.code}", f"items:{profile.code}")
    items = released_items(home_page(profile))[:_FEED_LENGTH]
    return _feed(profile.site.site_name, "/", items, profile)


def _feed(title: str, path: str, items: Iterable[ItemPage], profile: SiteProfile) -> Feed:
    found = list(items)
    sheets = sheets_of(item.subject for item in found)
    base = addresses.origin(profile)
    entries = []
    for item in found:
        assert item.released_at is not None
        text = _UNPRINTABLE.sub("", item.body_text)
        entries.append(
            _Entry(
                title=_UNPRINTABLE.sub("", item.title),
                url=urljoin(base, standing.address_of(item, profile)),
                index_number=item.index_number,
                summary=_UNPRINTABLE.sub("", item.summary) or text[:200],
                text=text,
                published=item.released_at,
                updated=sheets.get(item.subject, ("", item.released_at))[1],
            )
        )
    return Feed(title, base, path, profile.agency.name, tuple(entries))


def rss(feed: Feed) -> bytes:
    """RSS 2.0; an item is known by its index number."""
    return _xml(_SteadyRss, feed, "feed.xml", lambda entry: entry.index_number)


def atom(feed: Feed) -> bytes:
    """Atom 1.0; an entry is known by its address, since Atom wants an IRI."""
    return _xml(_SteadyAtom, feed, "atom.xml", lambda entry: entry.url)


def json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": f"{feed.base}{feed.path}",
        "feed_url": f"{feed.base}{feed.path}feed.json",
        "language": "zh-CN",
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.url,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary,
                "content_text": entry.text or entry.title,
                "date_published": moment(entry.published),
                "date_modified": moment(entry.updated),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def moment(at: datetime) -> str:
    """A moment as machines write it (RFC 3339), in China's time, to the second."""
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


class _Steady(SyndicationFeed):
    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


class _SteadyRss(_Steady, Rss201rev2Feed):
    pass


class _SteadyAtom(_Steady, Atom1Feed):
    pass


def _xml(
    kind: type[SyndicationFeed], feed: Feed, name: str, known_by: Callable[[_Entry], str]
) -> bytes:
    made = kind(
        title=feed.title,
        link=f"{feed.base}{feed.path}",
        description=feed.title,
        language="zh-cn",
        author_name=feed.author,
        feed_url=f"{feed.base}{feed.path}{name}",
        updated=feed.updated,
    )
    for entry in feed.entries:
        made.add_item(
            title=entry.title,
            link=iri_to_uri(entry.url),
            description=entry.summary,
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=known_by(entry),
            unique_id_is_permalink=False,
        )
    return made.writeString("utf-8").encode()
