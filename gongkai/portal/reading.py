"""Notes which records a page read while it was built, so that a change of one finds its pages.

Keys are words such as ``item:…``, ``column:12``, ``units:sfj``, ``site:portal``, ``day``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_read: ContextVar[set[str] | None] = ContextVar("keys_read", default=None)

# Pages that say "today", or count up to today, are written anew each morning.
DAY = "day"


def reads(*keys: str) -> None:
    """Say that the page being built shows these records."""
    noted = _read.get()
    if noted is not None:
        noted.update(keys)


@contextmanager
def recorded() -> Iterator[set[str]]:
    """The set that ``reads`` fills inside the block."""
    keys: set[str] = set()
    token = _read.set(keys)
    try:
        yield keys
    finally:
        _read.reset(token)
