"""A column's pages: the newest items at its own address, the older ones on numbered pages.

Numbered pages count from the oldest item: page n holds places 20(n-1)+1 … 20n of the column and
is written once. The column's own address shows the unfinished page and the last full one.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags

from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile, last_place
from gongkai.catalogue.queries import placed_in, public_columns, released_items
from gongkai.catalogue.rules import PAGE_SIZE, VALIDITY_LABELS, ColumnKind
from gongkai.portal import addresses, contexts
from gongkai.portal.pages import directory, standard
from gongkai.portal.pages.items import column_context, crumbs, row, section_of
from gongkai.portal.pages.sites import home_page, site_context, url_of
from gongkai.portal.reading import reads

_TABLE_KINDS = {ColumnKind.POLICY, ColumnKind.CATALOGUE}
_PAGES: dict[str, type[contexts.ColumnPage]] = {
    ColumnKind.CATALOGUE: contexts.CataloguePage,
    ColumnKind.DIRECTORY: contexts.DirectoryPage,
    ColumnKind.QUESTIONS: contexts.QuestionsPage,
}


def full_pages(column: ColumnPage) -> int:
    """How many numbered pages the column has: only full ones are written."""
    return last_place(column) // PAGE_SIZE


def _items(column: ColumnPage, first: int, last: int) -> list[ItemPage]:
    """Items of the column and items placed in it, by their places, newest first."""
    places = (first, last)
    own = ItemPage.objects.child_of(column).filter(live=True, sequence__range=places)
    found = {item.sequence or 0: item for item in own}
    found |= {p.sequence or 0: p.item for p in placed_in(column).filter(sequence__range=places)}
    return [found[place] for place in sorted(found, reverse=True)]


def column_page(column: ColumnPage, profile: SiteProfile) -> contexts.Page:
    """What the column's own address shows."""
    reads(f"column:{column.pk}", f"column-name:{column.pk}")
    if column.kind == ColumnKind.SECTION:
        return _section(column, profile)
    if column.kind == ColumnKind.STANDARD:
        return _standard(column, profile)
    pages = full_pages(column)
    first = max(0, pages - 1) * PAGE_SIZE + 1
    return _listing(column, profile, _items(column, first, last_place(column) or 1), number=None)


def numbered_page(column: ColumnPage, profile: SiteProfile, number: int) -> contexts.Page:
    """Numbered page ``number``; it depends on its own twenty places only."""
    reads(f"places:{column.pk}:{number}", f"column-name:{column.pk}")
    first = (number - 1) * PAGE_SIZE + 1
    return _listing(column, profile, _items(column, first, first + PAGE_SIZE - 1), number=number)


def validity_path(column: ColumnPage, profile: SiteProfile, validity: str) -> str:
    """The address of a column's documents of one validity."""
    return f"{addresses.path_of(column, home_page(profile))}validity-{validity}/"


def validity_page(column: ColumnPage, profile: SiteProfile, validity: str) -> contexts.Page:
    """All documents of one validity, newest first: what is in force is found without a search."""
    reads(f"column:{column.pk}", f"column-name:{column.pk}")
    items = [i for i in _items(column, 1, last_place(column) or 1) if i.validity == validity]
    return _listing(column, profile, items, number=None, validity=validity)


def _validity_filter(
    column: ColumnPage, profile: SiteProfile, current: str
) -> tuple[contexts.Filter, ...]:
    """Links without counts: a count would make every older page change with each new document."""
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
    items: list[ItemPage],
    *,
    number: int | None,
    validity: str = "",
) -> contexts.Page:
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
        filters=_validity_filter(column, profile, validity),
        pager=None if validity else _pager(column, base, number),
        **_extra(column, profile, items),
    )


def _extra(column: ColumnPage, profile: SiteProfile, items: list[ItemPage]) -> dict[str, Any]:
    """What pages of a kind show besides their lines."""
    if column.kind == ColumnKind.CATALOGUE:
        return {"query_action": addresses.SEARCH}
    if column.kind == ColumnKind.DIRECTORY:
        return {"services": directory.service_rows(items, profile)}
    if column.kind == ColumnKind.QUESTIONS:
        return {"questions": directory.questions(items, profile)}
    return {}


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
    parent = column.get_parent().specific
    if not isinstance(parent, ColumnPage):
        parent = column
    reads(f"children:{parent.pk}")
    beside = ColumnPage.objects.child_of(parent).filter(live=True)
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
    column = public_columns(home_page(profile)).filter(address=address).first()
    if column is None:
        return {"crumbs": (contexts.Link("首页", "/"),)}
    return {
        "crumbs": crumbs(column, profile, last=False),
        "section": section_of(column, profile),
        "side": side_nav(column, profile),
    }


def _subcolumns(column: ColumnPage, profile: SiteProfile) -> tuple[contexts.Link, ...]:
    reads(f"children:{column.pk}")
    children = ColumnPage.objects.child_of(column).filter(live=True)
    return tuple(contexts.Link(c.title, url_of(c, profile)) for c in children)


def _section(column: ColumnPage, profile: SiteProfile) -> contexts.SectionPage:
    children = list(ColumnPage.objects.child_of(column).filter(live=True))
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


def newest(column: ColumnPage, count: int) -> list[ItemPage]:
    """The newest public items of a column and the columns below it."""
    found = {item.pk: item for item in released_items(column)[:count]}
    below = ColumnPage.objects.descendant_of(column, inclusive=True).filter(live=True)
    for beside in below.filter(placements__state="agreed").distinct():
        found |= {p.item.pk: p.item for p in placed_in(beside)}
    newest_first = sorted(found.values(), key=lambda i: (i.released_at, i.pk), reverse=True)
    return newest_first[:count]


def group(column: ColumnPage, profile: SiteProfile, count: int) -> contexts.RowGroup:
    """The column as a box of its newest lines."""
    below = ColumnPage.objects.descendant_of(column).filter(live=True)
    reads(f"column:{column.pk}", *(f"column:{c.pk}" for c in below))
    items = newest(column, count)
    for item in items:
        reads(item.subject)
    return contexts.RowGroup(
        title=column.title,
        rows=tuple(row(item, profile) for item in items),
        more_url=url_of(column, profile),
    )
