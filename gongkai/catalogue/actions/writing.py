"""Making sites, columns and drafts. Nothing here makes anything public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.catalogue.models import (
    Attachment,
    ColumnPage,
    HomePage,
    ItemPage,
    ServiceGuide,
    SiteProfile,
    StandardRow,
)
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.text.pinyin import slug


@transaction.atomic
def found_site(
    agency: Agency, unit: Unit, *, by: User, name: str, code: str, hostname: str, port: int,
    default: bool, profile: Mapping[str, Any],
) -> HomePage:  # fmt: skip
    """Found a site: its home page is a draft until it was reviewed like everything else."""
    home = HomePage(title=name, slug=code, unit=unit, live=False, owner=by)
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.create(
        hostname=hostname, port=port, site_name=name, root_page=home, is_default_site=default
    )
    SiteProfile.objects.create(site=site, agency=agency, code=code, **profile)
    record("site.founded", f"site:{code}", by=by)
    return home


@transaction.atomic
def create_column(
    parent: HomePage | ColumnPage, *, by: User, title: str, kind: str, unit: Unit, **facts: Any
) -> ColumnPage:
    """A new column as a draft; its address comes from ``slug`` or from the title's pinyin."""
    require(by, Duty.ITEM_WRITE, unit.agency, unit)
    address = facts.pop("slug", "") or slug(title)
    column = ColumnPage(
        title=title, slug=address, kind=kind, unit=unit, live=False, owner=by, **facts
    )
    parent.add_child(instance=column)
    record("column.created", f"page:{column.pk}", by=by, data={"title": title})
    return column


@transaction.atomic
def create_draft(
    column: ColumnPage,
    *,
    by: User,
    title: str,
    unit: Unit,
    body: Iterable[tuple[str, Any]] = (),
    attachments: Iterable[tuple[StoredFile, str]] = (),
    pictures: Iterable[tuple[StoredFile, str]] = (),
    guide: Mapping[str, str] | None = None,
    standard_rows: Iterable[Mapping[str, str]] = (),
    **facts: Any,
) -> ItemPage:
    """A new item as a draft, with its index number; importers and commands come through here.

    ``body`` is a sequence of (block, value): ("text", html), ("heading", str), ("table", …);
    ``guide`` the elements of a service by name, ``standard_rows`` rows of a standard catalogue.
    """
    require(by, Duty.ITEM_WRITE, unit.agency, unit)
    item = ItemPage(title=title, unit=unit, live=False, owner=by, body=list(body), **facts)
    item.give_index_number()
    for order, (file, name) in enumerate(attachments):
        item.attachments.add(Attachment(file=file, title=name or file.name, sort_order=order))
    for order, (file, name) in enumerate(pictures, start=100):
        item.attachments.add(
            Attachment(file=file, title=name or file.name, sort_order=order, is_picture=True)
        )
    if guide is not None:
        item.guides.add(ServiceGuide(**guide))
    for order, row in enumerate(standard_rows):
        item.standard_rows.add(StandardRow(**row, sort_order=order))
    column.add_child(instance=item)
    record("item.created", item.subject, by=by, data={"column": column.slug})
    return item
