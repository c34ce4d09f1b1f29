"""Keeping the index in step with what is released, without reading again what is unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from gongkai.portal.index import index_path
from gongkai.publishing import tree
from gongkai.publishing.search.documents import Entry, entries
from gongkai.publishing.search.filetext import forget_withdrawn
from gongkai.publishing.search.narrowing import write_choices
from gongkai.publishing.search.phrases import write_phrases
from gongkai.text.index import Document, update, write


def bring_into_step() -> None:
    """Add what is released and not indexed as it is, remove what is not released any more."""
    known = _known() if index_path().exists() else None
    if known is None:
        rebuild()
        return
    wanted = {entry.id: entry for entry in entries()}
    stale = [entry for key, entry in wanted.items() if known.get(key) != entry.stamp]
    gone = [key for key in known if key not in wanted]
    if stale or gone:
        update(index_path(), add=_made(stale), remove=gone)
        forget_withdrawn()
        _keep(wanted)


def rebuild() -> int:
    """Write the whole index anew; returns how many documents it holds."""
    wanted = {entry.id: entry for entry in entries()}
    write(index_path(), _made(wanted.values()))
    _keep(wanted)
    write_phrases()
    return len(wanted)


def _made(found: Iterable[Entry]) -> Iterator[Document]:
    for entry in found:
        document = entry.document()
        if document is not None:  # withdrawn since it was listed
            yield document


def _state() -> Path:
    return Path(settings.TREE_ROOT) / "index-state.json"


def _known() -> dict[str, str] | None:
    """Which things the index holds and in which state; None when nobody knows."""
    try:
        return dict(json.loads(_state().read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _keep(wanted: dict[str, Entry]) -> None:
    stamps = {key: entry.stamp for key, entry in wanted.items()}
    state = _state()
    tree.write(state.parent, state.name, json.dumps(stamps, sort_keys=True).encode())
    write_choices(list(wanted.values()))
