"""What a robot or a browser reads first: robots.txt and the description of the search."""

from __future__ import annotations

from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import addresses
from gongkai.portal.pages.machine import sitemaps
from gongkai.portal.reading import reads


def robots(profile: SiteProfile) -> bytes:
    """robots.txt: personal pages are nobody's to index."""
    reads(f"site:{profile.code}")
    barred = (addresses.QUERY, addresses.APPLY, addresses.ASK, "/desk/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in barred)]
    named = f"Sitemap: {addresses.origin(profile)}{sitemaps.INDEX}"
    return "\n".join([*lines, named, ""]).encode()


def open_search(profile: SiteProfile) -> bytes:
    """How a browser searches the site."""
    reads(f"site:{profile.code}")
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    space = AttributesImpl({"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    xml.startElement("OpenSearchDescription", space)
    xml.addQuickElement("ShortName", profile.site.site_name[:16])
    xml.addQuickElement("Description", f"搜索{profile.site.site_name}")
    xml.addQuickElement("InputEncoding", "UTF-8")
    template = f"{addresses.origin(profile)}{addresses.SEARCH}?q={{searchTerms}}"
    xml.addQuickElement("Url", "", {"type": "text/html", "template": template})
    xml.endElement("OpenSearchDescription")
    xml.endDocument()
    return out.getvalue().encode()
