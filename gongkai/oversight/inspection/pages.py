"""One published page, as an inspector's program reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from lxml import etree

_TARGETS = etree.XPath(
    "//@href | //@src | //@poster | //form/@action | //object/@data",
    smart_strings=False,
)
_META = etree.XPath("//head/meta[@name]")
# Asides and navigation repeat addresses and titles that are not the page's own words.
_TEXT = etree.XPath(
    "//main//text()[not(ancestor::script or ancestor::style or ancestor::nav or ancestor::aside)]"
)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d) \d\d:\d\d")
_UTF8 = re.compile(rb"<meta[^>]+charset=[\"']?utf-8", re.I)


@dataclass
class Page:
    """``path`` is the address within the site, ``meta`` its tags by their exact names."""

    path: str
    meta: dict[str, str] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    utf8: bool = False
    tree: Any = None

    @property
    def text(self) -> str:
        """The words of the main part, without head, navigation and foot."""
        if self.tree is None:
            return ""
        return re.sub(r"\s+", " ", " ".join(map(str, _all(_TEXT, self.tree))))

    @property
    def released(self) -> date | None:
        """The day of ``PubDate``; None when it is missing or not in the national form."""
        return day_of_moment(self.meta.get("PubDate", ""))


def day_of_moment(text: str) -> date | None:
    """The day of ``2026-11-25 10:00``."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def read(path: str, content: bytes) -> Page:
    """Parse a page; one that is no HTML at all has nothing."""
    try:
        content.decode("utf-8")
        utf8 = bool(_UTF8.search(content[:1024]))
    except UnicodeDecodeError:
        utf8 = False
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        return Page(path, utf8=utf8)
    meta = {m.get("name"): m.get("content", "").strip() for m in _all(_META, tree)}
    return Page(path, meta, set(_all(_TARGETS, tree)), utf8, tree)


def _all(wanted: etree.XPath, tree: Any) -> list[Any]:
    return cast(list[Any], wanted(tree))
