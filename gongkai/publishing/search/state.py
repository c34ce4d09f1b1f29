"""What the index holds: beside it, so that a release compares its own item and not all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from gongkai.publishing import tree
from gongkai.publishing.search.documents import Entry

Facts = tuple[str, str, str, str, str, str, str]
FACTS = ("site", "column", "year", "agency", "theme", "genre", "validity")
"""What a search can be narrowed to; most things share theirs with many others."""


class State:
    """Stamp and facts of each thing in the index; the facts are written once and numbered."""

    def __init__(self, facts: Iterable[Facts] = (), held: dict[str, str] | None = None) -> None:
        self._facts = list(facts)
        self._number = {one: number for number, one in enumerate(self._facts)}
        self._held = held or {}

    def stamp(self, key: str) -> str:
        """The state in which a thing is held; empty when it is not."""
        return self._held.get(key, "").partition(":")[0]

    def ids(self) -> Iterator[str]:
        """Everything that is held."""
        return iter(self._held)

    def ids_in_column(self, column: str) -> Iterator[str]:
        """What is held of one column."""
        numbers = {str(n) for n, facts in enumerate(self._facts) if facts[1] == column}
        return (key for key, held in self._held.items() if held.partition(":")[2] in numbers)

    def put(self, entries: Iterable[Entry]) -> None:
        """These are held as they are now."""
        for entry in entries:
            facts: Facts = (
                entry.site, entry.column, str(entry.year or ""), entry.agency, entry.theme,
                entry.genre, entry.validity,
            )  # fmt: skip
            number = self._number.setdefault(facts, len(self._facts))
            if number == len(self._facts):
                self._facts.append(facts)
            self._held[entry.id] = f"{entry.stamp}:{number}"

    def drop(self, keys: Iterable[str]) -> None:
        """These are not held any more."""
        for key in keys:
            self._held.pop(key, None)

    def counted(self) -> Iterator[tuple[Facts, int]]:
        """How many things share which facts."""
        counted = Counter(held.partition(":")[2] for held in self._held.values())
        return ((self._facts[int(number)], count) for number, count in counted.items())

    def as_json(self) -> bytes:
        """The same state gives the same bytes only after the same changes; nobody compares them."""
        return json.dumps({"facts": self._facts, "held": self._held}).encode()


def keep(state: State) -> None:
    """Write the state beside the index."""
    path = _path()
    tree.write(path.parent, path.name, state.as_json(), twins=False)


def known_state() -> State | None:
    """What the index holds; None when nobody knows, or an older version wrote it."""
    try:
        told = json.loads(_path().read_text(encoding="utf-8"))
        facts = [tuple(one) for one in told["facts"]]
        if any(len(one) != len(FACTS) for one in facts):
            return None
        return State(facts, dict(told["held"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _path() -> Path:
    return Path(settings.TREE_ROOT) / "index-state.json"
