"""What the public leaves behind: applications being filled in, and what was searched for."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile
from gongkai.ledger.sealing import SealedField


class Draft(models.Model):
    """What an applicant has typed so far, sealed; gone when it was sent, or after a week."""

    key = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey(Agency, models.CASCADE)
    sealed = SealedField(default="{}")
    files = models.ManyToManyField(StoredFile)
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "（草稿）"

    @property
    def answers(self) -> dict[str, Any]:
        """Everything typed so far, by field."""
        return dict(json.loads(self.sealed or "{}"))

    def keep(self, answers: dict[str, Any]) -> None:
        """Add answers to what is there; a later answer replaces an earlier one."""
        self.sealed = json.dumps({**self.answers, **answers}, ensure_ascii=False)


class Demand(models.Model):
    """How often something was searched for on a day, and what the last search found.

    Nobody's address is kept, and no query that holds personal data.
    """

    on = models.DateField("日期")
    site = models.SlugField("站点", max_length=30)
    query = models.CharField("检索词", max_length=100)
    times = models.PositiveIntegerField("次数", default=0)
    found = models.PositiveIntegerField("找到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "检索需求"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["on", "site", "query"], name="one_demand_a_day")
        ]

    def __str__(self) -> str:
        return self.query
