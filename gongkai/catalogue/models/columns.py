"""The pages on which items hang: the home page of a site, and its columns."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from gongkai.catalogue import rules
from gongkai.catalogue.blocks import TEXT_FEATURES
from gongkai.catalogue.models.panels import TITLE
from gongkai.review.pages import GatedPage
from gongkai.review.rules import COLUMN_PATHS, PATH_LABELS, Path


class HomePage(GatedPage):
    """The root of a site; what it shows is gathered from columns and registers."""

    intro = models.CharField("导语", max_length=300, blank=True)

    content_panels = [TITLE, FieldPanel("intro"), FieldPanel("unit")]
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
        TITLE,
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
