"""Opening the index: at most once a commit, and without touching it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import tantivy

from gongkai.text.index.documents import NoIndex

#: How often an index is tried that changes while it is being opened, and the seconds between.
TRIES, PAUSE = 5, 0.02

_known: dict[str, tuple[tuple[int, int, int], tantivy.Searcher]] = {}


def searcher_of(path: str) -> tantivy.Searcher:
    """The searcher of this process for ``path``; a new one after each commit.

    Each commit replaces ``meta.json``. tantivy's own watcher is a thread, which a forked server
    does not have; asking the file costs microseconds and is never late.
    """
    try:
        state = (Path(path) / "meta.json").stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndex(f"no search index at {path}") from error
    stamp = (state.st_ino, state.st_mtime_ns, state.st_size)
    known = _known.get(path)
    if known is None or known[0] != stamp:
        known = _known[path] = (stamp, _patiently(path))
    return known[1]


def _patiently(path: str) -> tantivy.Searcher:
    for _ in range(TRIES - 1):
        try:
            return _opened(path)
        except (OSError, ValueError):  # a writer has just taken away what we were about to read
            time.sleep(PAUSE)
    return _opened(path)


def _opened(path: str) -> tantivy.Searcher:
    if os.access(path, os.W_OK):
        return _searcher(path)
    # tantivy locks a file beside the index even to read; an outer host may not write there.
    with tempfile.TemporaryDirectory(prefix="gongkai-index-") as aside:
        for file in Path(path).resolve().iterdir():
            if file.suffix != ".lock":
                (Path(aside) / file.name).symlink_to(file)
        return _searcher(aside)


def _searcher(path: str) -> tantivy.Searcher:
    index = tantivy.Index.open(path)
    index.config_reader("manual")
    return index.searcher()
