"""Case, its events, the sealed party, the letters. Events are the only truth."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from gongkai import clock
from gongkai.agencies.models import Agency, Unit
from gongkai.cases.rules import (
    CHANNEL_LABELS,
    KIND_LABELS,
    STAGE_LABELS,
    Happened,
    Kind,
    Stage,
)
from gongkai.files.models import StoredFile
from gongkai.ledger.sealing import SealedField


class NumberCounter(models.Model):
    """The last number of an agency, kind and year; its row is locked while a case is opened."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year"], name="case_counter")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class Case(models.Model):
    """One matter of one citizen. Fields under "folded" are a copy of what the events say."""

    number = models.CharField("编号", max_length=20)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机关")
    kind = models.CharField(
        "类别", max_length=12, choices=[(k.value, v) for k, v in KIND_LABELS.items()]
    )
    channel = models.CharField(
        "渠道", max_length=16, choices=[(c.value, v) for c, v in CHANNEL_LABELS.items()]
    )
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容")
    submission_key = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    submitted_at = models.DateTimeField("提交时间")

    # folded
    stage = models.CharField(
        "状态", max_length=12, choices=[(s.value, v) for s, v in STAGE_LABELS.items()]
    )
    owner_unit = models.ForeignKey(Unit, models.PROTECT, null=True, verbose_name="承办单位")
    received_on = models.DateField("收到日期", null=True)
    answered_on = models.DateField("答复日期", null=True)
    due_on = models.DateField("法定期限", null=True)
    safe_on = models.DateField("内部期限", null=True)
    provisional = models.BooleanField("期限待核", default=False)
    paused = models.BooleanField("暂停计时", default=False)
    outcome = models.CharField("答复类型", max_length=4, blank=True)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    rating = models.PositiveSmallIntegerField("评价", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        ordering = ["-submitted_at", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="case_number")]
        indexes = [
            models.Index(fields=["agency", "stage", "due_on"], name="case_inbox"),
            models.Index(fields=["agency", "kind", "submitted_at"], name="case_count"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The name under which ledger and review know the case."""
        return f"case:{self.agency.code}/{self.number}"

    @property
    def is_application(self) -> bool:
        """Whether this is an application for disclosure."""
        return self.kind == Kind.APPLICATION

    @property
    def is_finished(self) -> bool:
        """Answered or closed."""
        return self.stage in {Stage.ANSWERED, Stage.CLOSED}


class Event(models.Model):
    """Something that happened to a case. Rows are only added; the database refuses the rest."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    post = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["case", "seq"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_order")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    def happened(self) -> Happened:
        """The event as the rules see it."""
        day: date = clock.day_of(self.at)
        return Happened(kind=self.kind, at=self.at, day=day, by=self.by, data=self.data)


class Party(models.Model):
    """Who asks: sealed at rest; each look is logged with its reason."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="party")
    applicant_class = models.CharField("申请人类别", max_length=12, blank=True)
    name = SealedField("姓名或名称", blank=True)
    phone = SealedField("电话", blank=True)
    mail = SealedField("电子邮箱", blank=True)
    address = SealedField("通信地址", blank=True)
    identity = SealedField("证件", blank=True)
    representative = SealedField("联系人或法定代表人", blank=True)
    name_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "当事人"
        default_permissions = ()

    def __str__(self) -> str:
        return "（已封存）"


class Enclosure(models.Model):
    """A file that came with the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="enclosures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.file.name


class Letter(models.Model):
    """A letter of a case: its number, text hash and file, and the proof of its dispatch.

    ``agency`` is the case's: a number is given once an organ, kind and year.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("种类", max_length=20)
    number = models.CharField("文号", max_length=60)
    outcome = models.CharField("答复类型", max_length=4, blank=True)
    text = models.TextField("正文")
    text_hash = models.CharField("内容摘要", max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("制作时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="制作人"
    )
    dispatched_how = models.CharField("送达方式", max_length=20, blank=True)
    dispatched_at = models.DateTimeField("送达时间", null=True)
    proof = models.CharField("送达凭证", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["made_at", "pk"]
        default_permissions = ()
        # Kind and year stand in the number; two organs may use the same sign before it.
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="letter_number")]

    def __str__(self) -> str:
        return self.number

    def as_row(self) -> dict[str, Any]:
        """For tables."""
        return {"kind": self.kind, "number": self.number, "at": self.dispatched_at}
