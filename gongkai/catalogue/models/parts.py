"""What belongs to one item and is reviewed with it: files, elements of a service, table rows."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from gongkai.catalogue import elements
from gongkai.files.models import StoredFile


class Attachment(Orderable):
    """A file that becomes public with its item."""

    page = ParentalKey("ItemPage", on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("名称", max_length=150, blank=True)
    is_picture = models.BooleanField("在正文中显示的图片", default=False)

    panels = [FieldPanel("file"), FieldPanel("title"), FieldPanel("is_picture")]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.title


class ServiceGuide(models.Model):
    """The ten elements of a service; blank while a draft is written, complete before review."""

    page = ParentalKey("ItemPage", on_delete=models.CASCADE, related_name="guides")
    matter = models.CharField("事项名称", max_length=150, blank=True)
    basis = models.TextField("设定依据", blank=True)
    conditions = models.TextField("受理条件", blank=True)
    materials = models.TextField("申请材料", blank=True)
    procedure = models.TextField("办理流程", blank=True)
    time_limit = models.CharField("办理时限", max_length=200, blank=True)
    fees = models.CharField("收费标准", max_length=300, blank=True)
    place_hours = models.TextField("办理地点和时间", blank=True)
    phone = models.CharField("联系电话", max_length=100, blank=True)
    supervision_phone = models.CharField("监督电话", max_length=100, blank=True)

    panels = [FieldPanel(name) for name in elements.ELEMENTS]

    class Meta:
        verbose_name = verbose_name_plural = "办事指南要素"
        constraints = [models.UniqueConstraint(fields=["page"], name="guide_once")]

    def __str__(self) -> str:
        return self.matter

    def elements(self) -> dict[str, str]:
        """Every element by its field, in the order in which it is shown."""
        return {name: getattr(self, name) for name in elements.ELEMENTS}


class StandardRow(Orderable):
    """One row of the standard catalogue of what is disclosed about public legal services."""

    page = ParentalKey("ItemPage", on_delete=models.CASCADE, related_name="standard_rows")
    matter = models.CharField("一级事项", max_length=60)
    part = models.CharField("二级事项", max_length=120, blank=True)
    content = models.TextField("公开内容（要素）")
    basis = models.TextField("公开依据", blank=True)
    time_limit = models.CharField("公开时限", max_length=100)
    organ = models.CharField("公开主体", max_length=60)
    channels = models.CharField("公开渠道和载体", max_length=200)
    audience = models.CharField("公开对象", max_length=60)
    mode = models.CharField("公开方式", max_length=30)
    level = models.CharField("公开层级", max_length=30)

    panels = [FieldPanel(name) for name in elements.STANDARD_COLUMNS]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "标准目录条目"

    def __str__(self) -> str:
        return f"{self.matter} {self.part}".strip()

    def cells(self) -> tuple[str, ...]:
        """The row as it stands in the table, without its number."""
        return tuple(getattr(self, name) for name in elements.STANDARD_COLUMNS)
