"""Relations between the parts of an OOXML package, and what lies outside of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening.files.markup import local, parse
from gongkai.screening.files.package import Package
from gongkai.screening.findings import Finding, finding

_LOADED = {"attachedTemplate", "oleObject", "frame", "subDocument", "image", "externalLinkPath"}
"""External targets that an office program fetches by itself when the file is opened."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is the last word of its type; ``target`` a part name, or an address when
    ``outside``.
    """

    kind: str
    target: str
    outside: bool


def relations(package: Package, part: str) -> dict[str, Relation]:
    """The relations of a part by id; of the package itself for an empty name."""
    folder, _, name = part.rpartition("/")
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    if file not in package.names:
        return {}
    found = {}
    for element in parse(package.read(file)):
        if local(element) != "Relationship":
            continue
        target = element.get("Target", "")
        outside = element.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = Relation(kind, target, outside)
    return found


def main_part(package: Package, usual: str) -> str:
    """The part that holds the document. Its name is free; programs follow the relation."""
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument" and relation.target in package.names:
            return relation.target
    return usual


def fetched(package: Package, place: str) -> Iterator[Finding]:
    """Templates, pictures and objects that the file would fetch from elsewhere when opened."""
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        owner = posixpath.join(folder.rpartition("/")[0], file.removesuffix(".rels"))
        for relation in relations(package, owner).values():
            if relation.outside and relation.kind in _LOADED and _remote(relation):
                yield finding(
                    "outside_part",
                    f"{place}部件 {owner}",
                    excerpt=relation.kind,
                    value=relation.target,
                )


def _remote(relation: Relation) -> bool:
    """A template on the writer's own disk only names a folder; the rest is fetched."""
    local_file = relation.target.startswith("file:///") and not relation.target.startswith(
        "file:////"
    )
    return relation.kind != "attachedTemplate" or not local_file
