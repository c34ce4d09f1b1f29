"""Sites, columns and items. Statutory metadata are columns of the table, never blocks."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.html import strip_tags
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Site
from wagtail.search import index

from gongkai import clock, statute
from gongkai.agencies.models import Agency
from gongkai.catalogue import rules
from gongkai.catalogue.blocks import TEXT_FEATURES, BodyBlock, plain_text
from gongkai.catalogue.forms import ItemForm
from gongkai.files.models import StoredFile
from gongkai.review.models import Attribute
from gongkai.review.pages import GatedPage
from gongkai.review.rules import COLUMN_PATHS, PATH_LABELS, Path

DISCLOSURE_ITEMS = [
    *((f"20-{n}", label) for n, label in enumerate(statute.article_20(), 1)),
    *((f"21-{n}", label) for n, label in enumerate(statute.article_21(), 1)),
]


class IndexCounter(models.Model):
    """The last serial of an organ and year: locked while a number is given, never set back."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="index_counter")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"

    @classmethod
    @transaction.atomic
    def take(cls, agency: Agency, year: int) -> str:
        """The next index number of an organ and year; the row is locked meanwhile."""
        cls.objects.get_or_create(agency=agency, year=year)
        counter = cls.objects.select_for_update().get(agency=agency, year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return rules.index_number(agency.index_code, year, counter.last)


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

    class Meta:
        verbose_name = verbose_name_plural = "站点资料"

    def __str__(self) -> str:
        return self.site.site_name


class HomePage(GatedPage):
    """The root of a site; what it shows is gathered from columns and registers."""

    intro = models.CharField("导语", max_length=300, blank=True)

    content_panels = [*GatedPage.content_panels, FieldPanel("intro"), FieldPanel("unit")]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalogue.ColumnPage"]

    class Meta:
        verbose_name = verbose_name_plural = "网站首页"

    def reviewed_texts(self) -> dict[str, str]:
        return {"标题": self.title, "导语": self.intro}


class ColumnPage(GatedPage):
    """A column: its kind decides template and update rule, its path who reviews what is in it."""

    kind = models.CharField(
        "种类", max_length=12, choices=[(k.value, label) for k, label in rules.KIND_LABELS.items()]
    )
    is_service = models.BooleanField("便民栏目", default=False)
    icon = models.CharField("图标", max_length=20, blank=True)
    intro = RichTextField("说明", features=TEXT_FEATURES, blank=True)
    review_level = models.CharField(
        "审查层级",
        max_length=10,
        choices=[(p.value, PATH_LABELS[p]) for p in COLUMN_PATHS],
        default=Path.STANDARD.value,
    )
    update_days = models.PositiveSmallIntegerField("更新期限（天）", null=True, blank=True)
    address = models.CharField("转到", max_length=200, blank=True)

    search_fields = [*GatedPage.search_fields, index.SearchField("intro")]
    content_panels = [
        *GatedPage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("unit"),
                FieldPanel("review_level"),
                FieldPanel("is_service"),
                FieldPanel("update_days"),
            ],
            heading="栏目设置",
        ),
    ]
    promote_panels = [FieldPanel("slug")]
    settings_panels: list[Any] = []
    parent_page_types = ["catalogue.HomePage", "catalogue.ColumnPage"]
    subpage_types = ["catalogue.ColumnPage", "catalogue.ItemPage"]

    class Meta:
        verbose_name = verbose_name_plural = "栏目"

    def reviewed_texts(self) -> dict[str, str]:
        return {"标题": self.title, "说明": strip_tags(self.intro)}


