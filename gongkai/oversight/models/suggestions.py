"""What the public proposed, and whether it was adopted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Unit


class Suggestion(models.Model):
    """A suggestion from outside. Who made it is not kept here."""

    class Decision(models.TextChoices):
        PENDING = "pending", "研究中"
        YES = "yes", "采纳"
        NO = "no", "未采纳"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("编号", max_length=20)
    channel = models.CharField("来源渠道", max_length=60)
    text = models.TextField("建议内容")
    received = models.DateField("收到日期")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈给"
    )
    told_on = models.DateField("反馈日期", null=True, blank=True)
    adopted = models.CharField(
        "结果", max_length=7, choices=Decision.choices, default=Decision.PENDING
    )
    reason = models.TextField("理由", blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-received", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="suggestion_number"),
            models.CheckConstraint(
                condition=Q(adopted="pending") | (~Q(reason="") & Q(decided_on__isnull=False)),
                name="decision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
