"""The public search index: built from released items and answers, part of what is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from gongkai.catalogue.models import ItemPage, SiteProfile
from gongkai.catalogue.queries import released_items
from gongkai.portal import addresses
from gongkai.portal.index import index_path
from gongkai.portal.pages.sites import home_page
from gongkai.text.index import Document, update, write


def bring_into_step() -> None:
    """Add what is released and not indexed as it is, remove what is not released any more."""
    wanted = {document.id: document for document in documents()}
    state = _State()
    if not state.known and not index_path().exists():
        write(index_path(), wanted.values())
    else:
        known = state.known
        add = [d for key, d in wanted.items() if known.get(key) != state.digest(d)]
        remove = [key for key in known if key not in wanted]
        if add or remove:
            update(index_path(), add=add, remove=[*remove, *(d.id for d in add if d.id in known)])
    state.save(wanted.values())


def rebuild() -> int:
    """Write the whole index anew; returns how many documents it holds."""
    found = list(documents())
    write(index_path(), found)
    _State().save(found)
    return len(found)


def documents() -> Iterator[Document]:
    """Every released item of every site as the index holds it."""
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        home = home_page(profile)
        items = released_items(home).order_by("pk")
        for item in items.prefetch_related("attachments__file").select_related("unit__agency"):
            yield _document(item, profile)


def _document(item: ItemPage, profile: SiteProfile) -> Document:
    assert item.released_at is not None
    return Document(
        id=f"{profile.code}:{item.index_number}",
        site=profile.code,
        url=addresses.path_of(item, home_page(profile)),
        title=item.title,
        body="\n".join([item.body_text, *(a.title for a in item.attachments.all())]),
        index_number=item.index_number,
        document_number=item.document_number,
        column=item.column().title,
        agency=item.agency.name,
        year=item.released_at.year,
        published=item.released_at.isoformat(),
        genre=item.genre,
        theme=item.theme,
        validity=item.get_validity_display() if item.validity else "",
        kind=item.column().kind,
    )


class _State:
    """Which documents the index holds and with which content, beside the index itself."""

    def __init__(self) -> None:
        import json

        self.path = Path(settings.TREE_ROOT) / "index-state.json"
        self.known: dict[str, str] = (
            json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}
        )

    @staticmethod
    def digest(document: Document) -> str:
        import hashlib
        from dataclasses import astuple

        return hashlib.sha256(repr(astuple(document)).encode()).hexdigest()

    def save(self, found: object) -> None:
        import json

        from gongkai.publishing import tree

        state = {d.id: self.digest(d) for d in found}  # type: ignore[attr-defined]
        text = json.dumps(state, sort_keys=True)
        tree.write(self.path.parent, self.path.name, text.encode())
