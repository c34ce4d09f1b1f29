"""What Wagtail's own screens must not do here, and how a refusal inside them is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.refusal import Refused

# Their generic forms save without the action and its ledger entry that we have for the same thing.
CLOSED = frozenset({
    "wagtailusers_users", "wagtailusers_groups", "wagtailsites", "wagtailadmin_collections",
    "wagtailadmin_workflows", "wagtailimages", "wagtaildocs", "wagtailsnippets",
})  # fmt: skip
CLOSED_NAMES = frozenset({"wagtail_bulk_action"})


class DeskMiddleware:
    """Closes those screens; turns Refused into a message and a way back, not an error page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if match and (CLOSED & set(match.namespaces) or match.url_name in CLOSED_NAMES):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused) or not request.path.startswith("/desk/"):
            return None
        if "application/json" in request.headers.get("accept", ""):
            told = {"success": False, "error_code": "refused", "error_message": error.message}
            return JsonResponse(told, status=409)
        messages.error(request, error.message)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's dialogs follow this to the page that shows the message.
            return JsonResponse({"step": "success", "redirect": way_back(request)})
        return redirect(way_back(request))


def way_back(request: HttpRequest) -> str:
    """The page from which the request came, if it is ours; else the desk's first page."""
    referer = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        path = urlsplit(referer).path
        if path.startswith("/desk/") and path != request.path:
            return path
    return "/desk/"
