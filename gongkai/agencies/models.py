"""Organs, units, posts, people. Units and appointments are dated: old items keep the old name."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from gongkai.agencies.rules import LABELS, Role


class Agency(models.Model):
    """An organ with disclosure duties; one installation serves one bureau or a hundred."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=40)
    number_prefix = models.CharField("文号机关代字", max_length=20)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    index_code = models.CharField("索引号机关代码", max_length=18)
    site_code = models.CharField("政府网站标识码", max_length=10, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="上级")
    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮编", max_length=6, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    supervision_phone = models.CharField("监督电话", max_length=40, blank=True)
    supervision_mail = models.EmailField("监督邮箱", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An office of the agency, or a unit under it, with its public contact."""

    class Kind(models.TextChoices):
        OFFICE = "office", "内设机构"
        SUBORDINATE = "subordinate", "直属单位"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name="机关")
    code = models.SlugField("代码", max_length=30)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("性质", max_length=12, choices=Kind.choices, default=Kind.OFFICE)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="上级")
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="职能承接单位"
    )
    duties = models.TextField("职责", blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    mail = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    hours = models.CharField("办公时间", max_length=100, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "处室和单位"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="unit_code")]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who logs in. What the person may do stands in the posts held, not here."""

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def get_full_name(self) -> str:
        """Family name first, without a space."""
        return f"{self.last_name}{self.first_name}".strip() or self.username

    def __str__(self) -> str:
        return self.get_full_name()


class Post(models.Model):
    """A seat in a unit that carries a role's duties."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="处室")
    role = models.CharField(
        "职责", max_length=24, choices=[(role.value, LABELS[role]) for role in Role]
    )
    title = models.CharField("职务名称", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["unit", "role"]
        constraints = [models.UniqueConstraint(fields=["unit", "role"], name="post_once")]

    def __str__(self) -> str:
        return f"{self.unit.name}·{self.get_role_display()}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments by day."""

    def in_force(self, on: date) -> AppointmentQuerySet:
        """Those that hold on the day ``on``, both ends included."""
        return self.filter(start__lte=on).filter(Q(end=None) | Q(end__gte=on))


class Appointment(models.Model):
    """A person in a post, from one day to another; or standing in for another person."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name="岗位")
    start = models.DateField("任职日期")
    end = models.DateField("离任日期", null=True, blank=True)
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="代理"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["-start"]

    def __str__(self) -> str:
        return f"{self.user} {self.post}"


class Leader(models.Model):
    """A leader as the public pages show them: dated, so that a past day can be shown again."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="leaders", verbose_name="机关")
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=80)
    portfolio = models.TextField("分工", blank=True)
    start = models.DateField("任职日期")
    end = models.DateField("离任日期", null=True, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "局领导"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.name}"
