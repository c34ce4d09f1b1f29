"""Whether what is public is found: titles are searched for, as a visitor would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from urllib.parse import urlsplit

from gongkai.oversight.inspection.columns import Looked
from gongkai.oversight.inspection.gathering import Seen
from gongkai.oversight.inspection.indicators import Found, Indicator, judged
from gongkai.oversight.inspection.pages import read
from gongkai.oversight.inspection.sites import InspectedSite, file_at


class Search(Protocol):
    """The first page of results of a site's own search: (title, address) of each.

    The search stands in a higher room, so whoever inspects brings it.
    """

    def __call__(self, words: str, *, site: str) -> Iterable[tuple[str, str]]: ...


Again = Iterable[tuple[str, str]]
"""(site, page) that was not found last time: looked for until it is."""


def searchable(looked: Looked, search: Search, again: Again) -> Indicator:
    """The day's sample, and what was not found last time."""
    missed = list(again)
    return judged("search", (f for site, seen in looked for f in _of(site, seen, search, missed)))


def _of(site: InspectedSite, seen: Seen, search: Search, again: Again) -> Iterator[Found]:
    titles = {page: title for _, page, title in seen.sample}
    titles |= {p: t for code, p in again if code == site.code and (t := _title(site, p))}
    for page, title in sorted(titles.items()):
        if not _finds(search, title, page, site.code):
            yield site.found(f"搜索标题“{title[:60]}”，第一页结果里没有", page)


def _finds(search: Search, title: str, page: str, site: str) -> bool:
    """Equal titles (会议召开) stand for each other: more of them than a page holds is no fault."""
    return any(
        found == title or urlsplit(url).path == page for found, url in search(title, site=site)
    )


def _title(site: InspectedSite, page: str) -> str:
    """The title of a page that is still there."""
    file = file_at(site.root, page)
    return read(page, file.read_bytes()).meta.get("ArticleTitle", "") if file.is_file() else ""
