"""繁體: a released page in traditional characters, made when it is asked for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from gongkai.portal.access import profile_for
from gongkai.portal.addresses import TRADITIONAL
from gongkai.portal.views.display import page_before
from gongkai.portal.views.tree import content_of, look_up
from gongkai.text.traditional import to_traditional

_INNER = re.compile(r'(<a\b[^>]*?\shref=")(/[^"#?]*)(["#?])')
_SWITCH = re.compile(r'<a href="/hant/"[^>]*>[^<]*</a>')
_MARK = "\ufffc"  # not NUL: the converter drops what follows one
_FORMS = ("/desk/", "/apply/", "/ask/", "/query/", "/search/", "/api/", "/display/", TRADITIONAL)


@require_safe
def traditional(request: HttpRequest, path: str = "") -> HttpResponse:
    """The page at ``path`` in traditional characters; without one, the page the reader is on.

    Only pages are converted: what is no page is answered as everywhere.
    """
    before = page_before(request)
    if path == "" and before not in {"/", TRADITIONAL} and is_page(before):
        response: HttpResponse = redirect(f"{TRADITIONAL[:-1]}{before}")
        response["Cache-Control"] = "no-store"
        return response
    status, file = look_up(profile_for(request).code, path)
    if file.suffix != ".html":
        return redirect(f"/{path}")
    page = HttpResponse(converted(content_of(file, status).decode(), f"/{path}"), status=status)
    page["Cache-Control"], page["X-Robots-Tag"] = "no-cache", "noindex"
    return page


def converted(html: str, path: str) -> str:
    """The page with its links to pages kept among the traditional ones, and a way back."""
    html = _SWITCH.sub(_MARK, html).replace('<html lang="zh-CN"', '<html lang="zh-Hant"')
    way_back = f'<a href="{path}" lang="zh-Hans" hreflang="zh-Hans">简体</a>'
    return to_traditional(_INNER.sub(_inner, html)).replace(_MARK, way_back)


def is_page(path: str) -> bool:
    """Whether an address of the site is a page that was released, by its looks."""
    return PurePosixPath(path).suffix in {"", ".html"} and not path.startswith(_FORMS)


def _inner(link: re.Match[str]) -> str:
    start, path, end = link.groups()
    return f"{start}{TRADITIONAL[:-1]}{path}{end}" if is_page(path) else link[0]
