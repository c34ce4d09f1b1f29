"""Writing the index: one writer, one commit, readers undisturbed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from gongkai.text.index.documents import Document, row, schema, writable

#: Seconds to wait for another writer.
PATIENCE = 30.0
_HEAP_ALL, _HEAP_FEW = 128_000_000, 32_000_000


class IndexBusy(TimeoutError):
    """Another process has been writing the index for longer than we can wait."""


def write(path: Path | str, documents: Iterable[Document]) -> int:
    """Make the index at ``path`` hold exactly ``documents``; how many there are.

    Readers see the old index until everything is written, and the old one stays if anything fails.
    Raises ValueError for an id that comes twice or a ``published`` that is no date.
    """
    seen: set[str] = set()
    with _writer(Path(path), _HEAP_ALL, renew=True) as writer:
        writer.delete_all_documents()
        for document in documents:
            if document.id in seen:
                raise ValueError(f"document {document.id!r} comes twice")
            seen.add(document.id)
            writer.add_document(row(document))
    return len(seen)


def update(path: Path | str, *, add: Iterable[Document] = (), remove: Iterable[str] = ()) -> None:
    """Take ``remove`` out and put ``add`` in, in one commit; what has the same id is replaced."""
    with _writer(Path(path), _HEAP_FEW, renew=False) as writer:
        for key in remove:
            writer.delete_documents_by_term("id", writable(key))
        for document in add:
            writer.delete_documents_by_term("id", writable(document.id))
            writer.add_document(row(document))


@contextmanager
def _writer(path: Path, heap: int, *, renew: bool) -> Iterator[tantivy.IndexWriter]:
    # One thread: the order of documents, and so of equal ranks, is the same after each rebuild.
    writer = _locked(_open(path, renew=renew), heap)
    try:
        yield writer
        writer.commit()
        _readable(path)
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()  # gives the lock back as well


def _readable(path: Path) -> None:
    """Give the files that tantivy makes for its owner alone the mode of all others."""
    for name in ("meta.json", ".managed.json"):
        shutil.copymode(path / ".tantivy-writer.lock", path / name)


def _open(path: Path, *, renew: bool) -> tantivy.Index:
    path.mkdir(parents=True, exist_ok=True)
    try:
        return tantivy.Index(schema(), path=str(path))
    except ValueError:  # made with other fields, by an older version
        if not renew:
            raise
    shutil.rmtree(path)
    path.mkdir()
    return tantivy.Index(schema(), path=str(path))


def _locked(index: tantivy.Index, heap: int) -> tantivy.IndexWriter:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return index.writer(heap_size=heap, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            if time.monotonic() > until:
                raise IndexBusy("the search index is being written by another process") from error
        time.sleep(0.02)
