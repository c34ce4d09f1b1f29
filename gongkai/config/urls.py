"""Every address of the application. Released pages are files; the last pattern serves them."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from gongkai.portal.urls import forms, published

urlpatterns = [
    path("desk/", include(wagtailadmin_urls)),
    *forms,
    *published,
]
