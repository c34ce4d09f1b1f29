"""One piece of released information as the public sees it, with its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString

from gongkai.clock import SHANGHAI
from gongkai.portal.contexts.catalogue import DataFile, StandardTable
from gongkai.portal.contexts.lists import Picture
from gongkai.portal.contexts.site import Link, Meta, Page
from gongkai.portal.qr import qr


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


@dataclass(frozen=True, slots=True)
class Relation:
    """Other documents that this one changes or is changed by."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One of the ten elements of a service."""

    label: str
    text: str


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
    relations: tuple[Relation, ...] = ()
    elements: tuple[Element, ...] = ()
    standard: StandardTable | None = None
    data: tuple[DataFile, ...] = ()


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
    def image(self) -> str:
        """The whole address of the item's picture; empty without one."""
        picture = self.item.picture
        return iri_to_uri(f"{self.site.address}{picture.src}") if picture else ""

    @property
    def meta(self) -> Meta:
        column = self.column.brief_meta if self.column else ()
        article = (
            ("ArticleTitle", self.item.title),
            ("PubDate", self.published_text),
            ("ContentSource", self.item.source),
            ("Keywords", ",".join(self.item.keywords)),
            ("Description", self.item.summary),
            ("Image", self.image),
            ("Url", self.canonical),
        )
        return self.site.meta + column + tuple((name, text) for name, text in article if text)

    @property
    def qr(self) -> SafeString:
        return qr(self.canonical)
