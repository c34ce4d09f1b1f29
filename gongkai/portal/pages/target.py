"""One file of a tree, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.catalogue.models import ColumnPage
from gongkai.portal import contexts
from gongkai.portal.render import render

SITE, ANSWERS = "site", "answers"


@dataclass(frozen=True, slots=True)
class Target:
    """``path`` within the site's tree, ``make`` its bytes.

    ``owner`` is what the file exists for: an item, a column, a file of items, the answers, the
    site. Which files an owner has changes only with records that it or its files note as read, so
    a release asks a few owners and not the whole site. ``item`` and ``places`` say what a batch
    may read ahead.
    """

    path: str
    make: Callable[[], bytes]
    owner: str
    item: int = 0
    places: tuple[ColumnPage, int, int] | None = None


def page(
    path: str,
    context: Callable[[], contexts.Page],
    owner: str,
    *,
    item: int = 0,
    places: tuple[ColumnPage, int, int] | None = None,
) -> Target:
    """A page as a file; the address of a folder is the file in it."""
    name = f"{path}index.html" if path.endswith("/") else path
    return Target(name, lambda: render(context()).encode(), owner, item, places)
