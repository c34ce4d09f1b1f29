"""The review sheet of one submission, what the screening found, and who decided what.

Nothing here knows what it reviews beyond a subject and a content hash.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.agencies.models import Agency, Unit, User
from gongkai.review.rules import PATH_LABELS, STEP_LABELS, Approval, Verdict


class Attribute(models.TextChoices):
    """The disclosure attribute, fixed at the source (law on the disclosure catalogue)."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Sheet(models.Model):
    """保密审查表: one submission of one exact content for one subject."""

    class State(models.TextChoices):
        OPEN = "open", "审查中"
        RETURNED = "returned", "已退回"
        APPROVED = "approved", "已通过"
        RELEASED = "released", "已公开"
        REPLACED = "replaced", "已被新版替换"
        WITHDRAWN = "withdrawn", "已撤回"

    subject = models.CharField("对象", max_length=200, db_index=True)
    title = models.CharField("标题", max_length=300)
    content_hash = models.CharField("内容摘要", max_length=64, db_index=True)
    files = models.JSONField("附件摘要", default=list)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="处室")
    drafter = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    path = models.CharField(
        "审查层级", max_length=10, choices=[(p.value, label) for p, label in PATH_LABELS.items()]
    )
    attribute = models.CharField(
        "公开属性", max_length=16, choices=Attribute.choices, default=Attribute.PROACTIVE
    )
    ground = models.CharField("不公开理由", max_length=300, blank=True)
    checklist = models.JSONField("核对项", default=dict)
    basis = models.CharField("审查依据", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    submitted_at = models.DateTimeField("提交时间")
    due_on = models.DateField("审查期限", null=True)
    released_at = models.DateTimeField("公开时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "审查表"
        ordering = ["-submitted_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["subject", "content_hash"], name="sheet_of_content")
        ]

    def __str__(self) -> str:
        return self.title

    def approvals(self) -> list[Approval]:
        """The approvals of this sheet, oldest first."""
        return [
            Approval(step=d.step, by=d.by.username, content_hash=d.content_hash)
            for d in self.decisions.all()
            if d.verdict == Verdict.APPROVE
        ]


class Screening(models.Model):
    """What the screening found in a sheet's text and files, under which edition of its rules."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="screenings")
    edition = models.CharField("规则版本", max_length=40)
    verdict = models.CharField("结论", max_length=12)
    findings = models.JSONField("提示", default=list)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "机器筛查"
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.edition} {self.verdict}"


class Settlement(models.Model):
    """How a person settled one finding, and who agreed where two are needed."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="settlements")
    finding = models.CharField("提示", max_length=80)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="处理人")
    second = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "提示处理"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["sheet", "finding"], name="settled_once")]

    def __str__(self) -> str:
        return self.finding


class Decision(models.Model):
    """One person's decision at one step about exactly one content."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="decisions")
    step = models.CharField(
        "环节", max_length=20, choices=[(s.value, label) for s, label in STEP_LABELS.items()]
    )
    verdict = models.CharField(
        "意见", max_length=8, choices=[(Verdict.APPROVE, "同意"), (Verdict.RETURN, "退回")]
    )
    reason = models.CharField("理由", max_length=1000, blank=True)
    content_hash = models.CharField("内容摘要", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审查人")
    post = models.CharField("岗位", max_length=120)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "审查意见"
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.get_verdict_display()}"

    def as_row(self) -> dict[str, Any]:
        """For tables and print."""
        return {
            "step": self.get_step_display(),
            "verdict": self.get_verdict_display(),
            "reason": self.reason,
            "by": self.by.get_full_name(),
            "post": self.post,
            "at": self.at,
        }
