"""The one pass over a site's tree: each page is read once, judged, and let go."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gongkai.catalogue.rules import ColumnKind
from gongkai.oversight.inspection import metadata
from gongkai.oversight.inspection.indicators import Found
from gongkai.oversight.inspection.links import FILES, Trees, is_file
from gongkai.oversight.inspection.pages import Page, read
from gongkai.oversight.inspection.sites import Column, InspectedSite, file_at

SAMPLE = 20
"""Titles of a site that are searched for each night."""

# The end of an item's address is its index number's; all else in a column's folder is a listing.
_CONTENT = re.compile(r"\d{4}-\d{5}")
_READ = frozenset({ColumnKind.LEADERS, ColumnKind.CONTACTS})
_MOST = 2000
GUIDE = "公开指南"


class Faults:
    """Equal faults as one: where first (the shortest address), and on how many pages."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, tuple[int, str]]] = {}

    def add(self, wrong: str, column: str, page: str) -> None:
        """One more page of a column. Beyond ``_MOST`` different faults no new one is kept."""
        if wrong not in self._seen and len(self._seen) >= _MOST:
            return
        columns = self._seen.setdefault(wrong, {})
        count, first = columns.get(column, (0, page))
        columns[column] = (count + 1, min(first, page, key=lambda p: (len(p), p)))

    def found(self, site: InspectedSite) -> Iterator[Found]:
        """An entry a fault and column; what stands on the front page too belongs to the frame of
        all pages, and is one entry for whoever answers for the front page.
        """
        for wrong, columns in sorted(self._seen.items()):
            if columns.get("/", (0, ""))[1] == "/":
                yield site.found(wrong, "/", pages=sum(n for n, _ in columns.values()))
                continue
            for _, (count, page) in sorted(columns.items()):
                yield site.found(wrong, page, pages=count)


@dataclass
class Guide:
    """The newest text of the disclosure guide."""

    page: str
    released: date | None
    text: str


@dataclass
class Seen:
    """What a pass keeps: of content pages the day, of a few the words, of faults the sum."""

    newest: dict[str, date] = field(default_factory=dict)
    contents: dict[str, int] = field(default_factory=dict)
    released: dict[str, date] = field(default_factory=dict)
    links: Faults = field(default_factory=Faults)
    attachments: Faults = field(default_factory=Faults)
    tags: Faults = field(default_factory=Faults)
    texts: dict[str, str] = field(default_factory=dict)
    reports: dict[str, list[str]] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    front: Page | None = None
    sample: list[tuple[int, str, str]] = field(default_factory=list)


class Pass:
    """One site's pass on a day; the day chooses which titles are searched for."""

    def __init__(self, site: InspectedSite, trees: Trees, today: date) -> None:
        self.site, self.trees, self.today = site, trees, today
        self.seen = Seen()
        self._answers: dict[str, str] = {}

    def run(self) -> Seen:
        """Read every page of the tree."""
        for path in self.trees.paths(self.site.code):
            if path.endswith(("/", ".html")) and not path.startswith(FILES):
                try:
                    content = file_at(self.site.root, path).read_bytes()
                except FileNotFoundError:  # withdrawn meanwhile
                    continue
                self._look_at(read(path, content))
        return self.seen

    def kind_of(self, path: str) -> str:
        """Which tags a page must carry: those of the site, of a column, or of content too."""
        if path in self.site.columns:
            return "column"
        above, _, name = path.rstrip("/").rpartition("/")
        if not path.endswith("/") or f"{above}/" not in self.site.columns:
            return "site"
        return "content" if _CONTENT.fullmatch(name) else "column"

    def _look_at(self, page: Page) -> None:
        kind = self.kind_of(page.path)
        column = self.site.column_of(page.path)
        for wrong in metadata.faults(page, kind):
            self.seen.tags.add(wrong, column.path, page.path)
        self._follow(page, column)
        if page.path == "/":
            self.seen.front = page
        elif kind == "content":
            self._keep_content(page, column)
        elif page.path == column.path and (column.kind in _READ or GUIDE in column.title):
            self.seen.texts[page.path] = page.text

    def _follow(self, page: Page, column: Column) -> None:
        for target in page.targets:
            rooted = target.startswith("/")
            if rooted and target in self._answers:
                dead = self._answers[target]
            else:
                dead = self.trees.dead(self.site.code, page.path, target)
                if rooted:
                    self._answers[target] = dead
            if dead:
                where = self.seen.attachments if is_file(dead) else self.seen.links
                where.add(f"{dead[:200]} 打不开", column.path, page.path)

    def _keep_content(self, page: Page, column: Column) -> None:
        seen, title = self.seen, page.meta.get("ArticleTitle", "")
        day = page.released
        for above in _above(column.path):
            seen.contents[above] = seen.contents.get(above, 0) + 1
            if day is not None and day <= self.today:
                seen.newest[above] = max(day, seen.newest.get(above, day))
        if day is not None:
            seen.released[page.path] = day
        if column.kind == ColumnKind.REPORTS:
            seen.reports.setdefault(column.path, []).append(title)
        if GUIDE in column.title:
            self._keep_guide(page, column)
        if title:
            place = hashlib.sha256(f"{self.today}{page.path}".encode()).digest()
            entry = (-int.from_bytes(place[:6]), page.path, title)
            keep = heapq.heappush if len(seen.sample) < SAMPLE else heapq.heappushpop
            keep(seen.sample, entry)

    def _keep_guide(self, page: Page, column: Column) -> None:
        known = self.seen.guides.get(column.path)
        order = (page.released or date.min, page.path)
        if known is None or order > (known.released or date.min, known.page):
            self.seen.guides[column.path] = Guide(page.path, page.released, page.text)


def _above(path: str) -> Iterator[str]:
    """A column's address and those of the columns above it."""
    while path != "/":
        yield path
        path = path.rstrip("/").rpartition("/")[0] + "/"
