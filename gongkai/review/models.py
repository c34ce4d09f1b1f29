"""The review sheet of one submission, what the screening found, and who decided what.

Nothing here knows what it reviews beyond a subject and a content hash.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.models import Page

from gongkai.agencies.models import Agency, Unit, User
from gongkai.files.models import StoredFile
from gongkai.review.rules import (
    OUTCOME_LABELS,
    PATH_LABELS,
    STEP_LABELS,
    Approval,
    Outcome,
    Verdict,
)
from gongkai.screening import Masking, Policy


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
    doubted = models.BooleanField("回头看有发现", default=False, db_index=True)

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
        """The approvals of this sheet, oldest first: one query, or none when fetched before."""
        fetched = "decisions" in getattr(self, "_prefetched_objects_cache", {})
        decisions = self.decisions.all() if fetched else self.decisions.select_related("by")
        return [
            Approval(step=d.step, by=d.by.username, content_hash=d.content_hash)
            for d in decisions
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


class LookBack(models.Model):
    """One pass of the screening over everything that is public, with where it stands."""

    edition = models.CharField("规则版本", max_length=40)
    begun_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("完成时间", null=True)
    reached = models.PositiveBigIntegerField("查到第几张审查表", default=0)
    seen = models.PositiveIntegerField("查了几件", default=0)
    found = models.PositiveIntegerField("发现几件", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.edition} {self.begun_at:%Y-%m-%d}"


class ScreeningRun(models.Model):
    """The screening of many or large files in the worker: how far it is, and what it has so far.

    Each file is kept as it is done, so that a run goes on where it stopped.
    """

    sheet = models.OneToOneField(Sheet, models.CASCADE, related_name="run")
    total = models.PositiveIntegerField("文件数")
    done = models.PositiveIntegerField("已筛查", default=0)
    found = models.JSONField("已有结果", default=list)
    begun_at = models.DateTimeField("开始时间")
    moved_at = models.DateTimeField("最近进展")
    ended_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台筛查"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class FileWork(models.Model):
    """A large attachment that the worker reads or cleans for somebody, who need not wait for it."""

    class Kind(models.TextChoices):
        WORDS = "words", "读出文字"
        COPY = "copy", "生成干净副本"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="file_work")
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    kind = models.CharField("要做的事", max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    ended_at = models.DateTimeField("完成时间", null=True)
    words = models.TextField("文字（已遮盖）", blank=True)
    told = models.TextField("结果", blank=True)
    refused = models.BooleanField("没有做成", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "附件处理"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=["sheet", "file", "kind"], name="review_one_work"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file}"


class Referral(models.Model):
    """A question to the secrecy administration: nobody approves while it runs (R19 art 17)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="referrals")
    question = models.CharField("请示的问题", max_length=500)
    to = models.CharField("请示机关", max_length=100)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="请示人")
    post = models.CharField("岗位", max_length=120)
    at = models.DateTimeField("请示时间")
    due_on = models.DateField("答复期限")
    outcome = models.CharField(
        "结论", max_length=10, blank=True, choices=[(o.value, w) for o, w in OUTCOME_LABELS.items()]
    )
    answer = models.CharField("答复内容", max_length=1000, blank=True)
    document = models.CharField("答复文号", max_length=80, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    kept_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "定密请示"
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.question

    @property
    def runs(self) -> bool:
        """Whether the answer is still awaited."""
        return not self.outcome

    @property
    def bars(self) -> bool:
        """Whether the answer forbids this content for good."""
        return self.outcome in {Outcome.WITHHELD, Outcome.PARTLY}


class FormerSecret(models.Model):
    """原涉密: who classified it, how it was declassified, and who looked again (SSL24 art 20)."""

    class Level(models.TextChoices):
        TOP = "top", "绝密"
        HIGH = "high", "机密"
        LOW = "low", "秘密"

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="former_secret")
    level = models.CharField("原密级", max_length=4, choices=Level.choices)
    organ = models.CharField("定密机关", max_length=100)
    declassified_on = models.DateField("解密日期", null=True)
    document = models.CharField("解密文件", max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    opinion = models.CharField("复核意见", max_length=500, blank=True)
    second = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    second_at = models.DateTimeField("复核时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "原涉密信息"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.organ}"


class MaskingRule(models.Model):
    """The one masking rule of an organ: set once by its office, never the clerk's choice."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="masking_rule")
    id_first = models.PositiveSmallIntegerField("身份证号前面留几位", default=3)
    id_last = models.PositiveSmallIntegerField("身份证号后面留几位", default=2)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设定人")
    at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = verbose_name_plural = "遮盖规则"
        default_permissions = ()

    def __str__(self) -> str:
        return f"前 {self.id_first} 位，后 {self.id_last} 位"

    def policy(self) -> Policy:
        """The screening's policy with this rule."""
        return Policy(masking=Masking(self.id_first, self.id_last))
