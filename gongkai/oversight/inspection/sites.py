"""What the house knows of a site: its columns with their units, its addresses, its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import SiteProfile
from gongkai.catalogue.queries import home_of, profiles_of, public_columns
from gongkai.oversight.inspection.indicators import Found

_TWINS = (".gz", ".br")


@dataclass(frozen=True)
class Column:
    """A public column; ``leads_to`` is set when it stands for another address."""

    id: int
    path: str
    title: str
    kind: str
    unit: str
    unit_code: str
    update_days: int | None = None
    leads_to: str = ""


@dataclass
class InspectedSite:
    """A public site. ``columns`` are by their address; ``home`` stands for the front page."""

    code: str
    kind: str
    host: str
    root: Path
    home: Column
    columns: dict[str, Column] = field(default_factory=dict)

    def column_of(self, path: str) -> Column:
        """The nearest column above an address; the front page where there is none."""
        while path != "/":
            if path in self.columns:
                return self.columns[path]
            path = path.rstrip("/").rpartition("/")[0] + "/"
        return self.home

    def found(self, wrong: str, page: str, *, note: str = "", pages: int = 1) -> Found:
        """Something wrong on a page, with the unit of the column in which it stands."""
        column = self.column_of(page)
        return Found(
            wrong, self.code, page, column.title, column.id, column.unit, column.unit_code,
            pages, note,
        )  # fmt: skip


def site_of(profile: SiteProfile) -> InspectedSite | None:
    """None while the site is not public."""
    home = home_of(profile)
    if not home.live:
        return None
    whole = Column(
        home.pk, "/", home.title, "home", home.unit.name if home.unit else "",
        home.unit.code if home.unit else "",
    )  # fmt: skip
    site = InspectedSite(profile.code, profile.kind, host_of(profile), tree_of(profile.code), whole)
    for c in public_columns(home).select_related("unit"):
        path = "/" + c.url_path[len(home.url_path) :]
        site.columns[path] = Column(
            c.pk, path, c.title, c.kind, c.unit.name if c.unit else "",
            c.unit.code if c.unit else "", c.update_days, c.address,
        )  # fmt: skip
    return site


def sites_of(agency: Agency) -> list[InspectedSite]:
    """The organ's public sites."""
    return [site for p in profiles_of(agency) if (site := site_of(p)) is not None]


def host_of(profile: SiteProfile) -> str:
    """``host`` or ``host:port``, as a link within the house names it."""
    return str(profile.site.root_url).split("//", 1)[-1].lower()


def tree_of(code: str) -> Path:
    """The folder of a site's published files, as the rooms above lay it out."""
    return Path(settings.TREE_ROOT) / "sites" / code


def paths_below(root: Path) -> Iterator[str]:
    """The address of every published file; a folder's page is known by the folder's address."""
    for folder, _, names in os.walk(root):
        base = "/" + os.path.relpath(folder, root).replace(os.sep, "/") + "/"
        base = "/" if base == "/./" else base
        for name in names:
            if not name.startswith(".") and not name.endswith(_TWINS):
                yield base if name == "index.html" else base + name


def file_at(root: Path, address: str) -> Path:
    """The file behind an address that ``paths_below`` gave."""
    name = address.lstrip("/")
    return root / (f"{name}index.html" if address.endswith("/") else name)
