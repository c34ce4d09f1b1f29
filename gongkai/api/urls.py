"""``/api/v1/…`` and, for everything else under ``/api/``, an answer that machines can read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from gongkai.api import errors, reading, referring


class Plain(JSONRenderer):
    """Chinese as it is written: half as long as escaped."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="政府信息公开接口",
    version="1",
    description="读取已公开的信息；市政府网站平台转来咨询投诉。",
    urls_namespace="api-v1",
    renderer=Plain(),
    docs_url=None,  # its pages load assets from outside
)
errors.install(api)
api.add_router("", reading.router)
api.add_router("", referring.router)

View = Callable[..., HttpResponse]


def for_machines(view: View) -> View:
    """JSON also where the framework answers in words of its own; nothing is kept by a cache."""

    @csrf_exempt  # no cookie opens anything here
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = errors.problem(404)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = errors.problem(405)
            response["Allow"] = allowed
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return answered


def missing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """No such address."""
    return errors.problem(404)


def _wrapped() -> tuple[list[URLPattern], str, str]:
    """The interface's patterns under its own names: its description is made by reversing them."""
    patterns, application, namespace = api.urls
    wrapped = [
        path(str(p.pattern), for_machines(p.callback), name=p.name)
        for p in patterns
        if isinstance(p, URLPattern)
    ]
    return wrapped, application, namespace


urlpatterns = [path("v1/", _wrapped()), re_path(r"", for_machines(missing))]
