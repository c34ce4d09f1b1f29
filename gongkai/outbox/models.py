"""Messages to people: stored first, then delivered. Address and text are sealed."""

from __future__ import annotations

from django.db import models

from gongkai.ledger.sealing import SealedField
from gongkai.outbox.rules import CHANNEL_LABELS


class Message(models.Model):
    """One message to one person over one channel."""

    class State(models.TextChoices):
        PENDING = "pending", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"

    kind = models.CharField("种类", max_length=40, db_index=True)
    about = models.CharField("事由", max_length=200, blank=True, db_index=True)
    channel = models.CharField(
        "渠道", max_length=5, choices=[(c.value, label) for c, label in CHANNEL_LABELS.items()]
    )
    recipient = SealedField("收件人")
    recipient_index = models.CharField("收件人索引", max_length=64, db_index=True, editable=False)
    template = models.CharField("模板", max_length=80, blank=True)
    subject = models.CharField("标题", max_length=200)
    body = SealedField("正文")
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try = models.DateTimeField("下次发送", null=True)
    error = models.CharField("失败原因", max_length=300, blank=True)
    created_at = models.DateTimeField("存入时间")
    sent_at = models.DateTimeField("发送时间", null=True)
    proof = models.CharField("发送凭据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发件"
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state", "next_try"], name="outbox_due")]

    def __str__(self) -> str:
        return self.subject
