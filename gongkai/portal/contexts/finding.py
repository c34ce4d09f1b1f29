"""Search, and the pages for what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.portal.contexts.lists import Filter, Option, Pager
from gongkai.portal.contexts.site import Link, Page


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``hit`` pieces are marked. Never HTML, so nothing can be smuggled in."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    title: tuple[Piece, ...]
    url: str
    excerpt: tuple[Piece, ...]
    column: str
    on: date
    document_number: str = ""
    index_number: str = ""
    validity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """``scope`` is one of the values of ``scopes`` (value, label); ``chosen`` says in words what
    the result is narrowed to.
    """

    template: ClassVar[str] = "portal/search.html"
    robots: ClassVar[str] = "noindex"
    query: str = ""
    chosen: str = ""
    scope: str = ""
    scopes: tuple[tuple[str, str], ...] = ()
    total: int = 0
    hits: tuple[Hit, ...] = ()
    filters: tuple[Filter, ...] = ()
    sorts: tuple[Option, ...] = ()
    suggestion: Link | None = None
    popular: tuple[Link, ...] = ()
    pager: Pager | None = None
    apply_url: str = ""
    enquiry_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage(Page):
    """410: was public and is withdrawn. Nothing of the item itself is said."""

    template: ClassVar[str] = "portal/gone.html"
    robots: ClassVar[str] = "noindex"
    withdrawn_on: date | None = None
    successor: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage(Page):
    template: ClassVar[str] = "portal/missing.html"
    robots: ClassVar[str] = "noindex"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """500, 429, 403: ``message`` says what to do, ``reference`` what to quote on the phone."""

    template: ClassVar[str] = "portal/error.html"
    robots: ClassVar[str] = "noindex"
    message: str
    reference: str = ""
