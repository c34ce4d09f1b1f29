"""What a person sees of their own case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from django.forms import BaseForm

from gongkai.portal.contexts.forms import FormPage
from gongkai.portal.contexts.items import Attachment
from gongkai.portal.contexts.site import Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQueryPage(FormPage):
    template: ClassVar[str] = "portal/case_query.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """``state`` is said in words too: 已完成, 进行中, 未开始."""

    label: str
    state: Literal["done", "current", "todo"]
    on: date | None = None
    note: str = ""

    @property
    def word(self) -> str:
        return {"done": "已完成", "current": "进行中", "todo": "未开始"}[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    """The reply, shown before everything else; ``remedies`` are whole sentences with dates."""

    on: date
    unit: str
    paragraphs: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatusPage(Page):
    """``sentence`` says who acts next and until when; ``todo`` what the person must do now."""

    template: ClassVar[str] = "portal/case_status.html"
    robots: ClassVar[str] = "noindex"
    number: str
    kind: str
    subject: str
    received_on: date
    sentence: str
    clock: str = ""
    todo: Link | None = None
    steps: tuple[CaseStep, ...]
    answer: CaseAnswer | None = None
    form: BaseForm | None = None
    action: str = ""
    rated: str = ""
