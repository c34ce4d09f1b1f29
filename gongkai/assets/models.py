"""The register. Where a machine stands, for what, and who answers for it are dated rows.

So the figures of any past day can be counted again: a period holds from ``start``, inclusive, to
``end``, exclusive. The new custodian answers from the day of the hand-over.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from gongkai.agencies.models import Agency, Unit, User
from gongkai.assets.rules import (
    CONNECTION_LABELS,
    DEVICE_LABELS,
    PERIPHERAL_LABELS,
    SOFTWARE_LABELS,
    ZONE_LABELS,
)


def holding(on: date) -> Q:
    """The periods that hold on a day."""
    return Q(start__lte=on) & (Q(end=None) | Q(end__gt=on))


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices by day."""

    def in_use(self, on: date) -> DeviceQuerySet:
        """Those in use on the day, each with its zone, connection, unit and custodian that day."""
        places = Placement.objects.filter(holding(on), device=OuterRef("pk"))
        keepers = Custody.objects.filter(holding(on), device=OuterRef("pk"))
        return self.filter(in_use_from__lte=on).filter(
            Q(scrapped_on=None) | Q(scrapped_on__gt=on)
        ).annotate(
            zone=Subquery(places.values("zone")[:1]),
            connection=Subquery(places.values("connection")[:1]),
            unit_name=Subquery(places.values("unit__name")[:1]),
            custodian=Subquery(keepers.values("person")[:1]),
            kept=Exists(keepers),
        )  # fmt: skip


class Device(models.Model):
    """A computer, by its asset number. Only non-secret machines: secret ones are kept off-line."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="devices", verbose_name="机关")
    number = models.CharField("资产编号", max_length=40)
    kind = models.CharField(
        "类型", max_length=8, choices=[(k.value, label) for k, label in DEVICE_LABELS.items()]
    )
    maker = models.CharField("品牌", max_length=60, blank=True)
    model = models.CharField("型号", max_length=80, blank=True)
    serial = models.CharField("序列号", max_length=80, blank=True)
    operating_system = models.CharField("操作系统", max_length=80, blank=True)
    label = models.CharField("标签内容", max_length=120, blank=True)
    labelled_on = models.DateField("贴标日期", null=True, blank=True)
    in_use_from = models.DateField("启用日期")
    scrapped_on = models.DateField("报废日期", null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计算机"
        ordering = ["agency", "number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="device_number")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The name under which the ledger knows this device."""
        return f"device:{self.agency.code}/{self.number}"


class Placement(models.Model):
    """In which unit a device stands, for what, and on which network, from one day to another."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="placements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="使用处室")
    zone = models.CharField(
        "用途", max_length=20, choices=[(z.value, label) for z, label in ZONE_LABELS.items()]
    )
    connection = models.CharField(
        "联网", max_length=8, choices=[(c.value, label) for c, label in CONNECTION_LABELS.items()]
    )
    start = models.DateField("自")
    end = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "使用情况"
        ordering = ["-start", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["device"], condition=Q(end=None), name="one_place")
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.get_zone_display()}"


class Custody(models.Model):
    """管理人: the one person who answers for a device, from one day to another."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="custodies")
    person = models.CharField("管理人", max_length=60)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登录人员"
    )
    start = models.DateField("自")
    end = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "管理人"
        ordering = ["-start", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["device"], condition=Q(end=None), name="one_custodian")
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.person}"


class Peripheral(models.Model):
    """A printer or another device that hangs on computers."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="使用处室")
    number = models.CharField("资产编号", max_length=40)
    kind = models.CharField(
        "类型", max_length=8, choices=[(k.value, label) for k, label in PERIPHERAL_LABELS.items()]
    )
    model = models.CharField("品牌型号", max_length=120, blank=True)
    in_use_from = models.DateField("启用日期")
    scrapped_on = models.DateField("报废日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "打印机和外设"
        ordering = ["agency", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="peripheral_number")
        ]

    def __str__(self) -> str:
        return self.number


class SoftwareTitle(models.Model):
    """A program that the organ uses."""

    name = models.CharField("软件名称", max_length=120, unique=True)
    kind = models.CharField(
        "类别", max_length=9, choices=[(k.value, label) for k, label in SOFTWARE_LABELS.items()]
    )

    class Meta:
        verbose_name = verbose_name_plural = "软件"
        ordering = ["kind", "name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Licence(models.Model):
    """A right to install so many sets of a program."""

    class Source(models.TextChoices):
        BOUGHT = "bought", "采购"
        PREINSTALLED = "preinstalled", "预装"
        ALLOTTED = "allotted", "上级配发"
        FREE = "free", "免费"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    title = models.ForeignKey(SoftwareTitle, models.PROTECT, related_name="licences")
    source = models.CharField("来源", max_length=12, choices=Source.choices, default=Source.BOUGHT)
    number = models.CharField("许可编号", max_length=80, blank=True)
    sets = models.PositiveIntegerField("套数")
    vendor = models.CharField("供应商", max_length=120, blank=True)
    acquired_on = models.DateField("取得日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "软件许可"
        ordering = ["title__name", "acquired_on"]
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=Q(sets__gt=0), name="licence_has_sets")]

    def __str__(self) -> str:
        return f"{self.title} {self.sets} 套"


class Installation(models.Model):
    """One set of a licence on one device."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="installations")
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="installations")
    start = models.DateField("安装日期")
    end = models.DateField("卸载日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "软件安装"
        ordering = ["-start", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["device", "licence"], condition=Q(end=None), name="installed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.licence.title}"


class SpotCheck(models.Model):
    """A check of machines that nobody chose: the seed did, and the list is frozen."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    plan = models.CharField("抽查内容", max_length=300)
    on = models.DateField("抽查日期")
    seed = models.CharField("公布的种子", max_length=64)
    population = models.JSONField("在用计算机")
    drawn = models.JSONField("抽中的计算机")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="抽查人")
    planned_at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = verbose_name_plural = "安全抽查"
        ordering = ["-on", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.on} {self.plan}"


class CheckResult(models.Model):
    """What was found on one of the drawn machines, and when it was put right."""

    check_round = models.ForeignKey(SpotCheck, models.PROTECT, related_name="results")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", verbose_name="计算机")
    passed = models.BooleanField("合格")
    found = models.CharField("发现的问题", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="检查人")
    at = models.DateTimeField("检查时间")
    remedy = models.CharField("整改情况", max_length=500, blank=True)
    remedied_on = models.DateField("整改日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽查结果"
        ordering = ["check_round", "device"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["check_round", "device"], name="checked_once"),
            models.CheckConstraint(condition=Q(passed=True) | ~Q(found=""), name="failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.device} {'合格' if self.passed else '不合格'}"
