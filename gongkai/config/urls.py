"""Every address of the application. Released pages are files; the last pattern serves them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from gongkai.portal.urls import forms, published


def closed(request: HttpRequest) -> HttpResponse:
    """Wagtail's own uploads are public at once: files go through ``files`` instead."""
    raise Http404


urlpatterns = [
    re_path(r"^desk/(?:documents|images)/", closed),
    path("desk/", include(wagtailadmin_urls)),
    path("api/", include("gongkai.api.urls")),
    *forms,
    *published,
]
