"""The catalogue by theme, genre and year: links that the search answers without a word typed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Max, Min

from gongkai import clock, statute
from gongkai.catalogue.models import SiteProfile
from gongkai.catalogue.queries import released_items
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.sites import home_page
from gongkai.portal.reading import reads


def ways(profile: SiteProfile) -> tuple[contexts.Filter, ...]:
    """All 22 themes and all genres, whether anything stands there or not: nobody has to guess
    what a class is called, and an empty one leads to an application (R19 art 24, P61).
    """
    reads(f"items:{profile.code}")
    return (
        _way("主题", "theme", statute.themes()),
        _way("体裁", "genre", statute.genres()),
        _way("年份", "year", _years(profile)),
    )


def _way(label: str, name: str, values: tuple[str, ...]) -> contexts.Filter:
    options = (
        contexts.Option(value, f"{addresses.SEARCH}?{urlencode({name: value})}") for value in values
    )
    return contexts.Filter(label, tuple(options))


def _years(profile: SiteProfile) -> tuple[str, ...]:
    ends = released_items(home_page(profile)).aggregate(
        first=Min("released_at"), last=Max("released_at")
    )
    if ends["first"] is None:
        return ()
    first, last = (clock.day_of(ends[end]).year for end in ("first", "last"))
    return tuple(str(year) for year in range(last, first - 1, -1))
