"""The two front pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gongkai.portal.contexts.charts import Chart
from gongkai.portal.contexts.lists import Picture, RowGroup
from gongkai.portal.contexts.organisation import LinkGroup
from gongkai.portal.contexts.site import Link, Meta, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    title: str
    url: str
    summary: str
    on: date
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A large entry: what it is, and one line on what one finds there."""

    title: str
    url: str
    note: str
    icon: str


@dataclass(frozen=True, slots=True)
class Service:
    """One of the convenience columns; ``icon`` names a file in templates/portal/icons."""

    title: str
    url: str
    icon: str

    @property
    def icon_path(self) -> str:
        return f"portal/icons/{self.icon}.svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A published answer: masked question title, the unit that answered, the day."""

    title: str
    url: str
    unit: str
    kind: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """政民互动 on the front page; every figure is counted, ``period`` says over what."""

    entries: tuple[Link, ...]
    period: str
    figures: tuple[Figure, ...]
    statistics_url: str
    chart: Chart
    answers: tuple[AnswerRow, ...]
    answers_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureNews:
    title: str
    url: str
    place: str
    on: date
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    title: str
    url: str
    length: str
    on: date
    poster: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account in new media: where, and under which name to look for it."""

    platform: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage(Page):
    """What both front pages share; the front page carries the site group of meta tags only."""

    networks: tuple[LinkGroup, ...] = ()
    accounts: tuple[Account, ...] = ()
    videos: tuple[Video, ...] = ()
    videos_url: str = ""
    pictures: tuple[PictureNews, ...] = ()
    pictures_url: str = ""
    campaigns: tuple[Link, ...] = ()

    @property
    def meta(self) -> Meta:
        return self.site.meta


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(FrontPage):
    template: ClassVar[str] = "portal/home.html"
    headline: Headline | None = None
    box: tuple[RowGroup, ...] = ()
    disclosure: tuple[Entry, ...] = ()
    services: tuple[Service, ...] = ()
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawHomePage(FrontPage):
    """The site of law popularisation: disclosure first, then news, new laws, rule of law."""

    template: ClassVar[str] = "portal/law_home.html"
    headline: Headline | None = None
    disclosure: RowGroup
    news: RowGroup
    regulations: RowGroup
    rule_of_law: RowGroup
