"""存证台账: read only, verified at a button's push."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils.http import content_disposition_header

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.rules import Duty
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import export_lines, live_fault
from gongkai.office.access import agencies_with
from gongkai.office.acting import Act, Facts, NoFacts
from gongkai.office.frame import DeskPage
from gongkai.office.registers.base import Register, Shown
from gongkai.refusal import Refused


def _verify(agency: Agency, user: User, facts: Facts) -> str:
    count, fault = live_fault()
    if fault:
        raise Refused(f"台账校验未通过：{fault}。请保全现场，立即报告安全审计员和监督员。")
    return f"台账校验通过，共 {count} 条，首尾相接。"


class LedgerExport(DeskPage):
    """The whole ledger as a file that verifies without the database."""

    register: Any = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.register.require_reader(self.user)
        response = StreamingHttpResponse(export_lines(), content_type="application/x-ndjson")
        name = f"ledger-{clock.today()}.jsonl"
        disposition = content_disposition_header(True, name) or "attachment"
        response.headers["Content-Disposition"] = disposition
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response  # type: ignore[return-value]


class Ledger(Register):
    """Every act of the installation in order; who reads it is held to the duty alone."""

    name, model, icon, menu_label = "ledger", Entry, "lock", "存证台账"
    menu_order = 340
    add_to_admin_menu = True
    reads = (Duty.LEDGER_READ,)
    columns = (
        Shown("序号", "seq", "seq"), Shown("时间", "at"), Shown("行为人", "actor"),
        Shown("岗位", "post"), Shown("行为", "verb"), Shown("对象", "subject"),
    )  # fmt: skip
    facts = (
        Shown("内容", "data"),
        Shown("前条摘要", "previous"),
        Shown("本条摘要", "hash"),
    )
    search_fields = ("actor", "verb", "subject")
    acts = (
        Act("verify", "校验台账", NoFacts, _verify,
            lambda a, u: bool(agencies_with(u, Duty.LEDGER_READ)), "开始校验",
            warning="从第一条算到最后一条；条目多时需要几分钟。"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        found = Entry.objects.order_by("-seq")
        return found if agencies_with(user, *self.reads) else found.none()

    def get_urlpatterns(self) -> list[Any]:
        proof = path("proof/", LedgerExport.as_view(register=self), name="proof")
        return [*super().get_urlpatterns(), proof]
