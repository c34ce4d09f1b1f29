"""新媒体: accounts, posts, and what people say there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.viewsets.base import ViewSetGroup

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import may
from gongkai.agencies.queries import units_of
from gongkai.agencies.rules import Duty
from gongkai.catalogue.models import ColumnPage
from gongkai.channels import actions, rules
from gongkai.channels.models import Account, Post, Voice
from gongkai.channels.queries import open_accounts
from gongkai.clock import SHANGHAI
from gongkai.office.acting import Act, ActForm, DateField, LongText, NoFacts
from gongkai.office.registers.base import Register, Shown

READS = (Duty.CHANNEL_MANAGE, Duty.CASE_READ_ALL)


def _agency(row: Any) -> Agency:
    if isinstance(row, Agency):
        return row
    return row.agency if isinstance(row, Account) else row.account.agency


def _manages(row: Any, user: User) -> bool:
    return may(user, Duty.CHANNEL_MANAGE, _agency(row))


class ColumnsForm(ActForm):
    columns = forms.ModelMultipleChoiceField(
        ColumnPage.objects.none(), label="转发的栏目（含下级）", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def prepare(self) -> None:
        rows = ColumnPage.objects.filter(unit__agency=_agency(self.subject)).order_by("path")
        self.fields["columns"].queryset = rows  # type: ignore[attr-defined]
        if isinstance(self.subject, Account):
            self.initial.setdefault("columns", list(self.subject.columns.all()))


class AccountForm(ColumnsForm):
    platform = forms.ChoiceField(
        label="平台", choices=[(p.value, v) for p, v in rules.PLATFORM_LABELS.items()]
    )
    name = forms.CharField(label="账号名称", max_length=80)
    opened_on = DateField(label="开通日期")
    field_order = ["platform", "name", "opened_on", "columns"]


class CloseForm(ActForm):
    on = DateField(label="停用日期")


class PostedForm(ActForm):
    platform_id = forms.CharField(
        label="平台编号或地址", max_length=300, help_text="发布后在平台上看到的编号或网址。"
    )


class VoiceForm(ActForm):
    account = forms.ModelChoiceField(Account.objects.none(), label="账号", empty_label=None)
    at = forms.DateTimeField(
        label="发言时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "时间写法不对，请写成 2026-03-02 10:30。"},
    )  # fmt: skip
    text = LongText(label="内容", help_text="不要写发言人的姓名和账号。")

    def prepare(self) -> None:
        self.fields["account"].queryset = open_accounts(self.subject)  # type: ignore[attr-defined]
        local = clock.now().astimezone(SHANGHAI) - timedelta(minutes=1)
        self.initial.setdefault("at", local.strftime("%Y-%m-%dT%H:%M"))


class PassForm(ActForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="反馈给", empty_label="请选择")
    reference = forms.CharField(
        label="转为", required=False, max_length=200, help_text="已立案件或建议的编号，可不填。"
    )

    def prepare(self) -> None:
        self.fields["unit"].queryset = units_of(_agency(self.subject))  # type: ignore[attr-defined]


class Accounts(Register):
    name, model, icon, menu_label = "accounts", Account, "user", "账号"
    reads = READS
    columns = (
        Shown("账号", "name", "name"), Shown("平台", "get_platform_display", "platform"),
        Shown("开通日期", "opened_on", "opened_on"), Shown("停用日期", "closed_on"),
    )  # fmt: skip
    facts = (Shown("转发的栏目", lambda a: "、".join(c.title for c in a.columns.all()) or "无"),)
    list_filter = ("platform",)
    acts = (Act("add", "登记账号", AccountForm,
                lambda a, u, f: actions.open_account(a, by=u, **f), _manages,
                "登记"),)  # fmt: skip
    row_acts = (
        Act("subscribe", "调整转发的栏目", ColumnsForm,
            lambda a, u, f: actions.subscribe(a, f["columns"], by=u),
            lambda a, u: a.closed_on is None and _manages(a, u), "保存"),
        Act("close", "停用账号", CloseForm, lambda a, u, f: actions.close_account(a, by=u, **f),
            lambda a, u: a.closed_on is None and _manages(a, u), "停用"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("agency").prefetch_related("columns")


class Posts(Register):
    name, model, icon, menu_label = "posts", Post, "upload", "发布"
    reads = READS
    agency_path = "account__agency"
    columns = (
        Shown("标题", "title"), Shown("账号", "account"),
        Shown("状态", "get_state_display", "state"),
        Shown("待发布时间", "queued_at", "queued_at"), Shown("发布时间", "posted_at", "posted_at"),
        Shown("失败原因", "error"),
    )  # fmt: skip
    facts = (
        Shown("原文地址", "url"), Shown("平台编号", "platform_id"), Shown("发布人", "posted_by"),
        Shown("撤回时间", "withdrawn_at"), Shown("平台删除时间", "taken_down_at"),
    )  # fmt: skip
    search_fields = ("title",)
    list_filter = ("state",)
    row_acts = (
        Act("posted", "登记已发布", PostedForm, lambda p, u, f: actions.mark_posted(p, by=u, **f),
            lambda p, u: p.state in rules.WAITING and _manages(p, u), "登记"),
        Act("requeue", "重新发送", NoFacts, lambda p, u, f: actions.requeue(p, by=u),
            lambda p, u: p.state == rules.State.FAILED and _manages(p, u), "重新发送",
            warning="请先到平台核对确未发出，以免重复。"),
        Act("taken_down", "登记平台已删除", NoFacts,
            lambda p, u, f: actions.confirm_taken_down(p, by=u),
            lambda p, u: p.state == rules.State.WITHDRAWN and bool(p.platform_id)
            and not p.taken_down_at and _manages(p, u), "登记已删除"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("account__agency", "posted_by")


class Voices(Register):
    name, model, icon, menu_label = "voices", Voice, "comment", "网民留言"
    reads = READS
    agency_path = "account__agency"
    columns = (
        Shown("内容", lambda v: v.text[:40]), Shown("账号", "account"),
        Shown("发言时间", "at", "at"), Shown("反馈给", "unit"), Shown("反馈时间", "passed_at"),
        Shown("转为", "reference"),
    )  # fmt: skip
    facts = (Shown("全文", "text"), Shown("登记人", "recorded_by"))
    search_fields = ("text",)
    acts = (Act("add", "登记留言", VoiceForm,
                lambda a, u, f: actions.record_voice(
                    f["account"], by=u, at=f["at"], text=f["text"]), _manages,
                "登记"),)  # fmt: skip
    row_acts = (
        Act("pass", "反馈给处室", PassForm, lambda v, u, f: actions.pass_voice(v, by=u, **f),
            lambda v, u: v.passed_at is None and _manages(v, u), "反馈"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        related = ("account__agency", "unit", "recorded_by")
        return super().rows(user).select_related(*related)


class ChannelGroup(ViewSetGroup):
    menu_label, menu_icon, menu_order, menu_name = "新媒体", "comment", 320, "channels"
    items = (Posts, Voices, Accounts)