class ItemPage(GatedPage):
    """One piece of disclosed information with its statutory metadata (R19 art 12)."""

    base_form_class = ItemForm
    release_fields = ("released_at", "sequence", "index_number")

    index_number = models.CharField("索引号", max_length=40, unique=True, editable=False)
    document_number = models.CharField("文号", max_length=60, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    released_at = models.DateTimeField("公开时间", null=True, editable=False, db_index=True)
    sequence = models.PositiveIntegerField("栏目内序号", null=True, editable=False)
    source = models.CharField("来源", max_length=100, blank=True)
    theme = models.CharField(
        "主题分类", max_length=30, blank=True, choices=[(t, t) for t in statute.themes()]
    )
    genre = models.CharField(
        "体裁分类", max_length=20, blank=True, choices=[(g, g) for g in statute.genres()]
    )
    keywords = models.CharField("主题词", max_length=120, blank=True)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    body = StreamField(BodyBlock(), verbose_name="正文", blank=True)
    validity = models.CharField(
        "有效性",
        max_length=10,
        blank=True,
        choices=[(v.value, label) for v, label in rules.VALIDITY_LABELS.items()],
    )
    valid_from = models.DateField("施行日期", null=True, blank=True)
    valid_to = models.DateField("失效日期", null=True, blank=True)
    disclosure_item = models.CharField(
        "法定公开事项",
        max_length=10,
        blank=True,
        choices=DISCLOSURE_ITEMS,
    )
    attribute = models.CharField(
        "公开属性", max_length=16, choices=Attribute.choices, default=Attribute.PROACTIVE
    )
    attribute_ground = models.CharField("不公开理由", max_length=300, blank=True)
    interprets = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name="解读的文件",
    )

    search_fields = [
        *GatedPage.search_fields,
        index.SearchField("body_text", boost=1),
        index.SearchField("document_number"),
        index.SearchField("index_number"),
    ]
    content_panels = [
        *GatedPage.content_panels,
        FieldPanel("unit"),
        MultiFieldPanel(
            [
                FieldPanel("document_number"),
                FieldPanel("signed_on"),
                FieldPanel("source"),
                FieldPanel("theme"),
                FieldPanel("genre"),
                FieldPanel("keywords"),
                FieldPanel("summary"),
            ],
            heading="公开目录信息",
        ),
        FieldPanel("body"),
        InlinePanel("attachments", label="附件", heading="附件"),
        MultiFieldPanel(
            [FieldPanel("validity"), FieldPanel("valid_from"), FieldPanel("valid_to")],
            heading="有效性",
        ),
        MultiFieldPanel(
            [
                FieldPanel("disclosure_item"),
                FieldPanel("attribute"),
                FieldPanel("attribute_ground"),
                FieldPanel("interprets"),
            ],
            heading="公开属性与解读",
        ),
    ]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    parent_page_types = ["catalogue.ColumnPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "信息"

    @property
    def subject(self) -> str:
        return f"item:{self.index_number}"

    @property
    def body_text(self) -> str:
        """The body as people read it."""
        return plain_text(self.body)

    def column(self) -> ColumnPage:
        """The column in which the item stands."""
        return self.get_parent().specific

    def review_path(self) -> str:
        return self.column().review_level

    def reviewed_texts(self) -> dict[str, str]:
        texts = {
            "标题": self.title,
            "正文": self.body_text,
            "内容概述": self.summary,
            "来源": self.source,
            "主题词": self.keywords,
            "文号": self.document_number,
        }
        texts |= {f"附件“{a.title}”的名称": a.title for a in self.attachments.all()}
        return {place: text for place, text in texts.items() if text}

    def reviewed_files(self) -> list[StoredFile]:
        return [attachment.file for attachment in self.attachments.all()]

    def before_release(self) -> None:
        """The server sets the release time; number and place in the column never move again."""
        if self.released_at is not None:
            return
        siblings = ItemPage.objects.child_of(self.get_parent())
        last = siblings.aggregate(last=models.Max("sequence"))["last"] or 0
        ItemPage.objects.filter(pk=self.pk).update(released_at=clock.now(), sequence=last + 1)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Number and address are given before Wagtail asks for a slug."""
        self.give_index_number()
        super().full_clean(*args, **kwargs)

    def give_index_number(self) -> None:
        """Number a new draft; the address follows from the number and is ASCII."""
        if not self.index_number and self.unit is not None:
            self.index_number = IndexCounter.take(self.unit.agency, clock.today().year)
            self.slug = rules.slug_of(self.index_number)


class Attachment(Orderable):
    """A file that becomes public with its item."""

    page = ParentalKey(ItemPage, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("名称", max_length=150, blank=True)
    is_picture = models.BooleanField("在正文中显示的图片", default=False)

    panels = [FieldPanel("file"), FieldPanel("title"), FieldPanel("is_picture")]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.title


class LinkGroup(models.TextChoices):
    """The groups of the city's network of legal services."""

    LAWYERS = "lawyers", "律师网"
    NOTARIES = "notaries", "公证网"
    LEGAL_AID = "legal_aid", "法律援助网"
    DISTRICTS = "districts", "区县司法局"
    GOVERNMENT = "government", "政府网站"


class Link(models.Model):
    """A link out of the site, with the one who answers for it and when it was last checked."""

    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="机关")
    group = models.CharField("分组", max_length=12, choices=LinkGroup.choices)
    title = models.CharField("名称", max_length=80)
    url = models.URLField("地址")
    owner = models.ForeignKey("agencies.Unit", models.PROTECT, verbose_name="责任处室")
    checked_on = models.DateField("核查日期", null=True, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "友情链接"
        ordering = ["group", "order", "pk"]

    def __str__(self) -> str:
        return self.title
