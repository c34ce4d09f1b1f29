"""Sites and the links that lead out of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from wagtail.models import Site

from gongkai.agencies.models import Agency


class SiteProfile(models.Model):
    """What a site's head and foot say, and where its files are written."""

    class Kind(models.TextChoices):
        PORTAL = "portal", "部门门户网站"
        LAW = "law", "普法网站"

    class Brand(models.TextChoices):
        BLUE = "blue", "政务蓝"
        RED = "red", "中国红"

    site = models.OneToOneField(Site, models.CASCADE, related_name="profile")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="sites")
    code = models.SlugField("代码", max_length=30, unique=True)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    brand = models.CharField("主色", max_length=6, choices=Brand.choices, default=Brand.BLUE)
    slogan = models.CharField("副题", max_length=60, blank=True)
    host_unit = models.CharField("主办单位", max_length=100)
    run_by = models.CharField("承办单位", max_length=100, blank=True)
    icp = models.CharField("ICP备案号", max_length=40, blank=True)
    police = models.CharField("公安备案号", max_length=40, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=10, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "站点资料"

    def __str__(self) -> str:
        return self.site.site_name

    @property
    def site_id_code(self) -> str:
        """SiteIDCode of the site's pages: its own, or where it has none the organ's."""
        return self.site_code or self.agency.site_code


class LinkGroup(models.TextChoices):
    """The groups of the city's network of legal services."""

    LAWYERS = "lawyers", "律师网"
    NOTARIES = "notaries", "公证网"
    LEGAL_AID = "legal_aid", "法律援助网"
    DISTRICTS = "districts", "区县司法局"
    GOVERNMENT = "government", "政府网站"


class Link(models.Model):
    """A link out of the site, with the one who answers for it and when it was last checked.

    The public sees it once somebody else than who entered it has agreed.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待同意"
        PUBLIC = "public", "已公开"

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机关")
    group = models.CharField("分组", max_length=12, choices=LinkGroup.choices)
    title = models.CharField("名称", max_length=80)
    url = models.URLField("地址")
    owner = models.ForeignKey("agencies.Unit", models.PROTECT, verbose_name="责任处室")
    checked_on = models.DateField("核查日期", null=True, blank=True)
    reminded_on = models.DateField("提醒日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=6, choices=State.choices, default=State.ASKED, editable=False
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name="登记人", editable=False,
    )  # fmt: skip
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name="同意人", editable=False,
    )  # fmt: skip
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "友情链接"
        ordering = ["group", "order", "pk"]

    def __str__(self) -> str:
        return self.title
