"""What is searchable: released items with the text of their files, and published answers.

An entry is read cheaply for all of them; its document, with the text, only when it has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import astuple, dataclass
from functools import partial

from gongkai.catalogue.models import ItemPage, SiteProfile
from gongkai.catalogue.queries import released_items
from gongkai.catalogue.rules import VALIDITY_LABELS, Validity
from gongkai.enquiries.queries import PublicAnswer, public_answers
from gongkai.portal import addresses
from gongkai.portal.pages.shelf import shelf_of
from gongkai.portal.pages.sites import columns_of, home_page
from gongkai.publishing.search.filetext import text_of
from gongkai.text.index import Document

EDITION = "3"
"""Changes with what a document holds, so that an older index is brought into step."""
ANSWERS = "答复公开"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One searchable thing, with what search can be narrowed to; ``stamp`` changes with it."""

    id: str
    site: str
    title: str
    stamp: str
    document: Callable[[], Document | None]
    profile: SiteProfile
    item: int = 0
    column: str = ""
    agency: str = ""
    year: int = 0
    genre: str = ""
    theme: str = ""
    validity: str = ""
    keywords: str = ""


def entries(numbers: Collection[str] | None = None) -> Iterator[Entry]:
    """Everything searchable on every site, or the items of these index numbers and all answers."""
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        yield from _items(profile, numbers)
        if profile.kind == SiteProfile.Kind.PORTAL:
            for answer in public_answers(profile.agency):
                yield _answer(answer, profile)


_READ = (
    "pk", "path", "url_path", "title", "index_number", "live_revision_id", "released_at", "genre",
    "theme", "validity", "keywords", "unit__agency__name",
)  # fmt: skip


def _items(profile: SiteProfile, numbers: Collection[str] | None) -> Iterator[Entry]:
    found = released_items(home_page(profile)).order_by("pk")
    if numbers is not None:
        found = found.filter(index_number__in=numbers)
    columns = columns_of(profile)
    for row in found.values(*_READ):
        column = columns[row["path"][: -ItemPage.steplen]].title
        facts = [EDITION, column, *(str(row[name]) for name in _READ)]
        yield Entry(
            id=f"{profile.code}:{row['index_number']}",
            site=profile.code,
            title=row["title"],
            stamp=hashlib.sha256("\x00".join(facts).encode()).hexdigest()[:16],
            document=partial(_item_document, row["pk"], profile),
            profile=profile,
            item=row["pk"],
            column=column,
            agency=row["unit__agency__name"],
            year=row["released_at"].year,
            genre=row["genre"],
            theme=row["theme"],
            validity=VALIDITY_LABELS[Validity(row["validity"])] if row["validity"] else "",
            keywords=row["keywords"],
        )


def _item_document(pk: int, profile: SiteProfile) -> Document | None:
    item = shelf_of(profile).item(pk)
    if not item.live or item.released_at is None:
        return None
    column = columns_of(profile)[item.path[: -ItemPage.steplen]]
    attached = [a for a in item.attachments.all() if not a.is_picture]
    texts = [item.whole_text, *(f"{a.title}\n{text_of(a.file)}" for a in attached)]
    return Document(
        id=f"{profile.code}:{item.index_number}",
        site=profile.code,
        url=addresses.path_of(item, home_page(profile)),
        title=item.title,
        body="\n\n".join(texts),
        index_number=item.index_number,
        document_number=item.document_number,
        column=column.title,
        agency=item.agency.name,
        year=item.released_at.year,
        published=item.released_at.isoformat(),
        genre=item.genre,
        theme=item.theme,
        validity=item.get_validity_display() if item.validity else "",
        kind=column.kind,
    )


def _answer(answer: PublicAnswer, profile: SiteProfile) -> Entry:
    agency = profile.agency.name
    facts = [EDITION, agency, *(str(value) for value in astuple(answer))]
    return Entry(
        id=f"{profile.code}:{answer.number}",
        site=profile.code,
        title=answer.title,
        stamp=hashlib.sha256("\x00".join(facts).encode()).hexdigest()[:16],
        document=partial(_answer_document, answer, profile),
        profile=profile,
        column=ANSWERS,
        agency=agency,
        year=answer.answered_on.year,
    )


def _answer_document(answer: PublicAnswer, profile: SiteProfile) -> Document:
    return Document(
        id=f"{profile.code}:{answer.number}",
        site=profile.code,
        url=addresses.answer_path(answer.number),
        title=answer.title,
        body="\n\n".join([answer.question, answer.answer]),
        column=ANSWERS,
        agency=profile.agency.name,
        year=answer.answered_on.year,
        published=answer.answered_on.isoformat(),
        kind="answer",
    )
