"""What machines read of a site: feeds, map, robots, search description."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.queries import public_columns, released_items
from gongkai.portal import addresses
from gongkai.portal.pages.sites import home_page
from gongkai.portal.reading import reads

_FEED_LENGTH = 30


class _SteadyFeed(Rss201rev2Feed):
    """A feed whose bytes depend on its items only: an empty one is dated at the epoch."""

    def latest_post_date(self) -> datetime:
        dates = [item["pubdate"] for item in self.items if item.get("pubdate")]
        return max(dates, default=datetime(1970, 1, 1, tzinfo=UTC))


def column_feed(column: ColumnPage, profile: SiteProfile) -> bytes:
    """RSS of one column."""
    reads(f"column:{column.pk}", f"column-name:{column.pk}", f"site:{profile.code}")
    path = addresses.path_of(column, home_page(profile))
    items = ItemPage.objects.child_of(column).filter(live=True).order_by("-released_at", "-pk")
    return _feed(f"{profile.site.site_name}·{column.title}", path, items[:_FEED_LENGTH], profile)


def site_feed(profile: SiteProfile) -> bytes:
    """RSS of everything new on the site."""
    reads(f"site:{profile.code}", f"items:{profile.code}")
    items = released_items(home_page(profile))[:_FEED_LENGTH]
    return _feed(profile.site.site_name, "/", items, profile)


def _feed(title: str, path: str, items: Iterable[ItemPage], profile: SiteProfile) -> bytes:
    base = addresses.origin(profile)
    feed = _SteadyFeed(title=title, link=f"{base}{path}", description=title, language="zh-cn")
    for item in items:
        reads(item.subject)
        link = f"{base}{addresses.path_of(item, home_page(profile))}"
        feed.add_item(
            title=item.title,
            link=link,
            description=item.summary or item.body_text[:200],
            pubdate=item.released_at,
            unique_id=item.index_number,
            unique_id_is_permalink=False,
        )
    return feed.writeString("utf-8").encode()


def site_map(profile: SiteProfile) -> bytes:
    """sitemap.xml: every column and released item with its date."""
    reads(f"site:{profile.code}", f"items:{profile.code}")
    home, base = home_page(profile), addresses.origin(profile)
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", _attributes(xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"))
    for column in public_columns(home):
        if not column.address:
            _entry(xml, base + addresses.path_of(column, home), "")
    for item in released_items(home).order_by("path"):
        assert item.released_at is not None
        _entry(xml, base + addresses.path_of(item, home), item.released_at.date().isoformat())
    xml.endElement("urlset")
    xml.endDocument()
    return out.getvalue().encode()


def _attributes(**values: str) -> AttributesImpl[str]:
    return AttributesImpl(values)


def _entry(xml: SimplerXMLGenerator, address: str, on: str) -> None:
    xml.startElement("url", _attributes())
    xml.addQuickElement("loc", address)
    if on:
        xml.addQuickElement("lastmod", on)
    xml.endElement("url")


def robots(profile: SiteProfile) -> bytes:
    """robots.txt: personal pages are nobody's to index."""
    reads(f"site:{profile.code}")
    barred = (addresses.QUERY, addresses.APPLY, addresses.ASK, "/desk/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in barred)]
    return "\n".join([*lines, f"Sitemap: {addresses.origin(profile)}/sitemap.xml", ""]).encode()


def open_search(profile: SiteProfile) -> bytes:
    """How a browser searches the site."""
    reads(f"site:{profile.code}")
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(
        "OpenSearchDescription", _attributes(xmlns="http://a9.com/-/spec/opensearch/1.1/")
    )
    xml.addQuickElement("ShortName", profile.site.site_name[:16])
    xml.addQuickElement("Description", f"搜索{profile.site.site_name}")
    xml.addQuickElement("InputEncoding", "UTF-8")
    template = f"{addresses.origin(profile)}{addresses.SEARCH}?q={{searchTerms}}"
    xml.addQuickElement("Url", "", {"type": "text/html", "template": template})
    xml.endElement("OpenSearchDescription")
    xml.endDocument()
    return out.getvalue().encode()
