"""考核评议与责任追究: every point taken off names the row that it rests on."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency, Post, Unit
from gongkai.oversight import rules


class Assessment(models.Model):
    """A unit's assessment of one year; the score is what the deductions leave."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="处室")
    on = models.DateField("评议日期")
    objection = models.TextField("处室申诉", blank=True)
    objected_on = models.DateField("申诉日期", null=True, blank=True)
    outcome = models.TextField("复核意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核评议"
        ordering = ["-year", "unit"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="assessed_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.unit}"

    @property
    def score(self) -> int:
        """Points left of a hundred; deductions taken back after an objection do not count."""
        return rules.score(d.points for d in self.deductions.all() if not d.taken_back)


class Deduction(models.Model):
    """Points taken off for one indicator, with the row (a subject of the ledger) as evidence."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="deductions")
    indicator = models.CharField("指标", max_length=100)
    points = models.PositiveSmallIntegerField("扣分")
    row = models.CharField("依据的条目", max_length=200)
    reason = models.CharField("理由", max_length=300)
    taken_back = models.BooleanField("复核撤销", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "扣分"
        ordering = ["assessment", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.indicator} -{self.points}"


class Accountability(models.Model):
    """责任追究: what was decided about a unit, or a post in it, and why."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="处室")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="岗位"
    )
    ground = models.TextField("事实和依据")
    decision = models.CharField("处理决定", max_length=300)
    on = models.DateField("决定日期")

    class Meta:
        verbose_name = verbose_name_plural = "责任追究"
        ordering = ["-on", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.on} {self.unit}"
