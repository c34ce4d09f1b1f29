"""What was written into the tree, from which records, and what is still to be written."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """A record that pages show has changed; written in the transaction of the change itself."""

    key = models.CharField("记录", max_length=200, db_index=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "待发布变动"
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class Rendered(models.Model):
    """One file of a site's tree. Without an ``owner`` it was written by an older version."""

    site = models.SlugField("站点", max_length=30)
    path = models.CharField("路径", max_length=400)
    sha256 = models.CharField("摘要", max_length=64)
    on = models.DateField("写入日期")
    owner = models.CharField("属于", max_length=90, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "已发布文件"
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="rendered_once")]
        indexes = [models.Index(fields=["site", "owner"], name="rendered_owner")]

    def __str__(self) -> str:
        return f"{self.site}{self.path}"


class Dependency(models.Model):
    """A record that a file showed when it was written."""

    rendered = models.ForeignKey(Rendered, models.CASCADE, related_name="dependencies")
    key = models.CharField(max_length=200, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class Gone(models.Model):
    """An address that was public and was withdrawn: it answers 410 for ever."""

    site = models.SlugField("站点", max_length=30)
    path = models.CharField("路径", max_length=400)
    at = models.DateTimeField("撤回时间")

    class Meta:
        verbose_name = verbose_name_plural = "已撤回地址"
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="gone_once")]

    def __str__(self) -> str:
        return f"{self.site}{self.path}"


class FileText(models.Model):
    """What a reader sees of a released file, read once and kept for the search index."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.sha256
