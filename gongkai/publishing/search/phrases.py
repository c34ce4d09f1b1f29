"""The phrases of all titles, for "did you mean": once a night and with each full export."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gongkai import clock, statute
from gongkai.portal.index import index_path, phrases_path
from gongkai.publishing import tree
from gongkai.publishing.search.documents import Entry, entries
from gongkai.text.vocabulary import vocabulary_of

_DAY = 86_400


def freshen_phrases() -> int:
    """Write the phrases if they are a day old; all titles are read, so not with each release."""
    path = phrases_path()
    old = not path.exists() or clock.now().timestamp() - path.stat().st_mtime > _DAY
    return write_phrases() if old and index_path().exists() else 0


def write_phrases(found: Iterable[Entry] | None = None) -> int:
    """Write the phrases of these things, or of all, beside the index; returns how many."""
    titles, keywords = [], set(statute.genres())
    for entry in entries() if found is None else found:
        titles.append(entry.title)
        keywords |= {entry.column, *entry.keywords.split()}
    phrases = vocabulary_of(titles, sorted(keywords - {""}))
    path = phrases_path()
    tree.write(path.parent, path.name, json.dumps(phrases.as_dict(), ensure_ascii=False).encode())
    return len(phrases.words)
