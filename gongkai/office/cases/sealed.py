"""Who asked, and files of the case: each look is on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from gongkai.applications.letters import addressed_copy, to_pdf
from gongkai.cases.models import Letter, Party
from gongkai.ledger.actions import record
from gongkai.office import downloads
from gongkai.office.access import enclosure_for, handed_over_for, letter_for
from gongkai.office.acting import Act
from gongkai.office.cases.forms import IdentityForm
from gongkai.office.cases.identity import IDENTITY
from gongkai.office.cases.page import CaseView

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PARTY = ("name", "phone", "mail", "address", "identity", "representative")


class IdentityPage(CaseView):
    """身份信息: asked for with a reason, shown once, never kept in the session or the address."""

    template_name = "office/identity.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._ensure()
        return self.show(act=IDENTITY, form=IDENTITY.bound(request, self.case))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        self._ensure()
        form = IDENTITY.bound(request, self.case)
        done = IDENTITY.attempt(request, form)
        if done is None:
            return self.show(status=422, act=IDENTITY, form=form)
        party = done.result
        assert isinstance(party, Party)
        labels: dict[str, str] = {f.name: str(f.verbose_name) for f in Party._meta.fields}
        rows = [(labels[n], getattr(party, n)) for n in _PARTY]
        return self.show(rows=[(label, value) for label, value in rows if value])

    def _ensure(self) -> None:
        if not IDENTITY.may(self.case, self.user):
            raise Http404


class AddressedPage(IdentityPage):
    """封发副本: the letter with the applicant's name on it; the look at the name is on record."""

    def get_page_title(self) -> str:
        return f"{self.case.number} 封发副本"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._ensure()
        return self.show(act=self.act, form=self.act.bound(request, self.case))

    def post(self, request: HttpRequest, number: str, pk: int = 0) -> HttpResponse:
        self._ensure()
        form = self.act.bound(request, self.case)
        done = self.act.attempt(request, form)
        if done is None:
            return self.show(status=422, act=self.act, form=form)
        assert isinstance(done.result, bytes)
        return downloads.made(done.result, f"{self.letter.number}.docx", _WORD)

    @cached_property
    def letter(self) -> Letter:
        return letter_for(self.case, self.kwargs["pk"])

    @property
    def act(self) -> Act:
        return Act(
            key="addressed", label="下载写有申请人姓名的文书", form=IdentityForm, button="下载",
            do=lambda c, u, f: addressed_copy(self.letter, by=u, reason=f["reason"]),
            may=IDENTITY.may,
        )  # fmt: skip


class EnclosureFile(CaseView):
    """A file that came with the case; each look is on record."""

    def get(self, request: HttpRequest, number: str, pk: int) -> Any:
        file = enclosure_for(self.case, pk)
        with transaction.atomic():
            record("enclosure.read", self.case.subject, by=self.user, data={"file": file.sha256})
        return downloads.stored(file)


class LetterFile(CaseView):
    """A letter of the case, addressed to the number, not to a name; ``?as=pdf`` on paper."""

    def get(self, request: HttpRequest, number: str, pk: int) -> Any:
        letter = letter_for(self.case, pk)
        if letter.file is None:
            raise Http404
        if request.GET.get("as") == "pdf":
            return downloads.made(to_pdf(letter), f"{letter.number}.pdf", "application/pdf")
        return downloads.stored(letter.file)


class HandedOver(CaseView):
    """A document that goes to the applicant with the reply."""

    def get(self, request: HttpRequest, number: str, pk: int) -> Any:
        return downloads.stored(handed_over_for(self.case, pk))
