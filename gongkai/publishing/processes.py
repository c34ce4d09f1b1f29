"""The same work on many batches, in several processes where that is safe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from django.db import connection, connections

Batch = TypeVar("Batch")
Done = TypeVar("Done")
_WORTH_IT = 3
"""Fewer batches are done sooner than processes start."""


def spread(
    work: Callable[[Batch], Done], batches: Sequence[Batch], processes: int
) -> Iterator[Done]:
    """What ``work`` makes of each batch, in their order; what it returns must be picklable.

    The processes are forked, so that they find the batches in their own copy of the memory. Each
    opens its own connection to the database: one that two share speaks for neither.
    """
    if processes < 2 or len(batches) < _WORTH_IT or not may_fork():
        yield from map(work, batches)
        return
    _inherited.append((work, batches))
    connections.close_all()
    try:
        with ProcessPoolExecutor(processes, get_context("fork")) as pool:
            yield from pool.map(_inherited_work, range(len(batches)))
    finally:
        _inherited.clear()


def may_fork() -> bool:
    """Not within a transaction, whose rows another process would not see, nor from a database in
    this process's memory.
    """
    memory = getattr(connection, "is_in_memory_db", None)
    return hasattr(os, "fork") and not connection.in_atomic_block and not (memory and memory())


def cores() -> int:
    """How many processes a full export is worth on this machine."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


_inherited: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def _inherited_work(number: int) -> Any:
    work, batches = _inherited[0]
    return work(batches[number])
