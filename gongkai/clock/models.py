"""The days that differ from plain Monday to Friday."""

from __future__ import annotations

from django.db import models


class CalendarDay(models.Model):
    """One exception, from one notice (``edition``), for the country or one agency (``layer``)."""

    class Kind(models.TextChoices):
        OFF = "off", "放假"
        WORK = "work", "上班"

    date = models.DateField("日期")
    kind = models.CharField("安排", max_length=4, choices=Kind)
    name = models.CharField("节日", max_length=60)
    edition = models.CharField("版次", max_length=20)
    source = models.CharField("依据", max_length=200, blank=True)
    layer = models.CharField("机关代码", max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "日历例外日"
        verbose_name_plural = "日历例外日"
        ordering = ["date", "layer"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "date"], name="clock_one_day_a_layer"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["off", "work"]), name="clock_off_or_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()} {self.name}"
