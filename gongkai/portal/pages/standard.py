"""The standard catalogue of what is disclosed about legal services, as table and as Excel."""

from __future__ import annotations

from gongkai import clock
from gongkai.catalogue.elements import STANDARD_COLUMNS
from gongkai.catalogue.models import ColumnPage, ItemPage, SiteProfile
from gongkai.portal import contexts
from gongkai.portal.pages.standing import address_of, links
from gongkai.portal.pages.workbook import workbook
from gongkai.portal.reading import reads

EXPORT = "catalogue.xlsx"


def table_of(item: ItemPage, profile: SiteProfile) -> contexts.StandardTable | None:
    """The rows of an item with their numbers; None for an item that has none."""
    rows = [(str(n), *row.cells()) for n, row in enumerate(item.standard_rows.all(), 1)]
    if not rows:
        return None
    heads = ("序号", *STANDARD_COLUMNS.values())
    return contexts.StandardTable(heads, tuple(rows), f"{address_of(item, profile)}{EXPORT}")


def export(item: ItemPage, profile: SiteProfile) -> bytes:
    """The table as an Excel file that is the same on every day."""
    reads(item.subject)
    table = table_of(item, profile)
    return workbook("标准目录", table.heads, table.rows) if table else b""


def facts_of(column: ColumnPage, profile: SiteProfile) -> dict[str, object]:
    """What the column shows: its newest catalogue, and links to the earlier ones."""
    items = ItemPage.objects.child_of(column).filter(live=True).order_by("-sequence")
    newest = items.first()
    if newest is None:
        return {}
    reads(newest.subject)
    assert newest.released_at is not None
    return {
        "table": table_of(newest, profile),
        "source": contexts.Link(newest.title, address_of(newest, profile)),
        "on": clock.day_of(newest.released_at),
        "earlier": links(items[1:], profile),
    }
