"""Reading sites, columns and released items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import (
    ColumnPage,
    HomePage,
    ItemPage,
    Link,
    Placement,
    SiteProfile,
    ValidityProposal,
)
from gongkai.catalogue.rules import WITHOUT_LIST, ColumnKind, Validity
from gongkai.review.rules import STEPS, Path


def profiles_of(agency: Agency) -> QuerySet[SiteProfile]:
    """The agency's sites."""
    return SiteProfile.objects.filter(agency=agency).select_related("site", "agency").order_by("pk")


def home_of(profile: SiteProfile) -> HomePage:
    """The root page of a site."""
    return HomePage.objects.get(pk=profile.site.root_page_id)


def released_items(under: Page) -> QuerySet[ItemPage]:
    """Public items in public columns anywhere under a page, newest first."""
    columns = ColumnPage.objects.filter(live=True).values("path")
    items = ItemPage.objects.descendant_of(under).filter(live=True)
    shown = items.annotate(parent=Substr("path", 1, Length("path") - ItemPage.steplen))
    return shown.filter(parent__in=columns).order_by("-released_at", "-pk")


def public_columns(under: Page) -> QuerySet[ColumnPage]:
    """Public columns anywhere under a page, in tree order."""
    return ColumnPage.objects.descendant_of(under).filter(live=True).order_by("path")


def sections_of(home: HomePage) -> QuerySet[ColumnPage]:
    """The public first-level sections of a site."""
    return ColumnPage.objects.child_of(home).filter(live=True, kind=ColumnKind.SECTION.value)


def service_columns_of(home: HomePage) -> QuerySet[ColumnPage]:
    """The public service columns (便民栏目) of a site."""
    return public_columns(home).filter(is_service=True)


# What hangs on an item and is shown with it; and what stands beside its text: links to these.
_PARTS = ("attachments", "guides", "standard_rows")
_LEADING_HERE = ("interpretations", "replaces", "amendments")
_LED_TO = ("interprets", "replaced_by", "amends")


def read_whole(pks: Iterable[int], *, beside: bool = True) -> list[ItemPage]:
    """Items with everything that their pages show, in as many queries for one as for hundreds.

    Each relation becomes a plain list: ``all()`` gives it without asking the database. Django's own
    prefetching makes a queryset of every relation of every item, which takes longer than reading.
    Without ``beside`` the links to other items are left out.
    """
    items = list(ItemPage.objects.filter(pk__in=list(pks)))
    for name in (*_PARTS, *(_LEADING_HERE if beside else ())):
        _hang(items, name)
    held = [part for item in items for part in item.attachments.all()]
    prefetch_related_objects(held, "file")
    linked = (Prefetch(name, ItemPage.objects.defer("body")) for name in _LED_TO if beside)
    prefetch_related_objects(items, "unit__agency", *linked)
    return items


def _hang(items: list[ItemPage], name: str) -> None:
    relation = ItemPage._meta.get_field(name)
    found: dict[int, list[Any]] = {item.pk: [] for item in items}
    rows = relation.related_model.objects.filter(**{f"{relation.field.name}__in": list(found)})
    for row in rows.defer("body") if relation.related_model is ItemPage else rows:
        found[getattr(row, relation.field.attname)].append(row)
    for item in items:
        item.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found[item.pk]


def newest_items(columns: Iterable[ColumnPage], count: int) -> QuerySet[ItemPage]:
    """The newest public items that stand in any of the columns."""
    shown = ItemPage.objects.filter(live=True).annotate(
        parent=Substr("path", 1, Length("path") - ItemPage.steplen)
    )
    found = shown.filter(parent__in=[column.path for column in columns])
    return found.order_by("-released_at", "-pk")[:count]


