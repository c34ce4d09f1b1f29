"""Runs of the self-inspection, and what a person confirmed about a column without news."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.agencies.models import Agency, User
from gongkai.catalogue.models import ColumnPage


class InspectionRun(models.Model):
    """One inspection of an organ's sites: the indicators as ``gongkai inspect`` prints them."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    at = models.DateTimeField("时间", db_index=True)
    edition = models.CharField("指标版本", max_length=40)
    nightly = models.BooleanField("每晚自动", default=False)
    indicators = models.JSONField("指标", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "网站自查"
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.agency} {self.at:%Y-%m-%d}"

    def count(self, verdict: str) -> int:
        """How many indicators have a verdict."""
        return sum(1 for row in self.indicators if row["verdict"] == verdict)

    def found_of(self, key: str) -> list[dict[str, Any]]:
        """What one indicator found."""
        return next((row["found"] for row in self.indicators if row["id"] == key), [])


class NothingHappened(models.Model):
    """“本期无更新”: a person says that a column has nothing new because nothing happened.

    Rows are only added; the newest of a column holds, until its last day.
    """

    column = models.ForeignKey(ColumnPage, models.CASCADE, related_name="+", verbose_name="栏目")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="确认人")
    reason = models.CharField("理由", max_length=300)
    on = models.DateField("确认日期")
    until = models.DateField("有效至")

    class Meta:
        verbose_name = verbose_name_plural = "本期无更新的确认"
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.column} {self.until}"
