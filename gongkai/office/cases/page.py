"""The page of one case: what it is, whose turn, the one act that is due, everything on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai import clock
from gongkai.cases.models import Case
from gongkai.cases.queries import clock_of, lamp_of, may_act
from gongkai.cases.rules import LAMP_SHAPES, Stage
from gongkai.office.access import case_for
from gongkai.office.acting import Act, ActForm, now_open
from gongkai.office.cases import alike
from gongkai.office.cases.after_acts import left_of
from gongkai.office.cases.application_acts import ACTS as APPLICATION_ACTS
from gongkai.office.cases.enquiry_acts import ACTS as ENQUIRY_ACTS
from gongkai.office.cases.identity import IDENTITY
from gongkai.office.cases.papers import facts_of, papers_of, to_read
from gongkai.office.cases.state import NEXT, current_sheet
from gongkai.office.cases.timeline import timeline
from gongkai.office.frame import DeskPage
from gongkai.office.redacting.access import may_draw
from gongkai.office.review.shown import shown_sheet

# Acts that agree to a text, or send it back.
_READS_FIRST = frozenset({"approve", "refuse", "dispatch"})


@dataclass(frozen=True)
class Due:
    """The lamp, the day and how it was counted."""

    shape: str
    lamp: str
    words: str
    clock: Any


def acts_of(case: Case) -> tuple[Act, ...]:
    """What may ever be done with a case of this kind."""
    return APPLICATION_ACTS if case.is_application else ENQUIRY_ACTS


def due_of(case: Case) -> Due:
    """The lamp with its arithmetic."""
    lamp, words = lamp_of(case)
    return Due(LAMP_SHAPES[lamp], lamp.value, words, clock_of(case))


class CaseView(DeskPage):
    """Whatever shows one case; 404 for a case that the person may not read."""

    header_icon = "folder-open-inverse"

    @cached_property
    def case(self) -> Case:
        return case_for(self.user, self.kwargs["number"], self.request.GET.get("of", ""))

    def get_page_title(self) -> str:
        return str(self.case.number)

    def get_trail(self) -> list[tuple[str, str]]:
        return [("案件", reverse("office_cases"))]

    @property
    def address(self) -> str:
        return reverse("office_case", args=[self.case.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        return super().get_context_data(
            case=case,
            due=due_of(case),
            next_act=NEXT[Stage(case.stage)],
            facts=facts_of(case),
            timeline=timeline(case),
            **kwargs,
        )


class CasePage(CaseView):
    """The case with the form of the act that is due; ``act`` in the address opens another one."""

    template_name = "office/case.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self._chosen(), None)

    def post(self, request: HttpRequest, number: str, act: str) -> HttpResponse:
        """One act; what was refused is shown where it was typed."""
        chosen = next((a for a in acts_of(self.case) if a.key == act), None)
        if chosen is None:
            raise Http404
        form = chosen.bound(request, self.case)
        done = chosen.attempt(request, form)
        if done is None:
            self.case.refresh_from_db()
            return self.page(chosen, form, status=422)
        self.tell(done)
        return HttpResponseRedirect(self.back_to(self.address))

    def page(self, act: Act | None, form: ActForm | None, **context: Any) -> HttpResponse:
        """The whole page with one form open."""
        sheet = current_sheet(self.case)
        if act is not None and form is None:
            form = act.form(subject=self.case, user=self.user)
        return self.show(
            act=act,
            form=form,
            others=[a for a in now_open(acts_of(self.case), self.case, self.user) if a != act],
            identity=IDENTITY if IDENTITY.may(self.case, self.user) else None,
            shown=shown_sheet(sheet, self.user) if sheet else None,
            before=alike.before(self.case) if act and act.key in alike.ACTS else None,
            reading=to_read(self.case) if act and act.key in _READS_FIRST else [],
            left=left_of(self.case),
            draws=self.case.is_application and may_draw(self.case, self.user),
            **papers_of(self.case),
            **context,
        )

    def _chosen(self) -> Act | None:
        """The act of the address, else the due one when it is this person's turn."""
        open_now = now_open(acts_of(self.case), self.case, self.user)
        key = self.kwargs.get("act")
        if key:
            found = next((a for a in open_now if a.key == key), None)
            if found is None:
                raise Http404
            return found
        return open_now[0] if open_now and may_act(self.user, self.case) else None


class CasePaper(CaseView):
    """办理单 on A4, with places to sign."""

    template_name = "office/case_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(printed_at=clock.now(), **papers_of(self.case), **kwargs)
