"""Stored files: private from the first byte, public only when a decision releases them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Agency, User


class StoredFile(models.Model):
    """A file by its content: the same bytes lie on the disk once."""

    class State(models.TextChoices):
        PRIVATE = "private", "未公开"
        RELEASED = "released", "已公开"
        WITHDRAWN = "withdrawn", "已撤回"

    sha256 = models.CharField("摘要", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=120)
    name = models.CharField("文件名", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PRIVATE)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, verbose_name="机关")
    stored_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="上传人")
    stored_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["-stored_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie: never an address that the web server knows."""
        return Path(settings.FILES_ROOT) / self.sha256[:2] / self.sha256

    @property
    def suffix(self) -> str:
        """The extension in lower case, without the dot."""
        return Path(self.name).suffix.lstrip(".").lower()

    def read(self) -> bytes:
        """The bytes."""
        return self.path.read_bytes()


class Redaction(models.Model):
    """What is to be taken out of one file for one matter (区分处理, R19 art 37)."""

    subject = models.CharField("事项", max_length=120, db_index=True)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机关")
    source = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="redactions", verbose_name="原件"
    )
    source_sha256 = models.CharField("原件摘要", max_length=64)
    pages = models.PositiveIntegerField("页数")
    law = models.CharField("适用条例", max_length=4)
    still = models.JSONField("仍可见的内容", default=list)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="制作人")
    opened_at = models.DateTimeField("开始时间")
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="交后台制作的人"
    )
    asked_at = models.DateTimeField("交后台制作的时间", null=True)
    told = models.TextField("后台制作的结果", blank=True)
    refused = models.BooleanField("没有做成", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "区分处理"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject", "source_sha256"], name="redaction_of_file")
        ]

    def __str__(self) -> str:
        return self.source.name


class RedactionBox(models.Model):
    """One box, in percent of the page as it is shown, with its ground and who drew it."""

    class Origin(models.TextChoices):
        DRAWN = "drawn", "手工画框"
        PHRASE = "phrase", "按词语"
        FINDING = "finding", "按审查提示"
        AGAIN = "again", "按仍可见的内容"

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="boxes")
    page = models.PositiveIntegerField("页码")
    left = models.FloatField("左")
    top = models.FloatField("上")
    width = models.FloatField("宽")
    height = models.FloatField("高")
    ground = models.CharField("理由", max_length=40)
    origin = models.CharField("来源", max_length=10, choices=Origin.choices)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="画框人")
    drawn_at = models.DateTimeField("画框时间")

    class Meta:
        verbose_name = verbose_name_plural = "方框"
        ordering = ["page", "top", "left", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page}: {self.left:g}, {self.top:g}"


class RedactionReason(models.Model):
    """Why a word that was boxed in one place may stand in another. The word itself is not kept."""

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="reasons")
    key = models.CharField(max_length=32)
    excerpt = models.CharField("内容（遮盖）", max_length=60)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="处理人")
    at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = verbose_name_plural = "仍可见内容的处理"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["redaction", "key"], name="redaction_reason_once")
        ]

    def __str__(self) -> str:
        return self.excerpt


class RedactionResult(models.Model):
    """A result as it was made: of which bytes, with which boxes by whom, and what was proved."""

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField("版次")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    source_sha256 = models.CharField("原件摘要", max_length=64)
    result_sha256 = models.CharField("结果摘要", max_length=64, db_index=True)
    boxes_hash = models.CharField("方框摘要", max_length=64)
    boxes = models.JSONField("方框", default=list)
    table = models.JSONField("清单", default=list)
    notes = models.JSONField("说明", default=list)
    reasons = models.JSONField("仍可见内容的理由", default=list)
    verdict = models.CharField("筛查结论", max_length=12)
    findings = models.JSONField("筛查提示", default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="制作人")
    made_at = models.DateTimeField("制作时间")

    class Meta:
        verbose_name = verbose_name_plural = "区分处理件"
        ordering = ["redaction", "-version"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["redaction", "version"], name="redaction_result_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file.name} #{self.version}"
