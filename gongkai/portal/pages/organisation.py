"""Who the bureau is: directory of contacts, leaders, links. All read from the registers."""

from __future__ import annotations

from gongkai import clock
from gongkai.agencies.queries import leaders_of, units_of
from gongkai.catalogue.models import ColumnPage, LinkGroup, SiteProfile
from gongkai.catalogue.queries import links_of
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.columns import side_nav
from gongkai.portal.pages.items import column_context, crumbs, section_of
from gongkai.portal.pages.sites import home_page, site_context
from gongkai.portal.reading import DAY, reads


def _frame(column: ColumnPage, profile: SiteProfile) -> dict[str, object]:
    reads(f"column-name:{column.pk}")
    return {
        "site": site_context(profile),
        "title": column.title,
        "path": addresses.path_of(column, home_page(profile)),
        "crumbs": crumbs(column, profile, last=False),
        "section": section_of(column, profile),
        "column": column_context(column),
    }


def contacts_page(column: ColumnPage, profile: SiteProfile) -> contexts.Page:
    """Phone, fax, mail, hours and duties of every office and unit."""
    agency = profile.agency
    reads(f"units:{agency.code}", DAY)
    return contexts.ContactsPage(
        **_frame(column, profile),  # type: ignore[arg-type]
        side=side_nav(column, profile),
        contacts=tuple(
            contexts.Contact(
                unit=unit.name,
                duties=unit.duties,
                phone=unit.phone,
                fax=unit.fax,
                mail=unit.mail,
                hours=unit.hours,
                address=unit.address,
                group=unit.get_kind_display(),
            )
            for unit in units_of(agency)
        ),
        as_of=clock.today(),
    )


def leaders_page(column: ColumnPage, profile: SiteProfile) -> contexts.Page:
    """The leaders in office today."""
    agency = profile.agency
    reads(f"leaders:{agency.code}", DAY)
    return contexts.LeadersPage(
        **_frame(column, profile),  # type: ignore[arg-type]
        side=side_nav(column, profile),
        leaders=tuple(
            contexts.Leader(name=leader.name, post=leader.title, duties=leader.portfolio)
            for leader in leaders_of(agency)
        ),
        as_of=clock.today(),
    )


def links_page(column: ColumnPage, profile: SiteProfile) -> contexts.Page:
    """The city's network of legal services, group by group."""
    return contexts.LinksPage(
        **_frame(column, profile),  # type: ignore[arg-type]
        groups=link_groups(profile),
    )


def link_groups(profile: SiteProfile) -> tuple[contexts.LinkGroup, ...]:
    """Every link by its group."""
    reads(f"links:{profile.agency.code}")
    links = list(links_of(profile.agency))
    groups = (
        contexts.LinkGroup(
            title=str(LinkGroup(key).label),
            links=tuple(
                contexts.Link(link.title, link.url, outside=True)
                for link in links
                if link.group == key
            ),
        )
        for key in LinkGroup.values
    )
    return tuple(group for group in groups if group.links)
