"""Answering with a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import contexts
from gongkai.portal.pages.sites import site_context
from gongkai.portal.render import render


def show(request: HttpRequest, page: contexts.Page, status: int = 200) -> HttpResponse:
    """The page as an answer that no cache keeps: it may hold what a person typed."""
    response = HttpResponse(render(page, request), status=status)
    response["Cache-Control"] = "no-store"
    return response


def frame(profile: SiteProfile, title: str, path: str, section: str = "zmhd") -> dict[str, Any]:
    """What every page of a form needs."""
    return {
        "site": site_context(profile),
        "title": title,
        "path": path,
        "section": section,
        "crumbs": (contexts.Link("首页", "/"),),
    }


def refused(request: HttpRequest, profile: SiteProfile, message: str, status: int) -> HttpResponse:
    """A page that says what to do when there is no form to say it beside."""
    page = contexts.ErrorPage(**frame(profile, "暂时不能办理", request.path), message=message)
    return show(request, page, status)
