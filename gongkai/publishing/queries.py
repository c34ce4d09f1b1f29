"""Comparing the tree with a full fresh export, byte for byte (promise 2)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.catalogue.models import SiteProfile
from gongkai.portal.pages.targets import targets
from gongkai.publishing import tree
from gongkai.publishing.actions import root_of


def differences() -> Iterator[tuple[str, str]]:
    """Each path that differs from a fresh export, with how: ``missing``, ``extra``, ``differs``."""
    for profile in SiteProfile.objects.select_related("site", "agency").order_by("pk"):
        present = tree.contents(root_of(profile))
        fresh = {target.path: target.make() for target in targets(profile)}
        for path in sorted(present.keys() | fresh.keys()):
            if path not in present:
                yield f"{profile.code}{path}", "missing"
            elif path not in fresh:
                yield f"{profile.code}{path}", "extra"
            elif present[path] != fresh[path]:
                yield f"{profile.code}{path}", "differs"
