"""Pages that ask: enquiries, the application wizard, rating. They take a bound Django form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.forms import BaseForm
from django.utils.safestring import SafeString

from gongkai.portal.contexts.finding import Hit
from gongkai.portal.contexts.organisation import Contact
from gongkai.portal.contexts.site import Link, Page
from gongkai.portal.qr import qr


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """``button`` says the act. The title begins with 错误： as soon as the form has errors."""

    template: ClassVar[str] = "portal/form_base.html"
    robots: ClassVar[str] = "noindex"
    form: BaseForm
    button: str
    action: str = ""
    lead: str = ""
    back_url: str = ""
    caption: str = ""
    save_url: str = ""

    @property
    def multipart(self) -> bool:
        return self.form.is_multipart()

    @property
    def heads(self) -> bool:
        """Whether there is one question only, whose label is then the heading of the page."""
        return len(self.form.visible_fields()) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryFormPage(FormPage):
    template: ClassVar[str] = "portal/enquiry_form.html"
    days: str = ""
    elsewhere: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyStartPage(Page):
    """Step nought: is it published already, and is this the right door?"""

    template: ClassVar[str] = "portal/apply_start.html"
    query: str = ""
    found: tuple[Hit, ...] = ()
    elsewhere: tuple[Link, ...] = ()
    start_url: str
    offline: Contact
    paper_form: Link | None = None
    guide_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyWhoPage(FormPage):
    template: ClassVar[str] = "portal/apply_who.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyContactPage(FormPage):
    template: ClassVar[str] = "portal/apply_contact.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyWhatPage(FormPage):
    template: ClassVar[str] = "portal/apply_what.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyHowPage(FormPage):
    """``fees`` are read from the law in force, one sentence each."""

    template: ClassVar[str] = "portal/apply_how.html"
    fees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    label: str
    value: str
    change_url: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyCheckPage(FormPage):
    template: ClassVar[str] = "portal/apply_check.html"
    groups: tuple[AnswerGroup, ...]

    @property
    def heads(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPage(Page):
    """Shown after a durable commit only: number, query code, real dates, what happens next."""

    template: ClassVar[str] = "portal/enquiry_sent.html"
    robots: ClassVar[str] = "noindex"
    number: str
    query_code: str
    received_on: date
    answer_by: date
    provisional: bool = False
    steps: tuple[str, ...]
    query_url: str
    receipt: Link | None = None
    again_url: str = ""

    @property
    def query_address(self) -> str:
        """Carries the number only; the code is never put into an address."""
        return f"{self.site.address}{self.query_url}"

    @property
    def qr(self) -> SafeString:
        return qr(self.query_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquirySentPage(SentPage):
    template: ClassVar[str] = "portal/enquiry_sent.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplySentPage(SentPage):
    template: ClassVar[str] = "portal/apply_sent.html"
