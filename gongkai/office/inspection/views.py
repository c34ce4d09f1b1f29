"""网站自查: what the last inspection found, by unit; and “本期无更新” for a column."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.catalogue.models import ColumnPage
from gongkai.office.access import agency_with
from gongkai.office.acting import Act, ActForm, DateField, LongText
from gongkai.office.frame import DeskPage
from gongkai.office.inspection.shown import READS, groups, indicators
from gongkai.oversight.actions import confirm_nothing_happened
from gongkai.oversight.queries import confirming_duty, runs_of

RUNS = 30


class InspectionPage(DeskPage):
    """The last run and the thirty before it."""

    template_name = "office/inspection.html"
    header_icon = "glasses"
    page_title = "网站自查"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agency = agency_with(self.user, *READS)
        runs = list(runs_of(agency).select_related("agency")[:RUNS])
        run = runs[0] if runs else None
        return super().get_context_data(
            run=run,
            indicators=indicators(run, runs) if run else [],
            groups=groups(run, self.user) if run else [],
            runs=[(r, r.count("fail"), r.count("warn"), r.count("pass")) for r in runs],
            **kwargs,
        )


class QuietForm(ActForm):
    """Why a column has nothing new, and until when that holds."""

    reason = LongText(label="为什么没有更新", rows=3, max_length=300)
    until = DateField(label="有效至（最多三个月）")


class QuietColumn(DeskPage):
    """本期无更新: by whoever writes for the column's unit, or oversees."""

    template_name = "office/act.html"
    header_icon = "glasses"

    @cached_property
    def column(self) -> ColumnPage:
        columns = ColumnPage.objects.select_related("unit__agency")
        column = get_object_or_404(columns, pk=self.kwargs["pk"], live=True)
        if confirming_duty(self.user, column) is None:
            raise Http404
        return column

    def get_page_title(self) -> str:
        return f"本期无更新：{self.column.title}"

    def get_trail(self) -> list[tuple[str, str]]:
        return [("网站自查", reverse("office_inspection"))]

    @property
    def act(self) -> Act:
        return Act(
            key="quiet", label="确认本期无更新", form=QuietForm,
            told="已确认。下次自查起，这个栏目在有效期内计为合格。",
            warning="只用于有事才有信息的栏目，例如人事任免。有事没有公开的，请公开，不要确认。",
            do=lambda c, u, f: confirm_nothing_happened(c, by=u, **f), may=lambda c, u: True,
        )  # fmt: skip

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=self.act.bound(request, self.column), act=self.act)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.act.bound(request, self.column)
        if self.act.attempt(request, form) is None:
            return self.show(status=422, form=form, act=self.act)
        self.tell(self.act.told)
        return HttpResponseRedirect(reverse("office_inspection"))
