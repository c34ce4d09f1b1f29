"""What a page says to machines inside itself: JSON-LD (schema.org) and OpenGraph.

Read from the page's context alone, so it is as public as the page.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

from gongkai.clock import SHANGHAI
from gongkai.portal.contexts import FrontPage, ItemPage, Page, Site
from gongkai.portal.contexts.site import Meta

_NOTHING = SafeString("")
# Inside a script element only these could end it, or open a comment in it.
_ESCAPES = [(mark, f"\\u{ord(mark):04x}") for mark in "<>&\u2028\u2029"]
_FORCE = {"有效": "InForce", "失效": "NotInForce", "废止": "NotInForce", "尚未生效": "NotInForce"}
_POLICY = "政策文件"
_REPORTS = {"报告", "年报"}


def linked_data(page: Page) -> SafeString:
    """The page as JSON for a script element of type ``application/ld+json``.

    Such an element is data and is never run, so ``script-src`` does not concern it. Pages that no
    robot may index, among them all that show what somebody typed, say nothing.
    """
    graph = _graph(page) if not page.robots else []
    if not graph:
        return _NOTHING
    told = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in _ESCAPES:
        text = text.replace(mark, escape)
    return mark_safe(text)  # noqa: S308 - nothing that ends the element is left


def open_graph(page: Page) -> Meta:
    """What a messenger shows of a shared item."""
    if not isinstance(page, ItemPage):
        return ()
    found = (
        ("og:type", "article"),
        ("og:site_name", page.site.name),
        ("og:title", page.item.title),
        ("og:description", page.item.summary),
        ("og:image", page.image),
        ("og:url", page.canonical),
    )
    return tuple((name, text) for name, text in found if text)


def _graph(page: Page) -> list[dict[str, Any]]:
    if isinstance(page, FrontPage):
        return [_organisation(page.site), _website(page.site)]
    way = [_breadcrumbs(page)] if page.crumbs else []
    return [_work(page), *way] if isinstance(page, ItemPage) else way


def _organisation(site: Site) -> dict[str, Any]:
    return _told(
        {
            "@type": "GovernmentOrganization",
            "@id": f"{site.address}/#organization",
            "name": site.organiser,
            "url": f"{site.address}/",
            "telephone": site.contact,
            "address": site.postal_address,
        }
    )


def _website(site: Site) -> dict[str, Any]:
    target = f"{site.address}{site.search_url}?q={{search_term_string}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": target},
        "query-input": "required name=search_term_string",
    }
    return _told(
        {
            "@type": "WebSite",
            "@id": f"{site.address}/#website",
            "name": site.name,
            "alternateName": site.subtitle,
            "url": f"{site.address}/",
            "inLanguage": "zh-CN",
            "publisher": {"@id": f"{site.address}/#organization"},
            "potentialAction": search if site.search_url else None,
        }
    )


def _work(page: ItemPage) -> dict[str, Any]:
    item = page.item
    own = item.source == item.publisher
    return _told(
        {
            "@type": _type_of(page),
            "@id": f"{page.canonical}#item",
            "url": page.canonical,
            "headline": item.title,
            "name": item.title,
            "datePublished": item.published_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "description": item.summary,
            "keywords": list(item.keywords),
            "identifier": item.index_number,
            "image": page.image,
            "inLanguage": "zh-CN",
            "publisher": {"@type": "GovernmentOrganization", "name": item.publisher},
            "sourceOrganization": None if own else {"@type": "Organization", "name": item.source},
            "isPartOf": {"@id": f"{page.site.address}/#website"},
            "associatedMedia": [
                {
                    "@type": "MediaObject",
                    "name": file.title,
                    "contentUrl": _whole(file.url, page.site),
                }
                for file in item.attachments
            ],
        }
        | (_law(page) if _type_of(page) == "Legislation" else {})
    )


def _type_of(page: ItemPage) -> str:
    """News carry no statutory header; of the rest, a numbered policy document is legislation."""
    if not page.catalogued:
        return "NewsArticle"
    if page.item.document_number and page.column is not None and page.column.kind == _POLICY:
        return "Legislation"
    return "Report" if page.item.genre in _REPORTS else "Article"


def _law(page: ItemPage) -> dict[str, Any]:
    item = page.item
    force = _FORCE.get(item.validity.word) if item.validity else None
    return {
        "legislationIdentifier": item.document_number,
        "legislationDate": item.signed_on.isoformat() if item.signed_on else None,
        "legislationLegalForce": f"https://schema.org/{force}" if force else None,
    }


def _breadcrumbs(page: Page) -> dict[str, Any]:
    way = [(link.title, _whole(link.url, page.site)) for link in page.crumbs]
    steps = [*way, (page.title, page.canonical)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": address}
            for place, (title, address) in enumerate(steps, start=1)
        ],
    }


def _whole(address: str, site: Site) -> str:
    return str(iri_to_uri(f"{site.address}{address}" if address.startswith("/") else address))


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
