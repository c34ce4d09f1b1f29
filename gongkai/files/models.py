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
