"""Pages that belong to no column: map of the site, not found, withdrawn."""

from __future__ import annotations

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.sites import site_context


def site_map(profile: SiteProfile) -> contexts.Page:
    """Every section and column on one page."""
    return contexts.SiteMapPage(
        site=site_context(profile), title="网站地图", path=addresses.SITE_MAP, crumbs=_home()
    )


def missing(profile: SiteProfile) -> contexts.Page:
    """404."""
    return contexts.MissingPage(
        site=site_context(profile), title="没有找到该页面", path="/404.html", crumbs=_home()
    )


def gone(profile: SiteProfile) -> contexts.Page:
    """410: says nothing of what was withdrawn."""
    return contexts.GonePage(
        site=site_context(profile), title="该信息已撤回", path="/gone.html", crumbs=_home()
    )


def _home() -> tuple[contexts.Link, ...]:
    return (contexts.Link("首页", "/"),)
