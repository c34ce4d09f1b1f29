"""Released information as the public sees it: rows, columns, items, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from gongkai.clock import SHANGHAI
from gongkai.portal.contexts.site import Link, Meta, Page
from gongkai.portal.qr import qr


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``alt`` is empty only where the words beside the picture say the same."""

    src: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a list; the fields after ``on`` are shown in table mode."""

    title: str
    url: str
    on: date
    index_number: str = ""
    document_number: str = ""
    signed_on: date | None = None
    validity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    title: str
    rows: tuple[Row, ...]
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered page; without an address it is a gap."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Numbers may run either way, so the links beside them say 较新 and 较早."""

    total: int
    position: str
    links: tuple[PageLink, ...]
    newer_url: str = ""
    older_url: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEntry:
    """An entry of the left navigation; ``children`` are shown when given."""

    title: str
    url: str
    current: bool = False
    children: tuple[SideEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideNav:
    title: str
    entries: tuple[SideEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPage(Page):
    """``mode`` table shows index number, name, document number, both dates and validity."""

    template: ClassVar[str] = "portal/column.html"
    intro: str = ""
    side: SideNav | None = None
    subcolumns: tuple[Link, ...] = ()
    filters: tuple[Filter, ...] = ()
    mode: Literal["list", "table"] = "list"
    list_url: str = ""
    table_url: str = ""
    rows: tuple[Row, ...] = ()
    pager: Pager | None = None
    empty: str = "本栏目暂无信息。"


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage(ColumnPage):
    """The disclosure catalogue: table mode, filters as links, and a search by number or words."""

    template: ClassVar[str] = "portal/catalogue.html"
    mode: Literal["list", "table"] = "table"
    query: str = ""
    query_action: str = ""
    export_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    title: str
    url: str
    kind: str
    size: int

    @property
    def size_text(self) -> str:
        """Bytes for people: 860 KB, 1.2 MB."""
        if self.size < 1024 * 1000:
            return f"{max(1, round(self.size / 1024))} KB"
        return f"{self.size / 1024 / 1024:.1f} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """``word`` is 有效, 失效, 废止, 已修改 or 尚未生效; all but 有效 is said above the text."""

    word: str
    note: str = ""
    successor: Link | None = None

    @property
    def in_force(self) -> bool:
        return self.word == "有效"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of released information; ``body`` is cleaned HTML without h1."""

    title: str
    body: SafeString
    index_number: str
    publisher: str
    source: str
    published_at: datetime
    theme: str = ""
    genre: str = ""
    document_number: str = ""
    signed_on: date | None = None
    keywords: tuple[str, ...] = ()
    summary: str = ""
    disclosure: str = "主动公开"
    validity: Validity | None = None
    picture: Picture | None = None
    video_url: str = ""
    video_captions_url: str = ""
    video_transcript: str = ""
    attachments: tuple[Attachment, ...] = ()
    interpreted_by: tuple[Link, ...] = ()
    interprets: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage(Page):
    """``catalogued`` shows the statutory metadata; news and pictures have none."""

    template: ClassVar[str] = "portal/item.html"
    item: Item
    catalogued: bool = True
    newer: Link | None = None
    older: Link | None = None

    @property
    def published_text(self) -> str:
        """In China's time, in the form that the national rule asks for."""
        return self.item.published_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")

    @property
    def meta(self) -> Meta:
        column = self.column.brief_meta if self.column else ()
        article = (
            ("ArticleTitle", self.item.title),
            ("PubDate", self.published_text),
            ("ContentSource", self.item.source),
            ("Keywords", ",".join(self.item.keywords)),
            ("Description", self.item.summary),
            ("Url", self.canonical),
        )
        return self.site.meta + column + tuple((name, text) for name, text in article if text)

    @property
    def qr(self) -> SafeString:
        return qr(self.canonical)
