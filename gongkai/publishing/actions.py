"""Publishing: write what changed, take away what left, keep index and gone list in step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
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
from gongkai.portal.reading import DAY, recorded
from gongkai.publishing import search, tree
from gongkai.publishing.models import Change, Dependency, Gone, Rendered

LOCK = "publishing.lock"


@dataclass
class Outcome:
    """What one run wrote and removed, as ``site/path``."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def changed(*keys: str) -> None:
    """Note that records changed, in the transaction of the change."""
    now = clock.now()
    Change.objects.bulk_create(Change(key=key, at=now) for key in keys)


def publish_pending() -> Outcome:
    """Bring every site's tree into step with what is released; one publisher at a time."""
    with alone():
        changes = list(Change.objects.values_list("pk", "key"))
        outcome = _bring_into_step({key for _, key in changes}, everything=False)
        Change.objects.filter(pk__in=[pk for pk, _ in changes]).delete()
        return outcome


def publish_all() -> Outcome:
    """Write every file of every site anew."""
    with alone():
        changes = list(Change.objects.values_list("pk", flat=True))
        outcome = _bring_into_step(set(), everything=True)
        Change.objects.filter(pk__in=changes).delete()
        return outcome


def _bring_into_step(keys: set[str], *, everything: bool) -> Outcome:
    outcome = Outcome()
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        _publish_site(profile, keys, outcome, everything=everything)
    moved = bool(outcome.written or outcome.removed)
    if moved or everything:  # an index of an older edition is renewed with the whole site
        search.bring_into_step()
        tree.settle()
    if moved:
        with transaction.atomic():
            record(
                "publishing.done",
                "tree",
                data={"written": len(outcome.written), "removed": len(outcome.removed)},
            )
    return outcome


def _publish_site(
    profile: SiteProfile, keys: set[str], outcome: Outcome, *, everything: bool
) -> None:
    root = root_of(profile)
    known = set(Rendered.objects.filter(site=profile.code).values_list("path", flat=True))
    stale = _stale(profile.code, keys)
    wanted: set[str] = set()
    for target in targets(profile):
        wanted.add(target.path)
        due = everything or target.path not in known or target.path in stale
        if due and _write(root, profile.code, target):
            outcome.written.append(f"{profile.code}{target.path}")
    for path in known - wanted:
        _remove(root, profile.code, path)
        outcome.removed.append(f"{profile.code}{path}")
    _forget_gone(profile.code, wanted)
    write_gone_map(profile)


def _stale(site: str, keys: set[str]) -> set[str]:
    """Paths that read a changed record, or that say "today" and were written on another day."""
    read = Dependency.objects.filter(rendered__site=site)
    paths: set[str] = set()
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        paths |= set(read.filter(key__in=chunk).values_list("rendered__path", flat=True))
    old = read.filter(key=DAY).exclude(rendered__on=clock.today())
    return paths | set(old.values_list("rendered__path", flat=True))


def _write(root: Path, site: str, target: Target) -> bool:
    """Write one file if its bytes differ from what stands there; note what it read."""
    with recorded() as keys:
        content = target.make()
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        rendered, new = Rendered.objects.get_or_create(
            site=site, path=target.path, defaults={"sha256": digest, "on": clock.today()}
        )
        same = not new and tree.holds(root, target.path, digest)
        rendered.sha256, rendered.on = digest, clock.today()
        rendered.save(update_fields=["sha256", "on"])
        before = set(rendered.dependencies.values_list("key", flat=True))
        if before != keys:
            rendered.dependencies.all().delete()
            Dependency.objects.bulk_create(
                Dependency(rendered=rendered, key=k) for k in sorted(keys)
            )
        if not same:
            tree.write(root, target.path, content)
    return not same


def _remove(root: Path, site: str, path: str) -> None:
    with transaction.atomic():
        Rendered.objects.filter(site=site, path=path).delete()
        Gone.objects.get_or_create(site=site, path=_address(path), defaults={"at": clock.now()})
        tree.remove(root, path)


def _forget_gone(site: str, wanted: Iterable[str]) -> None:
    """An address that is public again is not gone."""
    back = {_address(path) for path in wanted}
    gone = Gone.objects.filter(site=site).values_list("pk", "path")
    Gone.objects.filter(pk__in=[pk for pk, path in gone if path in back]).delete()


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


def _address(path: str) -> str:
    return path.removesuffix("index.html")


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
