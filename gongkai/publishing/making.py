"""Making files in batches: read together, rendered, compressed and written; then told.

Whoever makes them notes nothing in the database, so that several processes can do it at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from gongkai.catalogue.models import SiteProfile
from gongkai.portal.pages.targets import Target, read_ahead
from gongkai.portal.reading import recorded
from gongkai.publishing import tree
from gongkai.publishing.processes import spread

BATCH = 100
"""Files that are read for, made and noted together."""
_LINKED = ("item:", "file:")


@dataclass(frozen=True, slots=True)
class Made:
    """One file; ``differs`` says whether other bytes stood at its place."""

    path: str
    owner: str
    sha256: str
    keys: frozenset[str]
    differs: bool


@dataclass(frozen=True, slots=True)
class Making:
    """Where files are made. With ``put`` unset nothing is written: ``differs`` only tells."""

    profile: SiteProfile
    root: Path
    put: bool = True

    def batch(self, targets: Sequence[Target]) -> list[Made]:
        """Make some files; those go onto the disk that differ from what stands there."""
        read_ahead(targets, self.profile)
        return [self._one(target) for target in targets]

    def _one(self, target: Target) -> Made:
        with recorded() as keys:
            content = target.make()
        differs = not tree.holds(self.root, target.path, content)
        if differs and self.put:
            tree.write(self.root, target.path, content)
        digest = hashlib.sha256(content).hexdigest()
        return Made(target.path, target.owner, digest, frozenset(keys), differs)


def make_all(targets: Iterable[Target], making: Making, processes: int = 1) -> Iterator[list[Made]]:
    """Every file, batch by batch, in the order in which readers may follow links.

    With ``processes`` the pages of items are all written before anything that lists them; within
    each of these two parts the order is not kept.
    """
    if processes < 2:
        yield from map(making.batch, _batches(targets))
        return
    found = list(targets)
    linked = [target for target in found if target.owner.startswith(_LINKED)]
    linking = [target for target in found if not target.owner.startswith(_LINKED)]
    for part in (linked, linking):
        yield from spread(making.batch, list(_batches(part)), processes)


def _batches(targets: Iterable[Target]) -> Iterator[list[Target]]:
    left = iter(targets)
    while batch := list(islice(left, BATCH)):
        yield batch
