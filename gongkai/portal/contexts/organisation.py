"""Who the bureau is: units, leaders, related sites; and plain pages of text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.safestring import SafeString

from gongkai.portal.contexts.items import Attachment
from gongkai.portal.contexts.lists import Picture, RowGroup, SideNav
from gongkai.portal.contexts.site import Link, NavSection, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A unit as the public reaches it; an empty field is said to be absent, not hidden."""

    unit: str
    duties: str
    phone: str
    fax: str = ""
    mail: str = ""
    hours: str = ""
    address: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsPage(Page):
    template: ClassVar[str] = "portal/contacts.html"
    intro: str = ""
    side: SideNav | None = None
    contacts: tuple[Contact, ...]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    name: str
    post: str
    duties: str
    photo: Picture | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersPage(Page):
    template: ClassVar[str] = "portal/leaders.html"
    side: SideNav | None = None
    leaders: tuple[Leader, ...]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGroup:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage(Page):
    template: ClassVar[str] = "portal/links.html"
    intro: str = ""
    groups: tuple[LinkGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(Page):
    """A page of text such as the guide; ``contents`` are links to headings in ``body``."""

    template: ClassVar[str] = "portal/page.html"
    body: SafeString
    side: SideNav | None = None
    contents: tuple[Link, ...] = ()
    updated_on: date | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage(Page):
    """The first page of a section: its columns with their newest lines."""

    template: ClassVar[str] = "portal/section.html"
    side: SideNav | None = None
    groups: tuple[RowGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMapPage(Page):
    template: ClassVar[str] = "portal/sitemap.html"

    @property
    def sections(self) -> tuple[NavSection, ...]:
        return self.site.sections
