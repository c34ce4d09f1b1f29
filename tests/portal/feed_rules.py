"""What the formats ask of a file: each rule as words, so that a broken file says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def whole(address: str | None) -> bool:
    """Whether it is an absolute address in ASCII."""
    parts = urlsplit(address or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and (address or "").isascii()


def is_moment(text: str | None) -> bool:
    """Whether it is an RFC 3339 time with its zone."""
    return bool(text) and _reads(lambda: datetime.fromisoformat(str(text)).utcoffset() is not None)


def _reads(read: Callable[[], object]) -> bool:
    try:
        return bool(read())
    except ValueError:
        return False


def rss_faults(content: bytes) -> Iterator[str]:
    """RSS 2.0."""
    root = etree.fromstring(content)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "not RSS 2.0"
        return
    yield from (f"channel without {n}" for n in ("title", "link", "description")
                if not channel.findtext(n))  # fmt: skip
    if not whole(channel.findtext("link")):
        yield "channel link"
    for item in channel.findall("item"):
        if not (item.findtext("title") or item.findtext("description")):
            yield "item says nothing"
        if not whole(item.findtext("link")):
            yield "item link"
        if item.find("guid") is None or item.find("guid").get("isPermaLink") != "false":
            yield "a guid that is no address must say so"
        if not _reads(lambda item=item: parsedate_to_datetime(item.findtext("pubDate") or "x")):
            yield "pubDate"
    yield from _repeated([guid.text for guid in channel.iter("guid")])


def atom_faults(content: bytes) -> Iterator[str]:
    """RFC 4287."""
    root = etree.fromstring(content)
    if root.tag != f"{{{ATOM['a']}}}feed":
        yield "not Atom"
        return
    entries = root.findall("a:entry", ATOM)
    for node in (root, *entries):
        for name in ("id", "title", "updated"):
            if len(node.findall(f"a:{name}", ATOM)) != 1 or not node.findtext(
                f"a:{name}", "", ATOM
            ):
                yield f"exactly one {name}"
        if not whole(node.findtext("a:id", "", ATOM)):
            yield "id is no IRI"
        times = [t.text for n in ("updated", "published") for t in node.findall(f"a:{n}", ATOM)]
        yield from (f"time {t}" for t in times if not is_moment(t))
        kinds = [link.get("rel", "alternate") for link in node.findall("a:link", ATOM)]
        if kinds.count("alternate") != 1:
            yield "one alternate link"
    if not root.findtext("a:author/a:name", "", ATOM):
        yield "nobody is the author"
    if len(root.findall("a:link[@rel='self']", ATOM)) != 1:
        yield "no link to itself"
    yield from _repeated([entry.findtext("a:id", "", ATOM) for entry in entries])


def json_feed_faults(content: bytes) -> Iterator[str]:
    """JSON Feed 1.1."""
    told = json.loads(content)
    if told.get("version") != "https://jsonfeed.org/version/1.1" or not told.get("title"):
        yield "version and title"
    yield from (n for n in ("home_page_url", "feed_url") if not whole(told.get(n)))
    for item in told["items"]:
        if not (isinstance(item.get("id"), str) and item["id"]):
            yield "id"
        if not ("content_text" in item or "content_html" in item):
            yield "content"
        if not whole(item.get("url")):
            yield "url"
        yield from (n for n in ("date_published", "date_modified") if not is_moment(item.get(n)))
    yield from _repeated([item.get("id") for item in told["items"]])


def map_faults(content: bytes, limit: int = 50_000) -> Iterator[str]:
    """A sitemap or an index of sitemaps."""
    root = etree.fromstring(content)
    entries = list(root)
    kind = etree.QName(root).localname
    inner = {"urlset": "url", "sitemapindex": "sitemap"}.get(kind)
    if inner is None or etree.QName(root).namespace != SITEMAP["s"]:
        yield "not a map"
        return
    if not 1 <= len(entries) <= limit:
        yield f"{len(entries)} entries"
    for entry in entries:
        names = [etree.QName(child).localname for child in entry]
        if etree.QName(entry).localname != inner or names not in (["loc"], ["loc", "lastmod"]):
            yield f"{inner} with {names}"
        if not whole(entry.findtext("s:loc", "", SITEMAP)):
            yield "loc"
        on = entry.findtext("s:lastmod", None, SITEMAP)
        if on is not None and not _reads(lambda on=on: datetime.fromisoformat(on)):
            yield "lastmod"
    yield from _repeated(addresses(content))


def addresses(content: bytes) -> list[str]:
    """What a map names."""
    return [loc.text or "" for loc in etree.fromstring(content).iterfind(".//s:loc", SITEMAP)]


def dcat_faults(content: bytes) -> Iterator[str]:
    """What W3C DCAT and its application profiles ask for."""
    told = json.loads(content)
    known = told["@context"]
    if told["@type"] != "dcat:Catalog" or not told["dcat:dataset"]:
        yield "not a catalogue"
    distributions = [d for s in told["dcat:dataset"] for d in s["dcat:distribution"]]
    for node in (told, *told["dcat:dataset"]):
        yield from (n for n in ("dct:title", "dct:description", "dct:publisher") if not node.get(n))
    for node in (told, *told["dcat:dataset"], *distributions):
        if not whole(node.get("@id")):
            yield "a node without a name"
        words = [word for word in node if not word.startswith("@")]
        yield from (f"unknown {w}" for w in words if w.partition(":")[0] not in known)
    for node in distributions:
        if node["@type"] != "dcat:Distribution" or not whole(node["dcat:accessURL"]["@id"]):
            yield "a distribution without an address"
    yield from _repeated([node["@id"] for node in distributions])


def _repeated(names: list[str | None]) -> Iterator[str]:
    if len(set(names)) != len(names):
        yield "the same name twice"
