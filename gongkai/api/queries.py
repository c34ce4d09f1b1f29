"""What machines may read: exactly what stands on the public sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.db.models.functions import Length, Substr

from gongkai.agencies.models import Agency
from gongkai.api.models import Client, Referral
from gongkai.api.rules import token_hash
from gongkai.catalogue.models import ColumnPage, HomePage, ItemPage, SiteProfile
from gongkai.catalogue.queries import public_columns
from gongkai.clock import SHANGHAI
from gongkai.enquiries.queries import PublicAnswer, public_answers
from gongkai.portal import addresses
from gongkai.portal.pages.sites import home_page


@dataclass(frozen=True)
class Shown:
    """A site whose front page is public, with its public columns by their place in the tree."""

    profile: SiteProfile
    home: HomePage
    columns: dict[str, ColumnPage] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Before every address of the site."""
        return addresses.origin(self.profile)

    def address(self, page: ColumnPage | ItemPage) -> str:
        """The full public address of a page."""
        return self.origin + addresses.path_of(page, self.home)


def client_of(token: str) -> Client | None:
    """The client whose token this is, unless it was revoked."""
    named = Client.objects.filter(token_hash=token_hash(token), revoked_at=None)
    return named.select_related("agency").first()


def referral_of(client: Client, foreign_number: str) -> Referral | None:
    """What became of one of the client's own numbers."""
    own = client.referrals.filter(foreign_number=foreign_number)
    return own.select_related("case__agency").first()


def shown_sites(code: str = "") -> list[Shown]:
    """The public sites, or the one of that code."""
    profiles = SiteProfile.objects.select_related("site", "agency").order_by("pk")
    found = []
    for profile in profiles.filter(code=code) if code else profiles:
        home = home_page(profile)
        if home.live:
            columns = {column.path: column for column in public_columns(home)}
            found.append(Shown(profile, home, columns))
    return found


def columns_below(shown: Shown, path: str) -> Iterator[ColumnPage]:
    """The public columns at an address such as ``/xxgk/zcwj/`` and below it; all for "" ."""
    wanted = f"/{path.strip('/')}/" if path.strip("/") else "/"
    for column in shown.columns.values():
        if addresses.path_of(column, shown.home).startswith(wanted):
            yield column


def public_items(
    sites: Iterable[Shown], *, column: str = "", year: int | None = None, genre: str = ""
) -> QuerySet[ItemPage]:
    """Released items in public columns, newest first; ``year`` is that of the release in China."""
    parents = [found.path for shown in sites for found in columns_below(shown, column)]
    items = (
        ItemPage.objects.filter(live=True)
        .annotate(parent=Substr("path", 1, Length("path") - ItemPage.steplen))
        .filter(parent__in=parents)
    )
    if year is not None:
        items = items.filter(
            released_at__gte=datetime(year, 1, 1, tzinfo=SHANGHAI),
            released_at__lt=datetime(year + 1, 1, 1, tzinfo=SHANGHAI),
        )
    if genre:
        items = items.filter(genre=genre)
    return items.select_related("unit__agency").order_by("-released_at", "-pk")


def was_withdrawn(index_number: str) -> bool:
    """Whether an item was public once and is not any more: only a release sets its time."""
    return ItemPage.objects.filter(
        index_number=index_number, live=False, released_at__isnull=False
    ).exists()


def place_of(item: ItemPage, sites: Iterable[Shown]) -> tuple[Shown, ColumnPage]:
    """The site and column of a public item."""
    parent = item.path[: -ItemPage.steplen]
    return next((s, s.columns[parent]) for s in sites if parent in s.columns)


def answering_agencies(code: str = "") -> list[Agency]:
    """The agencies whose portal is public: the portal is where answers and figures stand."""
    portals = [s.profile for s in shown_sites() if s.profile.kind == SiteProfile.Kind.PORTAL]
    agencies = {profile.agency_id: profile.agency for profile in portals}
    return [agency for agency in agencies.values() if code in ("", agency.code)]


def answers_of(agencies: Iterable[Agency]) -> list[tuple[Agency, PublicAnswer]]:
    """Published answers of these agencies, newest first."""
    found = [(agency, answer) for agency in agencies for answer in public_answers(agency)]
    return sorted(found, key=_answered_on, reverse=True)


def _answered_on(pair: tuple[Agency, PublicAnswer]) -> date:
    return pair[1].answered_on
