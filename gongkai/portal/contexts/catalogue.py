"""Columns that are more than lists: services, questions, the standard catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.safestring import SafeString

from gongkai.portal.contexts.lists import ColumnPage, SideNav
from gongkai.portal.contexts.site import Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """A service as people look for it; an empty field is said to be absent, not hidden."""

    title: str
    url: str
    time_limit: str = ""
    fees: str = ""
    place_hours: str = ""
    phone: str = ""
    forms: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPage(ColumnPage):
    """The directory of services."""

    template: ClassVar[str] = "portal/directory.html"
    services: tuple[ServiceRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    question: str
    answer: SafeString
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage(ColumnPage):
    """Questions that open to their answers, without a script."""

    template: ClassVar[str] = "portal/questions.html"
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardTable:
    """``rows`` begin with their number; ``export_url`` is the same as an Excel file."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    export_url: str = ""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A table of the text as a file for programs."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardPage(Page):
    """The standard catalogue in force, and its earlier versions."""

    template: ClassVar[str] = "portal/standard.html"
    intro: str = ""
    side: SideNav | None = None
    table: StandardTable | None = None
    source: Link | None = None
    on: date | None = None
    earlier: tuple[Link, ...] = ()
