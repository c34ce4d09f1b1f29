"""Keeping the index in step with what is released, without reading again what is unchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from gongkai.portal.index import index_path
from gongkai.portal.pages.shelf import shelf_of
from gongkai.publishing.processes import spread
from gongkai.publishing.search.documents import ANSWERS, Entry, entries
from gongkai.publishing.search.filetext import forget_withdrawn
from gongkai.publishing.search.narrowing import write_choices
from gongkai.publishing.search.phrases import write_phrases
from gongkai.publishing.search.state import State, keep, known_state
from gongkai.text.index import Document, update, write

_AT_ONCE = 100
# What these name is all that a run of few changes looks at; any other key may concern everything.
_OF_SOME = ("item:", "column:", "places:", "items:", "part:", "answers:", "figures:", "units:",
            "leaders:", "links:", "accounts:", "day")  # fmt: skip


def bring_into_step(keys: Collection[str] | None = None, processes: int = 1) -> None:
    """Add what is released and not indexed as it is, remove what is not released any more.

    ``keys`` are the changed records; without them, or if one may concern everything, all is
    compared.
    """
    known = known_state() if index_path().exists() else None
    if known is None:
        rebuild(processes)
        return
    numbers = _numbers(keys)
    looked_at = list(entries(numbers))
    wanted = {entry.id: entry for entry in looked_at}
    stale = [entry for entry in looked_at if known.stamp(entry.id) != entry.stamp]
    gone = [key for key in _compared(known, numbers) if key not in wanted]
    if stale or gone:
        update(index_path(), add=_made(stale, processes), remove=gone)
        forget_withdrawn()
        known.put(stale)
        known.drop(gone)
        _keep(known)


def rebuild(processes: int = 1) -> int:
    """Write the whole index anew; returns how many documents it holds."""
    wanted = list(entries())
    write(index_path(), _made(wanted, processes))
    state = State()
    state.put(wanted)
    _keep(state)
    write_phrases(wanted)
    return len(wanted)


def _numbers(keys: Collection[str] | None) -> set[str] | None:
    """The index numbers of changed items; None when everything must be compared."""
    if keys is None or not all(key.startswith(_OF_SOME) for key in keys):
        return None
    return {key.removeprefix("item:") for key in keys if key.startswith("item:")}


def _compared(known: State, numbers: set[str] | None) -> Iterable[str]:
    """What the index holds of that which was looked at: the items, and always the answers."""
    if numbers is None:
        return known.ids()
    named = (key for key in known.ids() if key.partition(":")[2] in numbers)
    return {*named, *known.ids_in_column(ANSWERS)}


def _made(found: list[Entry], processes: int) -> Iterator[Document]:
    """The documents, their items read a hundred at a time."""
    starts = range(0, len(found), _AT_ONCE)
    blocks = [found[start : start + _AT_ONCE] for start in starts]
    return chain.from_iterable(spread(_read, blocks, processes))


def _read(found: list[Entry]) -> list[Document]:
    of_site: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        of_site[entry.site].append(entry)
    for some in of_site.values():
        pks = (entry.item for entry in some if entry.item)
        shelf_of(some[0].profile).hold(pks, beside=False)
    # None: withdrawn since it was listed
    return [made for entry in found if (made := entry.document()) is not None]


def _keep(state: State) -> None:
    keep(state)
    write_choices(state.counted())