def of_validity(column: ColumnPage, validity: str) -> list[ItemPage]:
    """A column's public documents of one validity, and those listed there; last place first."""
    own = ItemPage.objects.child_of(column).filter(
        live=True, validity=validity, sequence__isnull=False
    )
    placed = placed_in(column).filter(item__validity=validity)
    found = [(item.sequence or 0, item) for item in own]
    found += [(p.sequence or 0, p.item) for p in placed]
    return [item for _, item in sorted(found, key=lambda pair: pair[0], reverse=True)]


def placed_below(columns: Iterable[ColumnPage]) -> QuerySet[Placement]:
    """What is listed in any of the columns though it stands elsewhere; public items only."""
    return _shown_placements(Placement.objects.filter(column__in=[c.pk for c in columns]))


def placed_in(column: ColumnPage) -> QuerySet[Placement]:
    """What is listed in a column though it stands in another: only while its own page is public."""
    return _shown_placements(Placement.objects.filter(column=column)).order_by("-sequence")


def _shown_placements(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    own = ColumnPage.objects.filter(live=True).values("path")
    found = placements.filter(state=Placement.State.AGREED, item__live=True).annotate(
        own=Substr("item__path", 1, Length("item__path") - ItemPage.steplen)
    )
    return found.filter(own__in=own).select_related("item__unit__agency")


def places_of(item: ItemPage) -> list[Placement]:
    """The columns in which an item is listed besides its own."""
    agreed = item.placements.filter(state=Placement.State.AGREED)
    return list(agreed.select_related("column"))


def objection_to_placement(
    item: ItemPage, column: ColumnPage, *, but: Placement | None = None
) -> str:
    """Why an item cannot be listed in a column, in Chinese; ``but`` is the placement in question.

    Whoever must read what stands in the column has read the item: a column with more reviewers
    than the item had is no side door.
    """
    if not item.live:
        return "本件还没有公开，公开后才能同时列入其他栏目。"
    if not column.live or column.kind in WITHOUT_LIST or column.address:
        return "这个栏目不列信息，请选择其他栏目。"
    if item.get_parent().pk == column.pk:
        return "本件就在这个栏目中，无需再列入。"
    if not set(STEPS[Path(column.review_level)]) <= set(STEPS[Path(item.review_path())]):
        return "这个栏目的审查层级比本件所在栏目多，请在该栏目另行提交审查。"
    states = (Placement.State.ASKED, Placement.State.AGREED)
    others = Placement.objects.filter(item=item, column=column, state__in=states)
    if others.exclude(pk=but.pk if but else 0).exists():
        return "本件已经申请或列入这个栏目。"
    return ""


def validity_due(today: date) -> Iterator[tuple[ItemPage, str]]:
    """Public items whose mark no longer fits their dates, each with the mark that would.

    The last day counts as in force: the mark is due the day after.
    """
    items = ItemPage.objects.filter(live=True).select_related("unit__agency").order_by("pk")
    over = (Validity.VALID, Validity.AMENDED, Validity.NOT_YET)
    for item in items.filter(valid_to__lt=today, validity__in=over):
        yield item, Validity.EXPIRED
    begun = items.filter(valid_from__lte=today, validity=Validity.NOT_YET)
    for item in begun.exclude(valid_to__lt=today):
        yield item, Validity.VALID


def open_proposals(item: ItemPage) -> QuerySet[ValidityProposal]:
    """What the calendar proposes for an item and nobody has decided."""
    return item.validity_proposals.filter(state=ValidityProposal.State.OPEN)


def links_of(agency: Agency) -> QuerySet[Link]:
    """The public links of the agency's network of legal services."""
    return Link.objects.filter(agency=agency, state=Link.State.PUBLIC)


def unreviewed_live_pages() -> list[ItemPage | ColumnPage | HomePage]:
    """Live pages whose content is not what was released: must be none (promise 1)."""
    from gongkai.review.queries import released_hash

    pages = [*HomePage.objects.live(), *ColumnPage.objects.live(), *ItemPage.objects.live()]
    return [page for page in pages if released_hash(page.subject) != page.content_hash()]
