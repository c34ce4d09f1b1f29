"""Findings with their remedies, audits of what is public, suggestions from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.models import Agency, User
from gongkai.office.acting import Act, Facts
from gongkai.office.registers.base import Register, Related, Shown
from gongkai.office.registers.oversight_duties import (
    MANAGES,
    OfUnits,
    answers,
    finds,
    manages,
)
from gongkai.office.registers.oversight_forms import (
    AuditForm,
    DecideForm,
    FindingForm,
    OfUnit,
    OptionalTextForm,
    OutsideFindingForm,
    SuggestionForm,
    TextForm,
)
from gongkai.oversight import actions, models, rules


def _find(source: str) -> Any:
    def do(agency: Agency, user: User, f: Facts) -> object:
        f["subject"] = f.pop("subject_name")
        return actions.record_finding(agency, by=user, source=source, **f)

    return do


def _audit(agency: Agency, user: User, f: Facts) -> object:
    sheet = f.pop("sheet")
    return actions.audit_content(agency, by=user, subject=sheet.subject, **f)


def _events(finding: models.Finding) -> Iterator[tuple[Any, ...]]:
    for e in finding.events.select_related("by"):
        yield e.on, e.get_act_display(), e.by, e.text


def _state(finding: models.Finding) -> str:
    return rules.STATE_LABELS[finding.state]


class Findings(OfUnits):
    name, model, icon, menu_label = "findings", models.Finding, "warning", "发现的问题"
    columns = (
        Shown("编号", "number", "number"), Shown("问题", lambda f: f.text[:40]),
        Shown("责任处室", "unit"), Shown("来源", "get_source_display"),
        Shown("整改期限", "due", "due"), Shown("状态", _state),
    )  # fmt: skip
    facts = (
        Shown("问题全文", "text"), Shown("渠道", "channel"), Shown("对象", "subject"),
        Shown("提出人", "found_by"), Shown("提出处室", "found_in"), Shown("提出日期", "on"),
    )  # fmt: skip
    related = (Related("整改过程", ("日期", "事项", "办理人", "说明"), _events),)
    search_fields = ("number", "text")
    list_filter = ("source",)
    acts = (
        Act("add", "提出问题", FindingForm, _find("internal"), finds, "提出"),
        Act("outside", "登记外部监督的问题", OutsideFindingForm, _find("external"), manages,
            "登记"),
    )  # fmt: skip
    row_acts = (
        Act("answer", "报告整改", TextForm, lambda r, u, f: actions.answer_finding(r, by=u, **f),
            lambda r, u: r.state == rules.State.OPEN and answers(r, u), "报告"),
        Act("accept", "复查通过", OptionalTextForm,
            lambda r, u, f: actions.accept_remedy(r, by=u, **f),
            lambda r, u: r.state == rules.State.ANSWERED and finds(r, u), "通过"),
        Act("reopen", "退回继续整改", TextForm,
            lambda r, u, f: actions.reopen_finding(r, by=u, **f),
            lambda r, u: r.state != rules.State.OPEN and finds(r, u), "退回"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        related = ("found_by", "found_in")
        return super().rows(user).select_related(*related).prefetch_related("events")


class Audits(Register):
    name, model, icon, menu_label = "audits", models.ContentAudit, "view", "公开内容审核"
    reads = MANAGES
    columns = (
        Shown("标题", "title"), Shown("审核日期", "on", "on"), Shown("审核人", "by"),
        Shown("真实", lambda a: "是" if a.true else "否"),
        Shown("合法", lambda a: "是" if a.lawful else "否"), Shown("形成的问题", "finding"),
    )  # fmt: skip
    facts = (Shown("对象", "subject"), Shown("意见", "result"), Shown("内容摘要", "content_hash"))
    search_fields = ("title", "subject")
    acts = (Act("add", "审核公开内容", AuditForm, _audit, finds, "登记审核"),)

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("agency", "by", "finding")


class Suggestions(OfUnits):
    name, model, icon, menu_label = "suggestions", models.Suggestion, "comment", "意见建议"
    columns = (
        Shown("编号", "number", "number"), Shown("建议", lambda s: s.text[:40]),
        Shown("渠道", "channel"), Shown("收到日期", "received", "received"),
        Shown("反馈给", "unit"), Shown("结果", "get_adopted_display", "adopted"),
    )  # fmt: skip
    facts = (Shown("建议全文", "text"), Shown("理由", "reason"), Shown("决定日期", "decided_on"))
    search_fields = ("number", "text")
    list_filter = ("adopted",)
    acts = (
        Act("add", "登记建议", SuggestionForm,
            lambda a, u, f: actions.receive_suggestion(a, by=u, **f), manages, "登记"),
    )  # fmt: skip
    row_acts = (
        Act("tell", "反馈给处室", OfUnit, lambda s, u, f: actions.tell_unit(s, by=u, **f),
            lambda s, u: s.adopted == "pending" and manages(s, u), "反馈"),
        Act("decide", "登记采纳结果", DecideForm,
            lambda s, u, f: actions.decide_suggestion(
                s, by=u, adopted=f["adopted"] == "yes", reason=f["reason"]),
            lambda s, u: s.adopted == "pending" and s.unit is not None and answers(s, u),
            "登记"),
    )  # fmt: skip
