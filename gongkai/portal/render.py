"""``render(page)``: HTML from a context, the template chosen by its type."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest
from django.template import loader
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.contexts import Page, Site
from gongkai.portal.leaving import with_notices
from gongkai.portal.linked import linked_data, open_graph


def render(page: Page, request: HttpRequest | None = None) -> str:
    """The whole page as HTML. Only pages with a form need ``request``, for its token."""
    context = {
        "page": page,
        "site": page.site,
        "header": _header(page.site, page.section),
        "footer": _footer(page.site),
        "linked": linked_data(page),
        "shared": open_graph(page),
    }
    html = loader.render_to_string(page.template, context, request)
    return with_notices(html, page.site.official)


@lru_cache(maxsize=128)
def _header(site: Site, section: str) -> SafeString:
    """Equal on every page of a section, so it is rendered once for each state of the site."""
    return _part("portal/parts/header.html", {"site": site, "section": section})


@lru_cache(maxsize=32)
def _footer(site: Site) -> SafeString:
    return _part("portal/parts/footer.html", {"site": site})


def _part(template: str, context: dict[str, object]) -> SafeString:
    return mark_safe(loader.render_to_string(template, context))  # noqa: S308 - escaped already
