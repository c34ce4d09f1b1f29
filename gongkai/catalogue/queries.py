"""Reading sites, columns and released items."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import ColumnPage, HomePage, ItemPage, Link, SiteProfile
from gongkai.catalogue.rules import ColumnKind


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


def links_of(agency: Agency) -> QuerySet[Link]:
    """The links of the agency's network of legal services."""
    return Link.objects.filter(agency=agency)


def unreviewed_live_pages() -> list[ItemPage | ColumnPage | HomePage]:
    """Live pages whose content is not what was released: must be none (promise 1)."""
    from gongkai.review.queries import released_hash

    pages = [*HomePage.objects.live(), *ColumnPage.objects.live(), *ItemPage.objects.live()]
    return [page for page in pages if released_hash(page.subject) != page.content_hash()]
