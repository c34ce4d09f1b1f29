"""One item in several columns: shown there by reference, with one canonical address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.catalogue.models.columns import ColumnPage
from gongkai.catalogue.models.decided import Decided
from gongkai.catalogue.models.items import ItemPage


class Placement(Decided):
    """An item in a second column. Its place there is given once and never moves."""

    class State(models.TextChoices):
        ASKED = "asked", "待栏目责任处室同意"
        AGREED = "agreed", "已同意"
        REFUSED = "refused", "未同意"
        ENDED = "ended", "已取消"

    item = models.ForeignKey(
        ItemPage, models.CASCADE, related_name="placements", verbose_name="信息"
    )
    column = models.ForeignKey(
        ColumnPage, models.CASCADE, related_name="placements", verbose_name="栏目"
    )
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.ASKED)
    sequence = models.PositiveIntegerField("栏目内序号", null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "同时列入的栏目"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "column"],
                condition=Q(state__in=["asked", "agreed"]),
                name="placed_once",
            ),
            models.UniqueConstraint(fields=["column", "sequence"], name="place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item.index_number} → {self.column.title}"
