"""What the database knows of the tree: which file was made from which records, and what is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from gongkai import clock
from gongkai.portal.reading import DAY
from gongkai.publishing.making import Made
from gongkai.publishing.models import Dependency, Gone, Rendered

Part = TypeVar("Part", int, str)
_AT_ONCE = 500


@dataclass(frozen=True)
class Stale:
    """The paths that must be made again, the owners of these and of the keys themselves.

    ``owners`` is None where every owner must be asked for its files.
    """

    paths: set[str]
    owners: set[str] | None


def stale(site: str, keys: Set[str]) -> Stale:
    """What read a changed record, or says "today" and was written on another day."""
    rendered = Rendered.objects.filter(site=site)
    of_yesterday = Q(dependencies__key=DAY) & ~Q(on=clock.today())
    old = set(rendered.filter(of_yesterday).values_list("path", "owner"))
    found = set(old)
    for chunk in chunks(keys):
        read = rendered.filter(dependencies__key__in=chunk)
        found |= set(read.values_list("path", "owner").distinct())
    owners = {owner for _, owner in found} | {owner for key in keys for owner in _owners_of(key)}
    # Each morning, after a change of the navigation, and in a tree that is new or was written by
    # an older version: everybody.
    whole = old or keys & {f"site:{site}", f"columns:{site}"}
    if whole or not rendered.exists() or rendered.filter(owner="").exists():
        return Stale({path for path, _ in found}, None)
    return Stale({path for path, _ in found}, owners)


def _owners_of(key: str) -> Iterator[str]:
    kind, _, rest = key.partition(":")
    if kind in {"item", "column"}:
        yield f"{kind}:{rest}"


def known_paths(site: str, owners: Collection[str] | None) -> set[str]:
    """The files that stand, of all owners or of some."""
    known = Rendered.objects.filter(site=site)
    if owners is None:
        return set(known.values_list("path", flat=True))
    found: set[str] = set()
    for chunk in chunks(owners):
        found |= set(known.filter(owner__in=chunk).values_list("path", flat=True))
    return found


@transaction.atomic
def note_made(site: str, made: Sequence[Made]) -> None:
    """Note what was made of what; an address that is public again is not gone."""
    on = clock.today()
    by_path = {one.path: one for one in made}
    rows = list(Rendered.objects.filter(site=site, path__in=by_path))
    for row in rows:
        one = by_path[row.path]
        row.sha256, row.on, row.owner = one.sha256, on, one.owner
    Rendered.objects.bulk_update(rows, ["sha256", "on", "owner"], batch_size=_AT_ONCE)
    new = by_path.keys() - {row.path for row in rows}
    rows += Rendered.objects.bulk_create(
        Rendered(site=site, path=p, sha256=by_path[p].sha256, on=on, owner=by_path[p].owner)
        for p in sorted(new)
    )
    _note_keys(rows, by_path)
    Gone.objects.filter(site=site, path__in=[address(path) for path in new]).delete()


def _note_keys(rows: Sequence[Rendered], made: dict[str, Made]) -> None:
    before: dict[int, dict[str, int]] = defaultdict(dict)
    kept = Dependency.objects.filter(rendered__in=rows).values_list("rendered", "key", "pk")
    for rendered, key, pk in kept:
        before[rendered][key] = pk
    over, new = [], []
    for row in rows:
        keys, known = made[row.path].keys, before[row.pk]
        over += [pk for key, pk in known.items() if key not in keys]
        new += [Dependency(rendered=row, key=key) for key in sorted(keys - known.keys())]
    Dependency.objects.filter(pk__in=over).delete()
    Dependency.objects.bulk_create(new)


def note_removed(site: str, paths: Collection[str]) -> None:
    """Forget files that are taken away; their addresses answer 410 from now on."""
    Rendered.objects.filter(site=site, path__in=paths).delete()
    now = clock.now()
    Gone.objects.bulk_create(
        (Gone(site=site, path=address(path), at=now) for path in sorted(paths)),
        ignore_conflicts=True,
    )


def forget_gone(site: str, wanted: Iterable[str]) -> None:
    """An address that is public again is not gone."""
    back = {address(path) for path in wanted}
    gone = Gone.objects.filter(site=site).values_list("pk", "path")
    for pks in chunks([pk for pk, path in gone if path in back]):
        Gone.objects.filter(pk__in=pks).delete()


def address(path: str) -> str:
    """The address under which a file of the tree is asked for."""
    return path.removesuffix("index.html")


def chunks(found: Iterable[Part]) -> Iterator[list[Part]]:
    """In parts that a database takes as one list."""
    left = sorted(found)
    return (left[start : start + _AT_ONCE] for start in range(0, len(left), _AT_ONCE))
