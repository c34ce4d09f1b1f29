"""The two front pages: everything on them is gathered from columns and registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import prefetch_related_objects

from gongkai import clock
from gongkai.catalogue.models import Attachment, ColumnPage, ItemPage, SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.channels.queries import open_accounts
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import columns, items
from gongkai.portal.pages.exchange import exchange
from gongkai.portal.pages.organisation import link_groups
from gongkai.portal.pages.sites import home_page, live_columns, site_context, url_of
from gongkai.portal.reading import reads

# The statutory column and the campaign are found by their addresses.
DISCLOSURE = "xxgk"
CAMPAIGN = "flj"
# How many the page has room for: the portal shows both side by side, the law site in rows.
_FILMS = {SiteProfile.Kind.PORTAL: 1, SiteProfile.Kind.LAW: 4}
_PICTURES = {SiteProfile.Kind.PORTAL: 3, SiteProfile.Kind.LAW: 4}
_BOX = (ColumnKind.NOTICE, ColumnKind.NEWS, ColumnKind.POLICY)


def front_page(profile: SiteProfile) -> contexts.Page:
    """The front page of the portal or of the law site."""
    live = live_columns(profile)
    reads(f"columns:{profile.code}")
    if profile.kind == SiteProfile.Kind.LAW:
        return _law(live, profile)
    return _portal(live, profile)


def _portal(live: list[ColumnPage], profile: SiteProfile) -> contexts.HomePage:
    return contexts.HomePage(
        **_shared(live, profile),  # type: ignore[arg-type]
        headline=_headline(live, profile),
        box=tuple(columns.group(c, profile, 8) for c in _first_of_each(live, _BOX)),
        disclosure=_disclosure(live, profile),
        services=tuple(
            contexts.Service(c.title, url_of(c, profile), c.icon or "list")
            for c in live
            if c.is_service
        ),
        exchange=exchange(profile),
    )


def _law(live: list[ColumnPage], profile: SiteProfile) -> contexts.LawHomePage:
    by_slug = {column.slug: column for column in live}

    def box(slug: str, count: int) -> contexts.RowGroup:
        column = by_slug.get(slug)
        if column is None:
            return contexts.RowGroup(title="", rows=())
        return columns.group(column, profile, count)

    return contexts.LawHomePage(
        **_shared(live, profile),  # type: ignore[arg-type]
        headline=_headline(live, profile),
        disclosure=box(DISCLOSURE, 6),
        news=box("fzxw", 9),
        regulations=box("zxfg", 6),
        rule_of_law=box("yfzs", 6),
    )


def _shared(live: list[ColumnPage], profile: SiteProfile) -> dict[str, object]:
    videos = next((c for c in live if c.kind == ColumnKind.VIDEO), None)
    pictures = next((c for c in live if c.kind == ColumnKind.PICTURES), None)
    reads(f"accounts:{profile.agency.code}")
    return {
        "site": site_context(profile),
        "title": profile.site.site_name,
        "path": "/",
        "section": "home",
        "networks": link_groups(profile),
        "accounts": tuple(
            contexts.Account(platform=a.get_platform_display(), name=a.name)
            for a in open_accounts(profile.agency)
        ),
        "videos": _videos(videos, profile),
        "videos_url": url_of(videos, profile) if videos else "",
        "pictures": _pictures(pictures, profile),
        "pictures_url": url_of(pictures, profile) if pictures else "",
        "campaigns": _campaigns(live, profile),
    }


def _first_of_each(live: list[ColumnPage], kinds: Iterable[ColumnKind]) -> list[ColumnPage]:
    found = (next((c for c in live if c.kind == kind), None) for kind in kinds)
    return [column for column in found if column is not None]


def _headline(live: list[ColumnPage], profile: SiteProfile) -> contexts.Headline | None:
    """The newest item of the news columns that has a picture, or else the newest."""
    news = [c for c in live if c.kind == ColumnKind.NEWS]
    reads(*(f"column:{c.pk}" for c in news))
    found = [item for c in news for item in columns.newest(c, profile, 10)]
    if not found:
        return None
    prefetch_related_objects(found, "attachments__file")
    found.sort(key=lambda item: (bool(_picture_of(item)), item.released_at, item.pk), reverse=True)
    item = found[0]
    reads(item.subject)
    first = _picture_of(item)
    assert item.released_at is not None
    return contexts.Headline(
        title=item.title,
        url=addresses.path_of(item, home_page(profile)),
        summary=item.summary or item.body_text[:120],
        on=clock.day_of(item.released_at),
        picture=items.picture(first) if first else None,
    )


def _picture_of(item: ItemPage) -> Attachment | None:
    found: Attachment | None = next((a for a in item.attachments.all() if a.is_picture), None)
    return found


def _disclosure(live: list[ColumnPage], profile: SiteProfile) -> tuple[contexts.Entry, ...]:
    from django.utils.html import strip_tags

    below = f"/{DISCLOSURE}/"
    home = home_page(profile)
    entries = [
        c for c in live if c.icon and not c.is_service and below in addresses.path_of(c, home)
    ]
    reads(*(f"column-name:{c.pk}" for c in entries))
    return tuple(
        contexts.Entry(
            title=c.title, url=url_of(c, profile), note=strip_tags(c.intro)[:40], icon=c.icon
        )
        for c in entries
    )


def _campaigns(live: list[ColumnPage], profile: SiteProfile) -> tuple[contexts.Link, ...]:
    campaign = next((c for c in live if c.slug == CAMPAIGN), None)
    if campaign is None:
        return ()
    below = [c for c in live if c.path.startswith(campaign.path) and c.depth > campaign.depth]
    return tuple(contexts.Link(c.title, url_of(c, profile)) for c in below)


def _pictures(column: ColumnPage | None, profile: SiteProfile) -> tuple[contexts.PictureNews, ...]:
    most = _PICTURES[SiteProfile.Kind(profile.kind)]
    return tuple(
        contexts.PictureNews(place=item.source, **_illustrated(item, shown, profile))
        for item, shown in _with_pictures(column, profile, most)
    )


def _videos(column: ColumnPage | None, profile: SiteProfile) -> tuple[contexts.Video, ...]:
    found, most = [], _FILMS[SiteProfile.Kind(profile.kind)]
    for item, shown in _with_pictures(column, profile, most):
        facts = _illustrated(item, shown, profile)
        found.append(contexts.Video(length=item.keywords, poster=facts.pop("picture"), **facts))
    return tuple(found)


def _with_pictures(
    column: ColumnPage | None, profile: SiteProfile, most: int
) -> Iterator[tuple[ItemPage, contexts.Picture]]:
    """The newest items of a column that have a picture to show."""
    if column is None:
        return
    reads(f"column:{column.pk}")
    newest = columns.newest(column, profile, 3 * most)
    prefetch_related_objects(newest, "attachments__file")
    for item in newest:
        first = _picture_of(item)
        if first is None:
            continue
        if most == 0:
            return
        most -= 1
        reads(item.subject)
        yield item, items.picture(first)


def _illustrated(item: ItemPage, shown: contexts.Picture, profile: SiteProfile) -> dict[str, Any]:
    assert item.released_at is not None
    return {
        "title": item.title,
        "url": addresses.path_of(item, home_page(profile)),
        "on": clock.day_of(item.released_at),
        "picture": shown,
    }
