"""The frame of every page: the site, its navigation, its foot."""

from __future__ import annotations

from django.conf import settings

from gongkai.catalogue.models import ColumnPage, HomePage, SiteProfile
from gongkai.catalogue.queries import home_of, public_columns
from gongkai.catalogue.rules import ColumnKind
from gongkai.portal import addresses
from gongkai.portal.contexts import NavColumn, NavSection, Site
from gongkai.portal.reading import reads


def site_context(profile: SiteProfile) -> Site:
    """The site as its pages show it; read on every page, so cheap to ask for twice."""
    reads(f"site:{profile.code}")
    agency = profile.agency
    return Site(
        key=profile.code,
        name=profile.site.site_name,
        subtitle=profile.slogan,
        address=addresses.origin(profile),
        code=agency.site_code,
        brand=profile.brand,  # type: ignore[arg-type]
        sections=_sections(profile),
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


def _sections(profile: SiteProfile) -> tuple[NavSection, ...]:
    """The same on every page of a run, in which nothing changes: worked out once."""
    known: tuple[NavSection, ...] | None = profile.__dict__.get("_nav")
    if known is None:
        known = profile.__dict__["_nav"] = _navigation(profile)
    return known


def _navigation(profile: SiteProfile) -> tuple[NavSection, ...]:
    home = home_page(profile)
    columns = list(public_columns(home))
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
    home: HomePage | None = profile.__dict__.get("_home")
    if home is None:
        home = profile.__dict__["_home"] = home_of(profile)
    return home


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
