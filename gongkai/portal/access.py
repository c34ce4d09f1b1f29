"""Which site a request is for, and how often one address may ask."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest
from wagtail.models import Site

from gongkai.catalogue.models import SiteProfile
from gongkai.refusal import Refused

_LIMITS = {
    # act: (how often, within how many seconds)
    "submit": (30, 3600),
    "query": (20, 900),
    "code": (5, 900),
}


def profile_for(request: HttpRequest) -> SiteProfile:
    """The profile of the site that the request's host names."""
    site = Site.find_for_request(request)
    profile = SiteProfile.objects.select_related("site", "agency").filter(site=site).first()
    if profile is None:
        raise Http404
    return profile


def portal_for(request: HttpRequest) -> SiteProfile:
    """The portal of the organ whose site this is: forms are the same on each of its sites."""
    return profile_for(request)


def address_of(request: HttpRequest) -> str:
    """The address that asks. Behind our own web server it is the last one that it has added.

    Only a proxy on this machine is believed: everybody else may write what they like.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if peer in {"", "127.0.0.1", "::1"}:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return told or peer
    return peer


def limit(request: HttpRequest, act: str, subject: str = "") -> int:
    """Count one more ``act`` of this address (or on ``subject``); returns how many are left.

    Raises Refused when there were too many.
    """
    most, seconds = _LIMITS[act]
    who = subject or address_of(request)
    key = f"limit:{act}:{who}"
    cache.add(key, 0, seconds)
    count = int(cache.incr(key))
    if count > most:
        raise Refused(f"操作太频繁，请 {max(1, seconds // 60)} 分钟后再试。")
    return most - count
