"""Proposals to change whether a document is in force: made by the calendar, decided by people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.catalogue import rules
from gongkai.catalogue.models.decided import Decided
from gongkai.catalogue.models.items import ItemPage


class ValidityProposal(Decided):
    """A date in an item has passed; its unit decides whether the mark changes."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "已采纳，送审"
        DECLINED = "declined", "未采纳"

    item = models.ForeignKey(
        ItemPage, models.CASCADE, related_name="validity_proposals", verbose_name="信息"
    )
    validity = models.CharField(
        "拟改为",
        max_length=10,
        choices=[(v.value, label) for v, label in rules.VALIDITY_LABELS.items()],
    )
    was = models.CharField("当时的有效性", max_length=10, blank=True)
    on = models.DateField("依据的日期")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    proposed_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "有效性变更提示"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "validity", "on"], condition=Q(state="open"), name="proposed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item.index_number}: {self.get_validity_display()}"
