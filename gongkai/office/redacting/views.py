"""区分处理 of the files of a case: the list, the page to draw on, the result."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai import clock
from gongkai.cases.models import Case
from gongkai.files import redacting
from gongkai.files.actions import store
from gongkai.files.models import Redaction, StoredFile
from gongkai.files.queries import grounds_for, objection_to_result
from gongkai.ledger.actions import record
from gongkai.office import downloads
from gongkai.office.access import case_for
from gongkai.office.acting import Act, ActForm
from gongkai.office.frame import DeskPage
from gongkai.office.redacting.access import (
    may_draw,
    original_for,
    originals_of,
    redaction_for,
    result_for,
)
from gongkai.office.redacting.acts import acts_for
from gongkai.office.redacting.forms import UploadForm
from gongkai.office.redacting.shown import findings_to_show, rows_of, stills_of
from gongkai.refusal import Refused
from gongkai.screening.redaction import isolated

_WIDTH = 1000
_BESIDE = 5


class OfCase(DeskPage):
    """Whatever belongs to an application that the person may read; 404 for everything else."""

    header_icon = "view"

    @cached_property
    def case(self) -> Case:
        case = case_for(self.user, self.kwargs["number"], self.request.GET.get("of", ""))
        if not case.is_application:
            raise Http404
        return case

    @cached_property
    def draws(self) -> bool:
        return may_draw(self.case, self.user)

    def get_trail(self) -> list[tuple[str, str]]:
        number = self.case.number
        return [
            ("案件", reverse("office_cases")),
            (number, reverse("office_case", args=[number])),
        ]

    def ensure_draws(self) -> None:
        if not self.draws:
            raise Http404


class RedactionList(OfCase):
    """The files of the case, and what was made of them; here an original is uploaded."""

    template_name = "office/redacting/list.html"
    page_title = "区分处理"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UploadForm(subject=self.case, user=self.user))
        return super().get_context_data(
            case=self.case, draws=self.draws, originals=originals_of(self.case), **kwargs
        )

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        """An upload, or ``file``: the number of a file that the case has."""
        self.ensure_draws()
        form = UploadForm(request.POST, request.FILES, subject=self.case, user=self.user)
        chosen = request.POST.get("original", "")
        if not chosen and not form.is_valid():
            return self.show(form=form, status=422)
        try:
            redaction = self._open(chosen, form)
        except Refused as refused:
            form.is_valid()
            form.errors.clear()
            form.refuse(refused)
            return self.show(form=form, status=422)
        return HttpResponseRedirect(reverse("office_redaction", args=[number, redaction.pk]))

    def _open(self, chosen: str, form: UploadForm) -> Redaction:
        source = original_for(self.case, int(chosen)) if chosen.isdigit() else self._kept(form)
        on = self.case.received_on or clock.day_of(self.case.submitted_at)
        return redacting.open_redaction(
            source, self.case.subject, by=self.user, agency=self.case.agency,
            unit=self.case.owner_unit, on=on,
        )  # fmt: skip

    def _kept(self, form: UploadForm) -> StoredFile:
        """Without an organ it is in no list of files to choose from: it stays with the case."""
        upload = form.cleaned_data["file"]
        return store(upload.read(), upload.name, by=self.user)


class OfRedaction(OfCase):
    """Whatever belongs to one redaction."""

    @cached_property
    def redaction(self) -> Redaction:
        return redaction_for(self.case, self.kwargs["pk"])

    @property
    def address(self) -> str:
        return reverse("office_redaction", args=[self.case.number, self.redaction.pk])

    def get_trail(self) -> list[tuple[str, str]]:
        number = self.case.number
        return [*super().get_trail(), ("区分处理", reverse("office_redactions", args=[number]))]

    def get_page_title(self) -> str:
        return str(self.redaction.source.name)


class RedactionPage(OfRedaction):
    """One page of the file as a picture with its boxes; beside it all that can be done."""

    template_name = "office/redacting/page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page({})

    def post(self, request: HttpRequest, number: str, pk: int, act: str) -> HttpResponse:
        """One act; what was refused is shown where it was typed, and nothing typed is lost."""
        self.ensure_draws()
        chosen = self.acts.get(act)
        if chosen is None:
            raise Http404
        form = chosen.bound(request, self.redaction)
        done = chosen.attempt(request, form)
        if done is None:
            self.redaction.refresh_from_db()
            return self.page({act: form}, status=422)
        self.tell(done)
        anchor = {"make": "#results", "keep": "#still", "again": "#still"}.get(act, "#sheet")
        return HttpResponseRedirect(f"{self.address}?page={self.number}{anchor}")

    @cached_property
    def acts(self) -> dict[str, Act]:
        return acts_for(self.case)

    @cached_property
    def number(self) -> int:
        """The page that is shown, from 1."""
        asked = self.request.GET.get("page") or self.request.POST.get("at") or "1"
        number = int(asked) if asked.isdecimal() else 1
        return max(1, min(number, self.redaction.pages))

    def page(self, bound: dict[str, ActForm], status: int = 200) -> HttpResponse:
        redaction, grounds = self.redaction, grounds_for(self.redaction.law)
        forms: dict[str, Any] = {}
        if self.draws:
            forms = {
                key: bound.get(key) or act.form(
                    subject=redaction, user=self.user, initial={"page": self.number}
                )
                for key, act in self.acts.items()
            }  # fmt: skip
        rows = rows_of(redaction, grounds)
        tally = Counter((row.page, row.ground.label) for row in rows)
        return self.show(
            status=status, case=self.case, redaction=redaction, draws=self.draws, forms=forms,
            acts=self.acts, number=self.number, beside=self._beside(),
            here=[row for row in rows if row.page == self.number], boxes=len(rows),
            tally=[(page, label, count) for (page, label), count in sorted(tally.items())],
            stills=stills_of(redaction, bound, self.user) if self.draws else redaction.still,
            results=self._results(), refused=bool(bound),
        )  # fmt: skip

    def _beside(self) -> list[int]:
        """Pages to go to: the first, the last, and those around this one."""
        last = self.redaction.pages
        near = range(self.number - _BESIDE, self.number + _BESIDE + 1)
        return sorted({1, last, *(n for n in near if 1 <= n <= last)})

    def _results(self) -> list[dict[str, Any]]:
        rows = self.redaction.results.select_related("file", "made_by").order_by("-version")
        grounds = grounds_for(self.redaction.law)
        return [
            {
                "row": row,
                "objection": objection_to_result(row) if at == 0 else "已有新的版次。",
                "table": [(page, grounds[key].label, count) for page, key, count in row.table],
                "findings": findings_to_show(row),
                "drawn": [
                    (who, label, count)
                    for (who, label), count in Counter(
                        (box["by"], grounds[box["ground"]].label) for box in row.boxes
                    ).items()
                ],
            }
            for at, row in enumerate(rows)
        ]


class PagePicture(OfRedaction):
    """A page of the original as a picture; each look is on record."""

    def get(self, request: HttpRequest, number: str, pk: int, page: int) -> HttpResponse:
        source = self.redaction.source
        if not 1 <= page <= self.redaction.pages:
            raise Http404
        picture = isolated.page_picture(source.path, source.name, page, _WIDTH)
        with transaction.atomic():
            record(
                "redaction.looked", self.case.subject, by=self.user,
                data={"source": source.sha256, "page": page},
            )  # fmt: skip
        return _picture(picture)


class ResultPicture(OfRedaction):
    """A page of the result as a picture."""

    def get(
        self, request: HttpRequest, number: str, pk: int, version: int, page: int
    ) -> HttpResponse:
        file = result_for(self.case, pk, version).file
        try:
            return _picture(isolated.page_picture(file.path, file.name, page, _WIDTH))
        except Refused as refused:
            raise Http404 from refused


class ResultFile(OfRedaction):
    """The result as a file."""

    def get(self, request: HttpRequest, number: str, pk: int, version: int) -> Any:
        return downloads.stored(result_for(self.case, pk, version).file)


def _picture(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="image/png")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
