"""What stands on every page: the site, its navigation, and the page's own identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

Brand = Literal["blue", "red"]
Meta = tuple[tuple[str, str], ...]

# The three feeds of a folder, as ``pages.machine`` writes them.
FEEDS = (
    ("application/rss+xml", "feed.xml"),
    ("application/atom+xml", "atom.xml"),
    ("application/feed+json", "feed.json"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """``outside`` says in words that the link leaves the sites of the bureau."""

    title: str
    url: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as a reader of feeds finds it; ``kind`` is its media type."""

    kind: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class NavColumn:
    title: str
    url: str
    children: tuple[NavColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class NavSection:
    """One entry of the main navigation; ``key`` is what ``Page.section`` names."""

    key: str
    title: str
    url: str
    columns: tuple[NavColumn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One public site. Empty addresses leave their entry out: nothing dead is shown.

    ``code`` is the 网站标识码 (ten characters); ``address`` the site's origin without a slash at
    the end, from which canonical addresses and printed codes are made. ``official`` are the hosts
    to which a link needs no notice, beside gov.cn.
    """

    key: str
    name: str
    subtitle: str = ""
    address: str
    code: str
    brand: Brand = "blue"
    sections: tuple[NavSection, ...] = ()
    search_url: str = "/search/"
    feed_url: str = ""
    sitemap_url: str = ""
    data_url: str = ""
    mistakes_url: str = ""
    accessibility_url: str = ""
    traditional_url: str = ""
    english_url: str = ""
    login_url: str = ""
    organiser: str
    maintainer: str
    contact: str
    postal_address: str = ""
    supervision_phone: str
    supervision_mail: str
    icp: str = ""
    police_record: str = ""
    police_url: str = ""
    mark_url: str = ""
    official: tuple[str, ...] = ()
    demo: bool = False

    @property
    def domain(self) -> str:
        return self.address.split("//", 1)[-1]

    @property
    def meta(self) -> Meta:
        """The site group of the national rule on government sites; every page carries it.

        Without a code the tag is left out: an empty one would pass for an answer.
        """
        group = (("SiteName", self.name), ("SiteDomain", self.domain), ("SiteIDCode", self.code))
        return tuple((name, text) for name, text in group if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The column that a page belongs to; ``kind`` is the ColumnType of the national rule."""

    name: str
    kind: str
    description: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def brief_meta(self) -> Meta:
        return (("ColumnName", self.name), ("ColumnType", self.kind))

    @property
    def meta(self) -> Meta:
        description = self.description or self.name
        keywords = ",".join(self.keywords or (self.name,))
        return (
            ("ColumnName", self.name),
            ("ColumnDescription", description),
            ("ColumnKeywords", keywords),
            ("ColumnType", self.kind),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has. A subclass names its template; ``render`` needs nothing else."""

    template: ClassVar[str] = ""
    robots: ClassVar[str] = ""

    site: Site
    title: str
    path: str
    crumbs: tuple[Link, ...] = ()
    section: str = ""
    column: Column | None = None
    feed_url: str = ""
    generated_at: datetime | None = None

    @property
    def canonical(self) -> str:
        return f"{self.site.address}{self.path}"

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds of the column, or else of the site: three kinds side by side."""
        folder = (self.feed_url or self.site.feed_url).removesuffix("feed.xml")
        title = f"{self.site.name}·{self.title}" if self.feed_url else self.site.name
        return tuple(Feed(kind, f"{folder}{name}", title) for kind, name in FEEDS if folder)

    @property
    def meta(self) -> Meta:
        return self.site.meta + (self.column.meta if self.column else ())
