"""A published small site, and its files as a visitor would find them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from small_site import SmallSite, fresh, read_again

from gongkai import clock
from gongkai.catalogue.models import ItemPage, SiteProfile
from gongkai.portal.pages.machine import parts
from gongkai.publishing import actions, tree


def published_site(site: SmallSite, settings: Any, folder: Path) -> SmallSite:
    """Founded and published below ``folder``."""
    settings.TREE_ROOT = folder / "tree"
    settings.FILES_ROOT = folder / "files"
    made = read_again(site)
    actions.publish_all()
    return made


def part_of(page: ItemPage) -> str:
    """The name of the part in which the item stands."""
    return f"{clock.day_of(fresh(page).released_at).year}-{page.pk // parts._SIZE + 1}"


def contents() -> dict[str, bytes]:
    return tree.contents(actions.root_of(SiteProfile.objects.get()))


def path_of(address: str) -> str:
    """Where the file of a whole address lies in the tree."""
    path = unquote(urlsplit(address).path)
    return f"{path}index.html" if path.endswith("/") else path
