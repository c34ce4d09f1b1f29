"""The frame of every page: the site, its navigation, its foot."""

from __future__ import annotations

from django.conf import settings

from gongkai.catalogue.models import ColumnPage, HomePage, SiteProfile
from gongkai.catalogue.queries import home_of
from gongkai.catalogue.rules import ColumnKind
from gongkai.portal import addresses
from gongkai.portal.contexts import NavColumn, NavSection, Site
from gongkai.portal.pages.shelf import once
from gongkai.portal.reading import reads


def site_context(profile: SiteProfile) -> Site:
    """The site as its pages show it; read on every page, so put together once a run."""
    reads(f"site:{profile.code}")
    return once(profile, "site", lambda: _site(profile))


def _site(profile: SiteProfile) -> Site:
    agency = profile.agency
    return Site(
        key=profile.code,
        name=profile.site.site_name,
        subtitle=profile.slogan,
        address=addresses.origin(profile),
        code=profile.site_id_code,
        brand=profile.brand,  # type: ignore[arg-type]
        sections=_navigation(profile),
        search_url=addresses.SEARCH,
        feed_url="/feed.xml",
        sitemap_url=addresses.SITE_MAP,
        data_url=addresses.OPEN_DATA,
        traditional_url=addresses.TRADITIONAL,
        official=_official(profile),
        mistakes_url=f"{addresses.ASK}suggestion/",
        login_url="",
        organiser=profile.host_unit,
        maintainer=profile.run_by,
        contact=agency.phone,
        postal_address=f"{agency.address}（邮编 {agency.postcode}）" if agency.postcode else "",
        supervision_phone=agency.supervision_phone,
        supervision_mail=agency.supervision_mail,
        icp=profile.icp,
        police_record=profile.police,
        demo=settings.DEMO,
    )


def _official(profile: SiteProfile) -> tuple[str, ...]:
    """Hosts that count as the government's beside gov.cn: the organ's own sites, and the list."""
    own = profile.agency.sites.order_by("pk").values_list("site__hostname", flat=True)
    return tuple(dict.fromkeys([*own, *settings.OFFICIAL_HOSTS]))


def _navigation(profile: SiteProfile) -> tuple[NavSection, ...]:
    home = home_page(profile)
    columns = live_columns(profile)
    top = [c for c in columns if c.depth == home.depth + 1]
    return tuple(
        NavSection(
            key=column.slug,
            title=column.title,
            url=url_of(column, profile),
            columns=_children(column, columns, profile),
        )
        for column in top
    )


def _children(
    parent: ColumnPage, columns: list[ColumnPage], profile: SiteProfile
) -> tuple[NavColumn, ...]:
    return tuple(
        NavColumn(c.title, url_of(c, profile), _children(c, columns, profile))
        for c in columns
        if c.depth == parent.depth + 1 and c.path.startswith(parent.path)
    )


def url_of(column: ColumnPage, profile: SiteProfile) -> str:
    """Where a column leads: its own page, or the address that it stands for."""
    if column.address:
        return column.address
    return addresses.path_of(column, home_page(profile))


def home_page(profile: SiteProfile) -> HomePage:
    """The root page of the profile's site; its address is fixed, so it is fetched once."""
    return once(profile, "home", lambda: home_of(profile))


def columns_of(profile: SiteProfile) -> dict[str, ColumnPage]:
    """Every column of the site, public or not, by its place in the tree and in that order."""
    return once(profile, "columns", lambda: _columns(profile))


def _columns(profile: SiteProfile) -> dict[str, ColumnPage]:
    found = ColumnPage.objects.descendant_of(home_page(profile)).order_by("path")
    return {column.path: column for column in found}


def live_columns(profile: SiteProfile) -> list[ColumnPage]:
    """The public columns of the site in the order of the tree."""
    return [column for column in columns_of(profile).values() if column.live]


def columns_above(column: ColumnPage, profile: SiteProfile) -> list[ColumnPage]:
    """From the section down to the column itself."""
    known, step = columns_of(profile), column.steplen
    ends = range(step, len(column.path) + 1, step)
    return [known[column.path[:end]] for end in ends if column.path[:end] in known]


def columns_below(column: ColumnPage, profile: SiteProfile) -> list[ColumnPage]:
    """The public columns anywhere under a column."""
    return [
        c for c in live_columns(profile) if c.path.startswith(column.path) and c.pk != column.pk
    ]


def children_of(column: ColumnPage, profile: SiteProfile) -> list[ColumnPage]:
    """The public columns one step under a column."""
    return [c for c in columns_below(column, profile) if c.depth == column.depth + 1]


COLUMN_TYPES = {
    ColumnKind.NEWS: "动态要闻",
    ColumnKind.NOTICE: "通知公告",
    ColumnKind.POLICY: "政策文件",
    ColumnKind.GUIDE: "办事服务",
    ColumnKind.VIDEO: "动态要闻",
    ColumnKind.PICTURES: "动态要闻",
    ColumnKind.LINKS: "其他",
    ColumnKind.CONTACTS: "机构职能",
    ColumnKind.LEADERS: "领导信息",
    ColumnKind.CATALOGUE: "信息公开",
    ColumnKind.REPORTS: "信息公开",
    ColumnKind.SECTION: "概况信息",
    ColumnKind.FORMS: "互动交流",
    ColumnKind.QUESTIONS: "互动交流",
    ColumnKind.STATISTICS: "数据发布",
    ColumnKind.DIRECTORY: "办事服务",
    ColumnKind.STANDARD: "信息公开",
}
