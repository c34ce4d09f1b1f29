"""A column's pages: the newest items at its own address, the older ones on numbered pages.

Numbered pages count from the oldest item: page n holds places 20(n-1)+1 … 20n of the column and
is written once. The column's own address shows the unfinished page and the last full one.
"""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags

from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile, last_place
from gongkai.catalogue.queries import newest_items, of_validity, placed_below
from gongkai.catalogue.rules import PAGE_SIZE, VALIDITY_LABELS, ColumnKind
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import browsing, directory, standard
from gongkai.portal.pages.items import column_context, crumbs, row, section_of
from gongkai.portal.pages.shelf import once, shelf_of
from gongkai.portal.pages.sites import (
    children_of,
    columns_below,
    columns_of,
    home_page,
    live_columns,
    site_context,
    url_of,
)
from gongkai.portal.reading import reads

_TABLE_KINDS = {ColumnKind.POLICY, ColumnKind.CATALOGUE}
_NEWEST = 30
_PAGES: dict[str, type[contexts.ColumnPage]] = {
    ColumnKind.CATALOGUE: contexts.CataloguePage,
    ColumnKind.DIRECTORY: contexts.DirectoryPage,
    ColumnKind.QUESTIONS: contexts.QuestionsPage,
}


def full_pages(column: ColumnPage) -> int:
    """How many numbered pages the column has: only full ones are written."""
    return column_end(column) // PAGE_SIZE


def column_end(column: ColumnPage) -> int:
    """The last place of the column; kept on the object, which lives as long as a run."""
    known: int | None = column.__dict__.get("_end")
    if known is None:
        known = column.__dict__["_end"] = last_place(column)
    return known


def places_of_page(number: int | None, column: ColumnPage) -> tuple[int, int]:
    """The places that a numbered page shows, or the column's own address (None)."""
    if number is not None:
        return (number - 1) * PAGE_SIZE + 1, number * PAGE_SIZE
    return max(0, full_pages(column) - 1) * PAGE_SIZE + 1, column_end(column) or 1


def column_page(column: ColumnPage, profile: SiteProfile) -> contexts.Page:
    """What the column's own address shows."""
    reads(f"column:{column.pk}", f"column-name:{column.pk}")
    if column.kind == ColumnKind.SECTION:
        return _section(column, profile)
    if column.kind == ColumnKind.STANDARD:
        return _standard(column, profile)
    return _listing(column, profile, number=None)


def numbered_page(column: ColumnPage, profile: SiteProfile, number: int) -> contexts.Page:
    """Numbered page ``number``; it depends on its own twenty places only."""
    reads(f"places:{column.pk}:{number}", f"column-name:{column.pk}")
    return _listing(column, profile, number=number)


def validity_path(column: ColumnPage, profile: SiteProfile, validity: str) -> str:
    """The address of a column's documents of one validity."""
    return f"{addresses.path_of(column, home_page(profile))}validity-{validity}/"


def validity_page(column: ColumnPage, profile: SiteProfile, validity: str) -> contexts.Page:
    """All documents of one validity, newest first: what is in force is found without a search."""
    reads(f"column:{column.pk}", f"column-name:{column.pk}")
    return _listing(column, profile, number=None, validity=validity)


def _filters(
    column: ColumnPage, profile: SiteProfile, current: str, *, newest: bool
) -> tuple[contexts.Filter, ...]:
    """Links without counts: a count would make every older page change with each new document."""
    if column.kind == ColumnKind.CATALOGUE and newest:
        return browsing.ways(profile)
    if column.kind != ColumnKind.POLICY:
        return ()
    base = addresses.path_of(column, home_page(profile))
    options = [contexts.Option("全部", base, current=not current)]
    options += [
        contexts.Option(label, validity_path(column, profile, v.value), current=v.value == current)
        for v, label in VALIDITY_LABELS.items()
    ]
    return (contexts.Filter("有效性", tuple(options)),)


def _standard(column: ColumnPage, profile: SiteProfile) -> contexts.Page:
    return contexts.StandardPage(
        site=site_context(profile),
        title=column.title,
        path=addresses.path_of(column, home_page(profile)),
        crumbs=crumbs(column, profile, last=False),
        section=section_of(column, profile),
        column=column_context(column),
        intro=strip_tags(column.intro),
        side=side_nav(column, profile),
        **standard.facts_of(column, profile),  # type: ignore[arg-type]
    )


def _listing(
    column: ColumnPage,
    profile: SiteProfile,
    *,
    number: int | None,
    validity: str = "",
) -> contexts.Page:
    if validity:
        items = of_validity(column, validity)
    else:
        items = shelf_of(profile).places(column, *places_of_page(number, column))
    base = addresses.path_of(column, home_page(profile))
    path = base if number is None else addresses.numbered(base, number)
    kind = _PAGES.get(column.kind, contexts.ColumnPage)
    for item in items:
        reads(item.subject)
    return kind(
        site=site_context(profile),
        title=column.title,
        path=validity_path(column, profile, validity) if validity else path,
        feed_url=f"{base}feed.xml",
        crumbs=crumbs(column, profile, last=False),
        section=section_of(column, profile),
        column=column_context(column),
        intro=strip_tags(column.intro),
        side=side_nav(column, profile),
        subcolumns=_subcolumns(column, profile),
        mode="table" if column.kind in _TABLE_KINDS else "list",
        rows=tuple(row(item, profile) for item in items),
        filters=_filters(column, profile, validity, newest=number is None),
        pager=None if validity else _pager(column, base, number),
        **_extra(column, profile, items),
    )


