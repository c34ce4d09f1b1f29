"""年度数字: every figure of a year, each a link to the rows that it counts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.agencies.rules import Duty
from gongkai.office.access import agency_with
from gongkai.office.frame import DeskPage
from gongkai.refusal import Refused
from gongkai.reporting.queries import figures, rows_behind

READS = (Duty.REPORT_MAKE, Duty.REPORT_APPROVE, Duty.CASE_READ_ALL)
FIRST_YEAR = 2008
PARTS = {
    "sites": "网站", "sections": "一级栏目", "service_columns": "便民栏目", "rules": "工作制度",
    "enquiries": "咨询", "complaints": "投诉举报建议", "answer_rate": "答复率",
    "applications": "依申请公开", "fees": "信息处理费（元）",
    "reconsiderations": "行政复议", "litigations": "行政诉讼",
    "computers": "计算机", "printers": "打印机", "software": "软件", "meetings": "会议",
    "trainings": "培训", "trained": "参加培训人数", "target_letters": "目标责任书",
    "findings": "发现的问题",
    "suggestions": "意见建议", "content_audits": "公开内容审核", "assessments": "考核评议",
    "accountability": "责任追究", "accounts": "新媒体账号", "posts": "新媒体发布",
    "voices": "网民留言", "channels": "新媒体",
}  # fmt: skip
NAMES = {
    "received": "收到", "answered": "答复", "handled": "办结", "total": "总数",
    "remedied": "已整改", "adopted": "采纳", "internal_information": "处理内部信息",
    "standalone": "独立存放", "intranet": "与内网连接", "labelled": "已贴标签",
    "with_custodian": "有管理人", "laser": "激光", "inkjet": "喷墨", "sets": "套数",
    "passed": "已反馈", "posted": "已发布", "weibo": "微博", "wechat": "微信",
}  # fmt: skip


def label_of(key: str) -> str:
    """``computers.total`` in words; a figure that a room adds later shows its own key."""
    part, _, name = key.partition(".")
    words = PARTS.get(part, part)
    return f"{words}：{NAMES.get(name, name)}" if name else words


def flat(counted: dict[str, Any]) -> list[tuple[str, Any]]:
    """Keys and values in reading order."""
    rows: list[tuple[str, Any]] = []
    for part, value in counted.items():
        if isinstance(value, dict):
            rows += [(f"{part}.{name}", inner) for name, inner in value.items()]
        else:
            rows.append((part, value))
    return rows


class Figures(DeskPage):
    """The figures of one year as of its end, or of today in a running year."""

    template_name = "office/figures.html"
    header_icon = "table"

    @property
    def agency(self) -> Agency:
        return agency_with(self.user, *READS)

    @property
    def year(self) -> int:
        year = int(self.kwargs["year"])
        if not FIRST_YEAR <= year <= clock.today().year:
            raise Http404
        return year

    def get_page_title(self) -> str:
        return f"{self.year} 年度数字"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (label_of(key), _told(key, value), reverse("office_figure", args=[self.year, key]))
            for key, value in flat(figures(self.agency, self.year))
        ]
        this = clock.today().year
        return super().get_context_data(
            rows=rows, shown_year=self.year, running=self.year == this,
            years=range(this, FIRST_YEAR - 1, -1), **kwargs,
        )  # fmt: skip


class FigureRows(Figures):
    """The rows behind one figure."""

    template_name = "office/figure.html"

    def get_page_title(self) -> str:
        return f"{self.year} 年 {label_of(self.kwargs['key'])}"

    def get_trail(self) -> list[tuple[str, str]]:
        return [(f"{self.year} 年度数字", reverse("office_figures", args=[self.year]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            rows = rows_behind(self.kwargs["key"], self.agency, self.year)
        except Refused as refusal:
            raise Http404 from refusal
        return super().get_context_data(behind=rows, **kwargs)


def _told(key: str, value: Any) -> str:
    if value is None:
        return "—"
    return f"{value} %" if key.endswith("rate") else f"{value}"


class LatestFigures(DeskPage):
    """The last full year."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        agency_with(self.user, *READS)
        return HttpResponseRedirect(reverse("office_figures", args=[clock.today().year - 1]))
