"""How the work is organised: rules, meetings, trainings, target letters."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency, Unit, User
from gongkai.files.models import StoredFile
from gongkai.oversight.rules import RULE_LABELS


class Rule(models.Model):
    """制度: a rule on the disclosure work, as a text, a file, or the item that shows it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField(
        "类别", max_length=16, choices=[(k.value, label) for k, label in RULE_LABELS.items()]
    )
    title = models.CharField("名称", max_length=150)
    adopted_on = models.DateField("通过日期")
    ended_on = models.DateField("废止日期", null=True, blank=True)
    text = models.TextField("正文", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    index_number = models.CharField("公开的索引号", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作制度"
        ordering = ["adopted_on", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "title", "adopted_on"], name="rule_once")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Meeting(models.Model):
    """A meeting on disclosure, with its minutes."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    on = models.DateField("日期")
    title = models.CharField("议题", max_length=150)
    attendees = models.TextField("参加人员")
    minutes = models.TextField("纪要")

    class Meta:
        verbose_name = verbose_name_plural = "信息公开会议"
        ordering = ["-on", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.on} {self.title}"


class Training(models.Model):
    """A training that people of the organ attended."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    on = models.DateField("日期")
    title = models.CharField("内容", max_length=150)
    organiser = models.CharField("举办单位", max_length=100)
    people = models.PositiveIntegerField("参加人数")

    class Meta:
        verbose_name = verbose_name_plural = "业务培训"
        ordering = ["-on", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=models.Q(people__gt=0), name="somebody_attended")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"


class TargetLetter(models.Model):
    """目标责任书: what a unit signed for a year, and who answers for it there."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="处室")
    signed_on = models.DateField("签订日期")
    liaison = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="联络人")

    class Meta:
        verbose_name = verbose_name_plural = "目标责任书"
        ordering = ["-year", "unit"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["year", "unit"], name="letter_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.unit}"
