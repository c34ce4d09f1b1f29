"""Addresses of the public forms, and of the published tree for where no web server stands."""

from django.urls import path, re_path

from gongkai.portal.views import (
    applying,
    asking,
    display,
    querying,
    search,
    traditional,
    tree,
)

forms = [
    path("display.css", display.style, name="display_style"),
    path("display/plain/", display.plain, name="display_plain"),
    path("display/<slug:name>/<slug:value>/", display.choose, name="display_choose"),
    path("hant/", traditional.traditional, name="traditional_here"),
    path("hant/<path:path>", traditional.traditional, name="traditional"),
    path("search/", search.find, name="search"),
    path("ask/sent/<str:key>/", asking.sent, name="ask_sent"),
    path("ask/<slug:kind>/", asking.ask, name="ask"),
    path("apply/", applying.start, name="apply"),
    path("apply/who/", applying.who, name="apply_who"),
    path("apply/<str:key>/sent/", applying.sent, name="apply_sent"),
    path("apply/<str:key>/later/", applying.later, name="apply_later"),
    path("apply/<str:key>/<slug:name>/", applying.step, name="apply_step"),
    path("query/", querying.query, name="query"),
    path("query/rate/", querying.rating, name="query_rate"),
    path("query/printed/<str:token>/", querying.printed, name="query_printed"),
    path("query/letter/<str:token>/", querying.letter, name="query_letter"),
]

# Wagtail reverses this name for the address of a page.
published = [re_path(r"^((?:[^/]+/)*[^/]*)$", tree.published, name="wagtail_serve")]
