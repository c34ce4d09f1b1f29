"""Comparing the tree with a full fresh export, byte for byte (promise 2)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.catalogue.models import SiteProfile
from gongkai.portal.pages.targets import targets
from gongkai.publishing import tree
from gongkai.publishing.actions import root_of
from gongkai.publishing.making import Making, make_all


def differences(processes: int = 1) -> Iterator[tuple[str, str]]:
    """Each path that differs from a fresh export, with how: ``missing``, ``extra``, ``differs``.

    A file whose compressed twins say something else differs: they are what most readers get.
    """
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        root = root_of(profile)
        present, told, fresh = tree.paths(root), dict[str, str](), set[str]()
        for made in make_all(targets(profile), Making(profile, root, put=False), processes):
            fresh |= {one.path for one in made}
            told |= {
                one.path: "differs" if one.path in present else "missing"
                for one in made
                if one.differs
            }
        lone = {twin for twin in tree.lone_twins(root) if twin[: -len(".gz")] not in fresh}
        told |= dict.fromkeys((present - fresh) | lone, "extra")
        for path, how in sorted(told.items()):
            yield f"{profile.code}{path}", how
