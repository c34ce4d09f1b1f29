"""Applications that are being filled in: saved at every step, opened again by link."""

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
