"""What was found wrong. A finding's state is folded from its events, which are only added."""

from __future__ import annotations

from django.db import models

from gongkai.agencies.models import Agency, Unit, User
from gongkai.oversight import rules
from gongkai.oversight.rules import ACT_LABELS, SOURCE_LABELS, State


class Finding(models.Model):
    """Something wrong that a unit has to put right by a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("编号", max_length=20)
    source = models.CharField(
        "来源", max_length=8, choices=[(s.value, label) for s, label in SOURCE_LABELS.items()]
    )
    channel = models.CharField("渠道", max_length=60, blank=True)
    subject = models.CharField("对象", max_length=200, blank=True, db_index=True)
    text = models.TextField("问题")
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    found_in = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="提出处室")
    on = models.DateField("提出日期")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任处室")
    due = models.DateField("整改期限")

    class Meta:
        verbose_name = verbose_name_plural = "监督发现的问题"
        ordering = ["-on", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="finding_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> State:
        """Folded from the events."""
        state = rules.fold(event.act for event in self.events.all())
        if state is None:
            raise ValueError(f"{self.number} has no events")
        return state


class FindingEvent(models.Model):
    """One step of a finding. Triggers refuse update and delete."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="events")
    seq = models.PositiveSmallIntegerField("序号")
    act = models.CharField(
        "事项", max_length=8, choices=[(a.value, label) for a, label in ACT_LABELS.items()]
    )
    text = models.TextField("说明", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    on = models.DateField("日期")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改过程"
        ordering = ["finding", "seq"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["finding", "seq"], name="finding_event_seq")]

    def __str__(self) -> str:
        return f"{self.finding} {self.get_act_display()}"


class ContentAudit(models.Model):
    """A look at something public: is it true, and is it lawful? (纪检监察室、司法鉴定管理处)"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    subject = models.CharField("对象", max_length=200, db_index=True)
    title = models.CharField("标题", max_length=300)
    content_hash = models.CharField("内容摘要", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审核人")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="审核处室")
    on = models.DateField("审核日期")
    true = models.BooleanField("真实")
    lawful = models.BooleanField("合法")
    result = models.TextField("意见", blank=True)
    finding = models.OneToOneField(
        Finding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="audit",
        verbose_name="形成的问题",
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开内容审核"
        ordering = ["-on", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(true=True, lawful=True) | models.Q(finding__isnull=False),
                name="wrong_content_is_followed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"
