"""Accounts on other platforms, what was posted there, and what people said there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Unit, User
from gongkai.catalogue.models import ColumnPage
from gongkai.channels.rules import PLATFORM_LABELS, STATE_LABELS, State


class Account(models.Model):
    """The organ's account on a platform, and the columns whose items it carries."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="accounts", verbose_name="机关")
    platform = models.CharField(
        "平台", max_length=16, choices=[(p.value, label) for p, label in PLATFORM_LABELS.items()]
    )
    name = models.CharField("账号名称", max_length=80)
    opened_on = models.DateField("开通日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)
    columns = models.ManyToManyField(
        ColumnPage, related_name="+", blank=True, verbose_name="转发的栏目"
    )

    class Meta:
        verbose_name = verbose_name_plural = "新媒体账号"
        ordering = ["platform", "name"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "platform", "name"],
                condition=Q(closed_on=None),
                name="account_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.name}"

    @property
    def subject(self) -> str:
        """The name under which the ledger knows this account."""
        return f"account:{self.agency.code}/{self.platform}/{self.name}"


class Post(models.Model):
    """One released content on one account. A withdrawn one that was posted must be taken down."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts", verbose_name="账号")
    subject = models.CharField("对象", max_length=200, db_index=True)
    content_hash = models.CharField("内容摘要", max_length=64)
    title = models.CharField("标题", max_length=300)
    url = models.URLField("原文地址", max_length=500)
    state = models.CharField(
        "状态",
        max_length=9,
        choices=[(s.value, label) for s, label in STATE_LABELS.items()],
        default=State.QUEUED.value,
        db_index=True,
    )
    platform_id = models.CharField("平台编号", max_length=300, blank=True)
    error = models.CharField("失败原因", max_length=300, blank=True)
    queued_at = models.DateTimeField("待发布时间")
    posted_at = models.DateTimeField("发布时间", null=True)
    posted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="发布人"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    taken_down_at = models.DateTimeField("平台删除时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "新媒体发布"
        ordering = ["-queued_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["account", "subject", "content_hash"], name="posted_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.POSTED.value) | ~Q(platform_id=""), name="posted_has_proof"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Voice(models.Model):
    """What somebody said on an account, and where it was passed on to."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="voices", verbose_name="账号")
    at = models.DateTimeField("发言时间")
    text = models.TextField("内容")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="反馈给"
    )
    passed_at = models.DateTimeField("反馈时间", null=True)
    reference = models.CharField("转为", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "网民留言"
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.text[:40]
