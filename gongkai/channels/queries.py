"""Which accounts are open, what waits to be posted or taken down, what people said."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.catalogue.models import ItemPage
from gongkai.channels.models import Account, Post, Voice
from gongkai.channels.rules import WAITING, State


def open_accounts(agency: Agency, on: date | None = None) -> QuerySet[Account]:
    """The accounts in use on a day (default: today)."""
    day = on or clock.today()
    return Account.objects.filter(agency=agency, opened_on__lte=day).filter(
        Q(closed_on=None) | Q(closed_on__gt=day)
    )


def item_of(subject: str) -> ItemPage | None:
    """The item behind a subject of the review; None when it is something else."""
    kind, _, number = subject.partition(":")
    return ItemPage.objects.filter(index_number=number).first() if kind == "item" else None


def subscribers(item: ItemPage) -> QuerySet[Account]:
    """The open accounts that carry the item's column, or one above it."""
    return open_accounts(item.agency).filter(columns__in=item.get_ancestors()).distinct()


def address_of(item: ItemPage) -> str:
    """Where the public reads the item: site and path, as the published tree has them."""
    site = item.get_site()
    return f"{site.root_url}/{item.url_path[len(site.root_page.url_path) :]}"


def waiting(agency: Agency) -> QuerySet[Post]:
    """Posts that are still to be made, the oldest first."""
    return Post.objects.filter(account__agency=agency, state__in=WAITING).order_by(
        "queued_at", "pk"
    )


def to_take_down(agency: Agency) -> QuerySet[Post]:
    """Posts that still stand on a platform although their content was withdrawn."""
    return Post.objects.filter(
        account__agency=agency, state=State.WITHDRAWN, taken_down_at=None
    ).exclude(platform_id="")


def posts_of(subject: str) -> QuerySet[Post]:
    """Every post of one item."""
    return Post.objects.filter(subject=subject).select_related("account")


def voices(agency: Agency, year: int | None = None) -> QuerySet[Voice]:
    """What people said on the agency's accounts, in one year or ever."""
    said = Voice.objects.filter(account__agency=agency).select_related("account", "unit")
    return said.filter(at__year=year) if year else said


def not_passed_on(agency: Agency) -> QuerySet[Voice]:
    """What people said that no unit was told."""
    return voices(agency).filter(passed_at=None)
