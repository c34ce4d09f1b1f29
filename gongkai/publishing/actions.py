"""Publishing: write what changed, take away what left, keep index and gone list in step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai import clock
from gongkai.catalogue.models import SiteProfile
from gongkai.ledger.actions import record
from gongkai.portal.index import gone_map_of, tree_of
from gongkai.portal.pages.targets import Target, targets
from gongkai.publishing import recording, search, tree
from gongkai.publishing.making import Making, make_all
from gongkai.publishing.models import Change, Gone

LOCK = "publishing.lock"
EVERYTHING = "everything"
"""The key that stands for all others: a full export that was killed is made again."""


@dataclass
class Outcome:
    """What one run wrote and removed, as ``site/path``."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def changed(*keys: str) -> None:
    """Note that records changed, in the transaction of the change."""
    _note(keys)


def _note(keys: Iterable[str]) -> None:
    now = clock.now()
    Change.objects.bulk_create(Change(key=key, at=now) for key in keys)


def publish_pending(processes: int = 1) -> Outcome:
    """Bring every site's tree into step with what is released; one publisher at a time."""
    with alone():
        changes = list(Change.objects.values_list("pk", "key"))
        outcome = _bring_into_step({key for _, key in changes}, processes)
        for pks in recording.chunks(pk for pk, _ in changes):
            Change.objects.filter(pk__in=pks).delete()
        return outcome


def publish_all(processes: int = 1) -> Outcome:
    """Write every file of every site anew."""
    _note([EVERYTHING])
    return publish_pending(processes)


def _bring_into_step(keys: set[str], processes: int) -> Outcome:
    outcome = Outcome()
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        _publish_site(profile, keys, outcome, processes)
    moved = bool(outcome.written or outcome.removed)
    if moved or EVERYTHING in keys:  # an index of an older edition is renewed with the whole site
        search.bring_into_step(keys, processes)
        tree.settle()
    if moved:
        with transaction.atomic():
            record(
                "publishing.done",
                "tree",
                data={"written": len(outcome.written), "removed": len(outcome.removed)},
            )
    return outcome


def _publish_site(profile: SiteProfile, keys: set[str], outcome: Outcome, processes: int) -> None:
    site, root = profile.code, root_of(profile)
    everything = EVERYTHING in keys
    stale = recording.stale(site, keys)
    owners = None if everything else stale.owners
    if owners == set():
        return
    known = recording.known_paths(site, owners)
    wanted: set[str] = set()

    def due() -> Iterator[Target]:
        for target in targets(profile, owners):
            if target.path not in wanted:
                wanted.add(target.path)
                if everything or target.path not in known or target.path in stale.paths:
                    yield target

    for made in make_all(due(), Making(profile, root), processes):
        recording.note_made(site, made)
        outcome.written += [f"{site}{one.path}" for one in made if one.differs]
    _take_away(profile, known - wanted, outcome)
    if everything:
        tree.sweep(root, wanted)
        recording.forget_gone(site, wanted)
    write_gone_map(profile)


def _take_away(profile: SiteProfile, paths: Collection[str], outcome: Outcome) -> None:
    """A row goes with its file: after a kill the change is still noted, and made again."""
    for some in recording.chunks(paths):
        with transaction.atomic():
            recording.note_removed(profile.code, some)
            for path in some:
                tree.remove(root_of(profile), path)
        outcome.removed += [f"{profile.code}{path}" for path in some]


def write_gone_map(profile: SiteProfile) -> None:
    """The withdrawn addresses as a map that nginx includes: each answers 410."""
    gone = Gone.objects.filter(site=profile.code).order_by("path").values_list("path", flat=True)
    text = "".join(f'"{_quoted(path)}" 1;\n' for path in gone)
    target = gone_map_of(profile.code)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        tree.write(target.parent, target.name, text.encode())


def root_of(profile: SiteProfile) -> Path:
    """The folder that a web server serves for the site."""
    return tree_of(profile.code)


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')


@contextmanager
def alone() -> Iterator[None]:
    """A file lock that ends with the process, however that ends."""
    import fcntl

    root = Path(settings.TREE_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
