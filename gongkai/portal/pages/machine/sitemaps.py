"""The map of the site for search engines: an index, the columns, the answers, the items by part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.encoding import iri_to_uri
from django.utils.xmlutils import SimplerXMLGenerator

from gongkai import clock
from gongkai.catalogue.models import SiteProfile
from gongkai.catalogue.queries import public_columns
from gongkai.enquiries.queries import public_answers
from gongkai.portal import addresses
from gongkai.portal.pages.machine import opendata
from gongkai.portal.pages.machine.parts import Part, Record
from gongkai.portal.pages.sites import home_page
from gongkai.portal.reading import reads

INDEX = "/sitemap.xml"
COLUMNS = "/sitemap-columns.xml"
ANSWERS = "/sitemap-answers.xml"
LIMIT = 50_000
"""No map may name more addresses (sitemaps.org)."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def part_path(part: Part) -> str:
    """``/sitemap-2026-1.xml``."""
    return f"/sitemap-{part.name}.xml"


def answers_here(profile: SiteProfile) -> bool:
    """The portal alone answers, the law site does not."""
    return profile.kind == SiteProfile.Kind.PORTAL


def index(parts: Sequence[Part], profile: SiteProfile) -> bytes:
    """Every map; ``lastmod`` of a part is when something in it was last released."""
    base = addresses.origin(profile)
    others = [COLUMNS, *([ANSWERS] if answers_here(profile) else [])]
    changed = ((part, clock.day_of(part.changed) if part.changed else None) for part in parts)
    found: list[tuple[str, date | None]] = [(f"{base}{path}", None) for path in others]
    found += [(f"{base}{part_path(part)}", on) for part, on in changed]
    return _written("sitemapindex", "sitemap", found)


def columns(profile: SiteProfile) -> bytes:
    """The front page, the map for people, the open data, and every column."""
    reads(f"site:{profile.code}", f"columns:{profile.code}")
    home = home_page(profile)
    shown = [c for c in public_columns(home) if not c.address]
    fixed = ("/", addresses.SITE_MAP, opendata.FOLDER)
    paths = [*fixed, *(addresses.path_of(c, home) for c in shown)]
    base = addresses.origin(profile)
    return _written("urlset", "url", ((f"{base}{path}", None) for path in paths))


def answers(profile: SiteProfile) -> bytes:
    """The pages of answers: list, figures, and each published answer, the newest first."""
    reads(f"answers:{profile.agency.code}", f"site:{profile.code}")
    base = addresses.origin(profile)
    entries: list[tuple[str, date | None]] = [
        (f"{base}{path}", None) for path in (addresses.ANSWERS, addresses.STATISTICS)
    ]
    entries += [
        (f"{base}{addresses.answer_path(answer.number)}", answer.answered_on)
        for answer in public_answers(profile.agency, LIMIT - len(entries))
    ]
    return _written("urlset", "url", entries)


def part(found: Iterable[Record], profile: SiteProfile) -> bytes:
    """The items of a part, each with the day of its present version."""
    base = addresses.origin(profile)
    entries = ((f"{base}{record.path}", clock.day_of(record.updated_at)) for record in found)
    return _written("urlset", "url", entries)


def _written(root: str, name: str, entries: Iterable[tuple[str, date | None]]) -> bytes:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl({"xmlns": _SPACE}))
    for address, on in entries:
        xml.startElement(name, AttributesImpl({}))
        xml.addQuickElement("loc", iri_to_uri(address))
        if on is not None:
            xml.addQuickElement("lastmod", on.isoformat())
        xml.endElement(name)
    xml.endElement(root)
    xml.endDocument()
    return out.getvalue().encode()
