"""Entries and the head of the chain. Triggers of the database refuse update and delete."""

from __future__ import annotations

from typing import Any

from django.db import models


class Entry(models.Model):
    """One act: who, in which post, did what, to which subject, when. No personal content."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.CharField("行为人", max_length=150)
    post = models.CharField("岗位", max_length=120, blank=True)
    verb = models.CharField("行为", max_length=80, db_index=True)
    subject = models.CharField("对象", max_length=200, db_index=True)
    data = models.JSONField("内容", default=dict)
    previous = models.CharField("前条摘要", max_length=64)
    hash = models.CharField("本条摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "存证台账"
        ordering = ["seq"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject}"

    def as_record(self) -> dict[str, Any]:
        """The entry as it is hashed and exported; times in UTC with microseconds."""
        from gongkai.ledger.moments import utc_text

        return {
            "seq": self.seq,
            "at": utc_text(self.at),
            "actor": self.actor,
            "post": self.post,
            "verb": self.verb,
            "subject": self.subject,
            "data": self.data,
            "previous": self.previous,
            "hash": self.hash,
        }


class Head(models.Model):
    """The last entry's number and digest: one row, locked while an entry is added.

    It is what shows that entries were cut off the end of the table.
    """

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
