"""What only applications have: how the answer is wanted, the drafts of the reply, the remedies."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models

from gongkai.applications.rules import (
    CARRIER_LABELS,
    DELIVERY_LABELS,
    REQUEST_LABELS,
    Request,
)
from gongkai.cases.models import Case, Letter
from gongkai.files.models import StoredFile
from gongkai.ledger.sealing import SealedField
from gongkai.review.models import Sheet
from gongkai.statute import outcomes


class Application(models.Model):
    """What is asked for, beside title and text, which stand on the case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="application")
    request = models.CharField(
        "申请事项", max_length=10, default=Request.DISCLOSURE.value,
        choices=[(r.value, label) for r, label in REQUEST_LABELS.items()],
    )  # fmt: skip
    features = models.CharField("文号或其他特征", max_length=200, blank=True)
    items = models.PositiveSmallIntegerField("信息项数", default=1)
    delivery = models.CharField(
        "获取方式",
        max_length=10,
        choices=[(d.value, label) for d, label in DELIVERY_LABELS.items()],
    )
    carrier = models.CharField(
        "载体", max_length=10, choices=[(c.value, label) for c, label in CARRIER_LABELS.items()]
    )
    posted_on = models.DateField("寄出日期", null=True)
    arrived_on = models.DateField("到达日期")

    merged_into = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="absorbed", verbose_name="并入"
    )
    origin = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="offspring", verbose_name="来源"
    )
    # Off for what the annual report does not count: merged into another, or a correction.
    counted = models.BooleanField("计入年度报告", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "政府信息公开申请"
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["case"], condition=models.Q(counted=False), name="application_uncounted"
            )
        ]

    def __str__(self) -> str:
        return self.case.number


class Reply(models.Model):
    """One draft of the reply; the newest counts. What was approved is found by its hash."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    version = models.PositiveSmallIntegerField("版次")
    outcome = models.CharField(
        "答复类型", max_length=4, choices=[(o.code, o.label) for o in outcomes()]
    )
    grounds = models.JSONField("理由", default=list)
    article = models.CharField("依据", max_length=300)
    text = models.TextField("答复内容")
    search_record = models.TextField("检索记录", blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", verbose_name="文书")
    handed_over = models.ManyToManyField(
        StoredFile, related_name="+", blank=True, verbose_name="随答复书提供的文件"
    )
    content_hash = models.CharField("内容摘要", max_length=64)
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, null=True, related_name="+", verbose_name="审查表"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复稿"
        ordering = ["case", "-version"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="reply_version")]

    def __str__(self) -> str:
        return f"{self.case.number} {self.outcome} #{self.version}"

    def fingerprint(self) -> str:
        """SHA-256 over all that reviewers approve: result, reasons, search, letter and its file,
        and the documents that are handed over.
        """
        assert self.letter.file is not None
        handed = sorted(self.handed_over.values_list("sha256", flat=True))
        content = {
            "outcome": self.outcome,
            "grounds": self.grounds,
            "article": self.article,
            "text": self.text,
            "search_record": self.search_record,
            "number": self.letter.number,
            "letter": self.letter.text,
            "file": hashlib.sha256(self.letter.file.read()).hexdigest(),
            **({"handed_over": handed} if handed else {}),
        }
        return hashlib.sha256(
            json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        ).hexdigest()


class Consulted(models.Model):
    """Who was asked for an opinion, and by which letter. A third party's name is as personal as
    the applicant's: sealed, and only on the copy that goes out.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="consulted")
    ref = models.PositiveSmallIntegerField("第几次征求意见")
    name = SealedField("姓名或名称", blank=True)
    address = SealedField("联系方式", blank=True)
    what = models.TextField("涉及的信息")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", verbose_name="文书")
    told_by = models.ForeignKey(
        Letter, models.PROTECT, null=True, related_name="+", verbose_name="公开决定告知书"
    )

    class Meta:
        verbose_name = verbose_name_plural = "被征求意见方"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "ref"], name="consulted_once")]

    def __str__(self) -> str:
        return f"{self.case.number} 第 {self.ref} 次征求意见"


class Remedy(models.Model):
    """The organ was taken to reconsideration or to court over an application (as respondent)."""

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        SUIT = "suit", "行政诉讼"

    class Result(models.TextChoices):
        UPHELD = "upheld", "结果维持"
        CORRECTED = "corrected", "结果纠正"
        OTHER = "other", "其他结果"

    case = models.ForeignKey(Case, models.PROTECT, related_name="remedies")
    kind = models.CharField("途径", max_length=16, choices=Kind.choices)
    after_review = models.BooleanField("复议后起诉", default=False)
    reference = models.CharField("案号", max_length=60, blank=True)
    filed_on = models.DateField("受理日期")
    copy_on = models.DateField("收到副本日期", null=True)
    simple = models.BooleanField("适用简易程序", default=False)
    answered_on = models.DateField("提交书面答复或答辩状日期", null=True)
    decided_on = models.DateField("审结日期", null=True)
    result = models.CharField("结果", max_length=10, choices=Result.choices, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "复议和诉讼"
        ordering = ["filed_on", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_on=None, result="")
                | (models.Q(decided_on__isnull=False) & ~models.Q(result="")),
                name="remedy_decided_with_result",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.get_kind_display()}"
