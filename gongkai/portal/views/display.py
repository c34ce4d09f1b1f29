"""The reader's display choices, where no web server stands in front (nginx does the same)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.portal import display
from gongkai.portal.pages.assets import chosen_style


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet that the reader's cookies choose."""
    content = chosen_style(display.chosen_in(request.COOKIES))
    response = HttpResponse(content, content_type="text/css; charset=utf-8")
    response["Cache-Control"], response["Vary"] = "private, no-cache", "Cookie"
    return response


@require_safe
def choose(request: HttpRequest, name: str, value: str) -> HttpResponse:
    """Keep one choice, or take it back, and go back to the page."""
    if not display.is_choice(name, value):
        raise Http404
    return _kept(request, {name: value})


@require_safe
def plain(request: HttpRequest) -> HttpResponse:
    """Take every choice back."""
    return _kept(request, dict.fromkeys(display.CHOICES, display.PLAIN))


def _kept(request: HttpRequest, chosen: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=302)
    response["Location"], response["Cache-Control"] = page_before(request), "no-store"
    for name, value in chosen.items():
        age = display.YEAR if value != display.PLAIN else 0
        response.set_cookie(display.cookie_of(name), value, max_age=age, samesite="Lax")
    return response


def page_before(request: HttpRequest) -> str:
    """The path of the page from which the reader comes, never an address of another host."""
    try:
        path = urlsplit(request.headers.get("Referer", "")).path
    except ValueError:
        return "/"
    return path if path.startswith("/") and path[1:2] not in {"/", "\\"} else "/"
