"""A site's released items in parts of at most five hundred, so that one release rewrites one.

A part holds what was first released in one year, and within it pages that were begun one after
the other. Both are facts of the item that never change. Counting items instead would move all
later ones when one is withdrawn or brought in; a year alone has no upper bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Concat

from gongkai import clock
from gongkai.catalogue.models import Attachment, ItemPage, SiteProfile
from gongkai.catalogue.queries import released_items
from gongkai.catalogue.rules import VALIDITY_LABELS, Validity
from gongkai.files.models import StoredFile
from gongkai.portal.pages.sites import columns_of, home_page
from gongkai.portal.reading import reads
from gongkai.review.models import Sheet

_SIZE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """The ``number``-th part of ``year``, of which there may be none of a lower number."""

    year: int
    number: int
    count: int
    changed: datetime | None

    @property
    def name(self) -> str:
        """``2026-1``."""
        return f"{self.year}-{self.number}"

    @property
    def title(self) -> str:
        """The same for people."""
        return f"{self.year}年第{self.number}部分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One released item as machines read it. Addresses are within the site.

    ``content_sha256`` and ``updated_at`` come from the sheet on which this version was approved;
    without such a sheet the first is empty.
    """

    index_number: str
    title: str
    path: str
    column: str
    publisher: str
    document_number: str
    signed_on: date | None
    released_at: datetime
    updated_at: datetime
    theme: str
    genre: str
    validity: str
    keywords: tuple[str, ...]
    summary: str
    source: str
    content_sha256: str
    files: tuple[tuple[str, StoredFile], ...]


def part_keys(site: str, item: ItemPage) -> list[str]:
    """What the files of the item's part note as read; none while it was never released."""
    if item.released_at is None:
        return []
    return [f"part:{site}:{clock.day_of(item.released_at).year}-{item.pk // _SIZE + 1}"]


def reads_parts(profile: SiteProfile) -> None:
    """An index of parts changes with every item."""
    reads(f"items:{profile.code}", f"site:{profile.code}")


def parts_of(profile: SiteProfile) -> tuple[Part, ...]:
    """The parts that hold anything, the oldest first; one query a year."""
    found = released_items(home_page(profile)).order_by()
    # The ends of all items, public or not: an index tells them at once.
    times = ItemPage.objects.exclude(released_at=None).values_list("released_at", flat=True)
    ends = [times.order_by(order).first() for order in ("released_at", "-released_at")]
    if ends[0] is None or ends[1] is None:
        return ()
    years = range(clock.day_of(ends[0]).year, clock.day_of(ends[1]).year + 1)
    return tuple(part for year in years for part in _parts_of_year(found, year))


def _parts_of_year(found: QuerySet[ItemPage], year: int) -> Iterator[Part]:
    block = ExpressionWrapper(F("pk") / Value(_SIZE), output_field=IntegerField())
    rows = found.filter(_released_in(year)).annotate(since=_of_this_version())
    counted = rows.values(block=block).annotate(count=Count("pk"), changed=Max("since"))
    for row in sorted(counted, key=lambda row: row["block"]):
        yield Part(year, row["block"] + 1, row["count"], row["changed"])


def _of_this_version() -> Coalesce:
    """When the present version of an item became public, as its records say: by our clock. What
    Wagtail notes is the machine's time.
    """
    subject = Concat(Value("item:"), OuterRef("index_number"))
    sheet = Sheet.objects.filter(subject=subject, state=Sheet.State.RELEASED)
    return Coalesce(Subquery(sheet.values("released_at")[:1]), F("released_at"))


def _released_in(year: int) -> Q:
    """The year as China counts it."""
    start, end = (datetime(y, 1, 1, tzinfo=clock.SHANGHAI) for y in (year, year + 1))
    return Q(released_at__gte=start, released_at__lt=end)


_READ = (
    "pk", "path", "url_path", "title", "index_number", "document_number", "signed_on",
    "released_at", "theme", "genre", "validity", "keywords", "summary", "source",
    "unit__agency__name",
)  # fmt: skip


_AS_STORED = (
    "index_number", "title", "document_number", "signed_on", "released_at", "theme", "genre",
    "summary",
)  # fmt: skip


def records(part: Part, profile: SiteProfile) -> tuple[Record, ...]:
    """Everything in a part, in the order in which it was begun; four queries for any number."""
    reads(f"part:{profile.code}:{part.name}", f"columns:{profile.code}", f"site:{profile.code}")
    home = home_page(profile)
    first = (part.number - 1) * _SIZE
    # The year is looked at here: a database that took its index for it would read the whole year.
    found = released_items(home).filter(pk__gte=first, pk__lt=first + _SIZE).order_by("pk")
    rows = [r for r in found.values(*_READ) if clock.day_of(r["released_at"]).year == part.year]
    columns = {path: column.title for path, column in columns_of(profile).items()}
    files = _files(row["pk"] for row in rows)
    sheets = sheets_of(f"item:{row['index_number']}" for row in rows)
    return tuple(
        _record(row, columns[row["path"][: -ItemPage.steplen]], files[row["pk"]], sheets, profile)
        for row in rows
    )


def _files(pks: Iterable[int]) -> dict[int, list[tuple[str, StoredFile]]]:
    found: dict[int, list[tuple[str, StoredFile]]] = defaultdict(list)
    attached = Attachment.objects.filter(
        page__in=list(pks), file__state=StoredFile.State.RELEASED
    ).select_related("file")
    for attachment in attached.order_by("page", "sort_order", "pk"):
        named = (attachment.title or attachment.file.name, attachment.file)
        found[attachment.page_id].append(named)
    return found


def sheets_of(subjects: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """What was approved of each subject, and when that version became public."""
    public = Sheet.objects.filter(subject__in=list(subjects), state=Sheet.State.RELEASED)
    rows = public.values_list("subject", "content_hash", "released_at")
    return {subject: (digest, at) for subject, digest, at in rows if at is not None}


def _record(
    row: dict[str, Any],
    column: str,
    files: list[tuple[str, StoredFile]],
    sheets: dict[str, tuple[str, datetime]],
    profile: SiteProfile,
) -> Record:
    unreviewed = ("", row["released_at"])
    digest, updated_at = sheets.get(f"item:{row['index_number']}", unreviewed)
    home = home_page(profile)
    return Record(
        **{name: row[name] for name in _AS_STORED},
        path="/" + row["url_path"][len(home.url_path) :],
        column=column,
        publisher=row["unit__agency__name"],
        updated_at=updated_at,
        validity=VALIDITY_LABELS[Validity(row["validity"])] if row["validity"] else "",
        keywords=tuple(row["keywords"].split()),
        source=row["source"] or row["unit__agency__name"],
        content_sha256=digest,
        files=tuple(files),
    )
