"""What pages have in common. A page that stays as it is must not bring along, through a font or a
picture that it shares, what was taken out of another page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pikepdf

_DEEP = 12
Key = tuple[int, int]


@dataclass(slots=True)
class Uses:
    """The objects a page draws with, by number."""

    fonts: set[Key] = field(default_factory=set)
    things: set[Key] = field(default_factory=set)


def uses(page: pikepdf.Page) -> Uses:
    """Fonts, and pictures, forms, patterns and shadings, also inside of forms."""
    found = Uses()
    _collect(_inherited(page), found, 0)
    return found


def _inherited(page: pikepdf.Page) -> pikepdf.Object | None:
    at: pikepdf.Object | None = page.obj
    for _ in range(_DEEP * 4):
        if not isinstance(at, pikepdf.Dictionary):
            return None
        if "/Resources" in at:
            return at.Resources
        at = at.get("/Parent")
    return None


def _collect(resources: pikepdf.Object | None, found: Uses, depth: int) -> None:
    if not isinstance(resources, pikepdf.Dictionary) or depth > _DEEP:
        return
    for font in _named(resources, "/Font"):
        known = font.objgen in found.fonts
        found.fonts.add(font.objgen)
        if not known:
            _collect(font.get("/Resources"), found, depth + 1)
    for group in ("/XObject", "/Pattern", "/Shading"):
        for thing in _named(resources, group):
            known = thing.objgen in found.things
            found.things.add(thing.objgen)
            if not known and group != "/Shading":
                _collect(thing.get("/Resources"), found, depth + 1)


def _named(resources: pikepdf.Object, group: str) -> Iterable[pikepdf.Object]:
    named = resources.get(group)
    if not isinstance(named, pikepdf.Dictionary):
        return []
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    return [v for v in named.values() if isinstance(v, kinds) and v.objgen != (0, 0)]


def tainted(pages: list[Uses], boxed: set[int], rare: bool) -> set[int]:
    """The pages (numbers from 0) without boxes that share with a boxed one: a picture or a form, or
    where letters were taken out that nothing shown has any more (``rare``), a font, for a font
    names the letters it was made for.
    """
    things: set[Key] = set().union(*(pages[n].things for n in boxed))
    fonts: set[Key] = set().union(*(pages[n].fonts for n in boxed))
    return {
        number
        for number, page in enumerate(pages)
        if number not in boxed and (page.things & things or (rare and page.fonts & fonts))
    }