def _extra(column: ColumnPage, profile: SiteProfile, items: list[ItemPage]) -> dict[str, Any]:
    """What pages of a kind show besides their lines."""
    if column.kind == ColumnKind.CATALOGUE:
        return {"query_action": addresses.SEARCH}
    if column.kind not in {ColumnKind.DIRECTORY, ColumnKind.QUESTIONS}:
        return {}
    prefetch_related_objects(items, "guides", "attachments__file")
    if column.kind == ColumnKind.DIRECTORY:
        return {"services": directory.service_rows(items, profile)}
    return {"questions": directory.questions(items, profile)}


def _pager(column: ColumnPage, base: str, number: int | None) -> contexts.Pager | None:
    """Newer and older; an older page never names a total, since it must not change again."""
    pages = full_pages(column) if number is None else number
    if number is None:
        if pages < 2:
            return None
        older = addresses.numbered(base, pages - 1)
        links = (
            contexts.PageLink("最新", base, current=True),
            contexts.PageLink(str(pages - 1), older),
        )
        return contexts.Pager(total=0, position="最新", links=links, older_url=older)
    older = addresses.numbered(base, number - 1) if number > 1 else ""
    links = (contexts.PageLink("最新", base), contexts.PageLink(str(number), current=True))
    return contexts.Pager(
        total=0, position=f"第{number}页", links=links, newer_url=base, older_url=older
    )


def side_nav(column: ColumnPage, profile: SiteProfile) -> contexts.SideNav | None:
    """The left navigation: the columns beside this one, its own children opened."""
    parent = columns_of(profile).get(column.path[: -column.steplen], column)
    reads(f"children:{parent.pk}")
    beside = children_of(parent, profile)
    if not beside:
        return None
    return contexts.SideNav(
        title=parent.title,
        entries=tuple(
            contexts.SideEntry(title=c.title, url=url_of(c, profile), current=c.pk == column.pk)
            for c in beside
        ),
    )


def frame_of_address(address: str, profile: SiteProfile) -> dict[str, object]:
    """Crumbs, section and side navigation of a page that a column leads to by its address."""
    reads(f"columns:{profile.code}")
    column = next((c for c in live_columns(profile) if c.address == address), None)
    if column is None:
        return {"crumbs": (contexts.Link("首页", "/"),)}
    return {
        "crumbs": crumbs(column, profile, last=False),
        "section": section_of(column, profile),
        "side": side_nav(column, profile),
    }


def _subcolumns(column: ColumnPage, profile: SiteProfile) -> tuple[contexts.Link, ...]:
    reads(f"children:{column.pk}")
    return tuple(contexts.Link(c.title, url_of(c, profile)) for c in children_of(column, profile))


def _section(column: ColumnPage, profile: SiteProfile) -> contexts.SectionPage:
    children = children_of(column, profile)
    reads(f"children:{column.pk}", *(f"column:{c.pk}" for c in children))
    return contexts.SectionPage(
        site=site_context(profile),
        title=column.title,
        path=addresses.path_of(column, home_page(profile)),
        crumbs=crumbs(column, profile, last=False),
        section=section_of(column, profile),
        column=column_context(column),
        side=side_nav(column, profile),
        # Doors and registers have no lines of their own; the navigation beside leads to them.
        groups=tuple(found for c in children if (found := group(c, profile, 6)).rows),
    )


def newest(column: ColumnPage, profile: SiteProfile, count: int) -> list[ItemPage]:
    """The newest public items of a column and the columns below it; at most thirty."""
    found = once(profile, f"newest:{column.pk}", lambda: _newest(column, profile))
    return found[: min(count, _NEWEST)]


def _newest(column: ColumnPage, profile: SiteProfile) -> list[ItemPage]:
    below = [column, *columns_below(column, profile)]
    found = {item.pk: item for item in newest_items(below, _NEWEST)}
    found |= {p.item.pk: p.item for p in placed_below(below)}
    newest_first = sorted(found.values(), key=lambda i: (i.released_at, i.pk), reverse=True)
    return newest_first[:_NEWEST]


def group(column: ColumnPage, profile: SiteProfile, count: int) -> contexts.RowGroup:
    """The column as a box of its newest lines."""
    reads(f"column:{column.pk}", *(f"column:{c.pk}" for c in columns_below(column, profile)))
    items = newest(column, profile, count)
    for item in items:
        reads(item.subject)
    return contexts.RowGroup(
        title=column.title,
        rows=tuple(row(item, profile) for item in items),
        more_url=url_of(column, profile),
    )
