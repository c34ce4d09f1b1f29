"""What somebody asks or proposes, and somebody else decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Decided(models.Model):
    """Who decided, when, and why; empty while it is open."""

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField("决定时间", null=True)
    reason = models.CharField("理由", max_length=300, blank=True)

    class Meta:
        abstract = True
