"""The annual report as it was counted, with what people added and corrected."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, User
from gongkai.reporting.rules import Number


class AnnualReport(models.Model):
    """One version of the report on a year. ``cells`` holds what was counted, untouched by hands.

    A number that only people know stands in ``entries`` with its source; one that people know
    better than the count stands in ``corrections`` with reason and both people. Keys are
    ``table.row.column`` by the keys of the form.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        FROZEN = "frozen", "已定稿"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版次", default=1)
    form = models.CharField("格式", max_length=8)
    cut_off = models.DateField("统计截止日期")
    cells = models.JSONField("统计数", default=dict)
    facts = models.JSONField("工作情况", default=dict)
    entries = models.JSONField("填报数", default=dict)
    corrections = models.JSONField("更正", default=dict)
    texts = models.JSONField("正文", default=dict)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    frozen_at = models.DateTimeField("定稿时间", null=True)
    frozen_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="定稿人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ["-year", "-version"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "version"], name="report_version"),
            models.UniqueConstraint(
                fields=["agency", "year"], condition=Q(state="draft"), name="one_draft_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", frozen_at=None, frozen_by=None)
                | Q(state="frozen", frozen_at__isnull=False, frozen_by__isnull=False),
                name="report_frozen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年度报告（第{self.version}版）"

    @property
    def subject(self) -> str:
        """The name under which ledger and review know the report."""
        return f"report:{self.agency.code}/{self.year}"

    def figures(self) -> dict[str, Number | None]:
        """Every cell as the report prints it: corrected, else entered, else counted."""
        by_hand: dict[str, Any] = {**self.entries, **self.corrections}
        return {**self.cells, **{key: told["value"] for key, told in by_hand.items()}}
