"""The checks of an item as it stands in the editor or in the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from wagtail.models import Page

from gongkai import clock, statute
from gongkai.catalogue import checks
from gongkai.catalogue.rules import ColumnKind
from gongkai.clock.queries import calendar
from gongkai.clock.rules.periods import add
from gongkai.refusal import Refused

if TYPE_CHECKING:
    from gongkai.catalogue.models import ItemPage

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def remarks_on(item: ItemPage) -> list[checks.Remark]:
    """What there is to say about an item, hard remarks first."""
    return checks.remarks(facts_of(item))


def refuse_the_hard(item: ItemPage) -> None:
    """Refused with the first remark that forbids a review."""
    for remark in remarks_on(item):
        if remark.hard:
            raise Refused(remark.message, field=remark.field, rule=remark.rule)


def facts_of(item: ItemPage) -> checks.Facts:
    """The item, or a revision of it, as the checks see it."""
    column = item.column()
    guides = list(item.guides.all())
    asked = column.kind == ColumnKind.DIRECTORY or bool(guides)
    rows_asked = column.kind == ColumnKind.STANDARD
    on = clock.day_of(item.released_at) if item.released_at else clock.today()
    time = time_to_disclose(item.signed_on, item.agency.code)
    return checks.Facts(
        texts=item.reviewed_texts(),
        public_on=on,
        document_number=item.document_number,
        signed_on=item.signed_on,
        due=time.due if time else None,
        article=time.article if time else "",
        validity=item.validity,
        valid_from=item.valid_from,
        valid_to=item.valid_to,
        replaced=item.replaced_by_id is not None,
        pictures=[a.title for a in item.attachments.all() if a.is_picture],
        dead_links=list(dead_links(item.body, column)),
        guide=(guides[0].elements() if guides else {}) if asked else None,
        lacks_rows=rows_asked and not item.standard_rows.all(),
    )


@dataclass(frozen=True, slots=True)
class Time:
    """By when something had to be public, and which article says so."""

    due: date
    article: str


def time_to_disclose(signed_on: date | None, agency_code: str) -> Time | None:
    """The last day to disclose what was made on a day; None where no law or calendar reaches."""
    if signed_on is None:
        return None
    try:
        period = statute.law_for(signed_on).period("proactive")
        due = add(calendar(agency_code), signed_on, period.days, period.unit).date
    except Refused:
        return None
    return Time(due, period.article)


def dead_links(body: Any, column: Page) -> Iterator[checks.DeadLink]:
    """Links of the text that lead to pages of this site which do not exist or are not public."""
    for block in body:
        if block.block_type != "text":
            continue
        for attributes, words in _LINK.findall(block.value.source):
            found = dict(_ATTRIBUTE.findall(attributes))
            state = _state(found, column)
            if state is not None:
                yield checks.DeadLink(strip_tags(words), missing=state == "missing")


def _state(link: dict[str, str], column: Page) -> str | None:
    """``missing``, ``hidden``, or None for a link that is right or not ours to judge."""
    if link.get("linktype") == "page":
        page = Page.objects.filter(pk=int(link.get("id") or 0)).first()
    elif link.get("href", "").startswith("/"):
        home = column.get_ancestors().filter(depth=2).first()
        path = link["href"].partition("#")[0].partition("?")[0]
        if home is None or not _below_a_section(path, home):
            return None
        page = Page.objects.filter(url_path=f"{home.url_path}{path[1:].rstrip('/')}/").first()
    else:
        return None
    if page is None:
        return "missing"
    return None if page.live else "hidden"


def _below_a_section(path: str, home: Page) -> bool:
    """Addresses of columns and items begin with a section's; the others are made by machines.

    Numbered pages of a column have no row of their own.
    """
    first, _, rest = path.strip("/").partition("/")
    if re.fullmatch(r"p\d+|feed\.xml|.*\.(?:xlsx|csv)|validity-.*", rest.rpartition("/")[2]):
        return False
    return home.get_children().filter(slug=first).exists()
