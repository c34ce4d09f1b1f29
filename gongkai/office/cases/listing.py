"""案件: the list with its tabs, and the same rows as an Excel file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from gongkai import clock, screening
from gongkai.agencies.rules import Duty
from gongkai.cases.models import Case
from gongkai.cases.queries import lamps_of, visible_to, waiting_for
from gongkai.cases.rules import LAMP_SHAPES
from gongkai.ledger.actions import record
from gongkai.office.access import agencies_with
from gongkai.office.cases.filters import CaseFilter, rows_for
from gongkai.office.cases.remedy_acts import lamps_of_answers
from gongkai.office.frame import DeskPage
from gongkai.office.spreadsheet import as_download
from gongkai.statute import outcomes

PER_PAGE = 50
TABS = {"mine": "待办", "all": "全部", "after": "答复之后"}
HEADINGS = (
    "编号", "类别", "标题", "状态", "承办单位", "渠道", "收到日期", "法定期限", "灯色", "答复日期",
    "答复类型", "退回次数", "评价",
)  # fmt: skip


def lit(cases: Any) -> list[tuple[Case, str, str, str]]:
    """Each case with its lamp as key, shape and words. On an answered one that is in dispute it
    is the lamp of the organ's own answer to the reconsideration organ or the court.
    """
    rows = lamps_of(cases)
    answers = lamps_of_answers(case for case, _ in rows)
    found = [(c, answers.get(c.pk, light) if c.is_finished else light) for c, light in rows]
    return [(c, lamp.value, LAMP_SHAPES[lamp], words) for c, (lamp, words) in found]


class CaseList(DeskPage):
    """Dense rows, nearest due date first; a row is never hidden, only filtered."""

    template_name = "office/cases.html"
    page_title = "案件"
    header_icon = "folder-open-inverse"

    @cached_property
    def tab(self) -> str:
        wish = self.request.GET.get("tab", "")
        return wish if wish in TABS else "mine"

    @cached_property
    def filter(self) -> CaseFilter:
        return CaseFilter(self.request.GET, user=self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.filter.narrow(rows_for(self.user, self.tab))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        without_tab = query.copy()
        without_tab.pop("tab", None)
        counts = {
            "mine": waiting_for(self.user).count(),
            "all": visible_to(self.user).count(),
            "after": rows_for(self.user, "after").count(),
        }
        return super().get_context_data(
            filter=self.filter, chosen=self.filter.chosen(), page_obj=page, rows=lit(page),
            tab=self.tab, query=query.urlencode(), without_tab=without_tab.urlencode(),
            tabs=[(key, label, counts[key]) for key, label in TABS.items()],
            may_enter=bool(agencies_with(self.user, Duty.CASE_REGISTER)), **kwargs,
        )  # fmt: skip


class CaseExport(CaseList):
    """The list as it is filtered now; titles are masked, and the export is on record."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.filter.narrow(rows_for(self.user, self.tab))
        count = rows.count()
        with transaction.atomic():
            record("cases.exported", "cases", by=self.user, data={"rows": count})
        return as_download(f"案件-{clock.today()}", HEADINGS, _exported(rows))


def _exported(rows: Any) -> Iterator[tuple[Any, ...]]:
    results = {found.code: found.label for found in outcomes()}
    for case, _, shape, words in lit(rows.iterator(chunk_size=2000)):
        yield (
            case.number, case.get_kind_display(), screening.mask(case.title),
            case.get_stage_display(), case.owner_unit.name if case.owner_unit else "",
            case.get_channel_display(), case.received_on, case.due_on, f"{shape} {words}",
            case.answered_on, results.get(case.outcome, ""), case.returns, case.rating,
        )  # fmt: skip
