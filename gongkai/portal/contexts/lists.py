"""Lists of released information: rows, pages of rows, filters, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from gongkai.portal.contexts.site import Link, Page


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
