"""One piece of disclosed information."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.search import index

from gongkai import clock, statute
from gongkai.catalogue import elements, numbering, rules
from gongkai.catalogue.blocks import BodyBlock, plain_text
from gongkai.catalogue.forms import ItemForm
from gongkai.catalogue.models.columns import ColumnPage
from gongkai.catalogue.models.numbers import IndexCounter
from gongkai.catalogue.models.panels import ITEM_PANELS, TITLE
from gongkai.files.models import StoredFile
from gongkai.review.models import Attribute
from gongkai.review.pages import GatedPage

DISCLOSURE_ITEMS = [
    *((f"20-{n}", label) for n, label in enumerate(statute.article_20(), 1)),
    *((f"21-{n}", label) for n, label in enumerate(statute.article_21(), 1)),
]

# What items got later. Empty, it is no content: what was reviewed before keeps its hash.
_SINCE_THEN = ("replaced_by", "amends", "guides", "standard_rows")


class ItemPage(GatedPage):
    """One piece of disclosed information with its statutory metadata (R19 art 12)."""

    base_form_class = ItemForm
    release_fields = ("released_at", "sequence", "index_number")

    index_number = models.CharField("索引号", max_length=40, unique=True, editable=False)
    document_number = models.CharField("文号", max_length=60, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    released_at = models.DateTimeField("公开时间", null=True, editable=False, db_index=True)
    sequence = models.PositiveIntegerField("栏目内序号", null=True, editable=False, db_index=True)
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
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="替代本件的文件",
    )
    amends = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name="本件修改的文件",
    )

    search_fields = [
        *GatedPage.search_fields,
        index.SearchField("body_text", boost=1),
        index.SearchField("document_number"),
        index.SearchField("index_number"),
    ]
    content_panels = [TITLE, *ITEM_PANELS]
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

    @property
    def whole_text(self) -> str:
        """The body, the elements of the service and the rows of the catalogue: for the search."""
        guides = (text for guide in self.guides.all() for text in guide.elements().values())
        rows = ("\t".join(row.cells()) for row in self.standard_rows.all())
        return "\n".join(part for part in (self.body_text, *guides, *rows) if part)

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
        for guide in self.guides.all():
            texts |= {elements.ELEMENTS[name]: text for name, text in guide.elements().items()}
        rows = enumerate(self.standard_rows.all(), 1)
        texts |= {f"目录第{n}条": "\t".join(row.cells()) for n, row in rows}
        return {place: text for place, text in texts.items() if text}

    def reviewed_files(self) -> list[StoredFile]:
        return [attachment.file for attachment in self.attachments.all()]

    def before_release(self) -> None:
        """The server sets the release time; number and place in the column never move again.

        Only an item that was withdrawn and moved gets another place: its old one may be taken in
        the other column (``forget_the_place``).
        """
        if self.released_at is None or self.sequence is None:
            place = next_place(self.column())
            since = self.released_at or clock.now()
            ItemPage.objects.filter(pk=self.pk).update(released_at=since, sequence=place)

    def before_review(self) -> None:
        """Refuses what contradicts itself, is unfinished, or leads nowhere."""
        from gongkai.catalogue.checking import refuse_the_hard

        refuse_the_hard(self)

    def content(self) -> dict[str, Any]:
        kept = super().content()
        return {k: v for k, v in kept.items() if v or k not in _SINCE_THEN}

    def points_to(self) -> list[ItemPage]:
        """The items whose pages show this one beside their text."""
        return [found for found in (self.interprets, self.replaced_by, self.amends) if found]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Number and address are given before Wagtail asks for a slug."""
        self.give_index_number()
        super().full_clean(*args, **kwargs)

    def give_index_number(self) -> None:
        """Number a new draft; the address follows from the number and is ASCII."""
        if not self.index_number and self.unit is not None:
            self.index_number = IndexCounter.take(
                self.unit.agency,
                clock.today().year,
                taken=lambda number: ItemPage.objects.filter(index_number=number).exists(),
            )
            self.slug = numbering.slug_of(self.index_number)


def forget_the_place(
    instance: Any, parent_page_before: Any, parent_page_after: Any, **kwargs: Any
) -> None:
    """A withdrawn item that is moved to another column has no place there yet."""
    if parent_page_before.pk != parent_page_after.pk:
        ItemPage.objects.filter(pk=instance.pk, live=False).update(sequence=None)


def next_place(column: ColumnPage) -> int:
    """The place after all that were ever given in a column; the column is locked meanwhile."""
    ColumnPage.objects.select_for_update(of=("self",)).get(pk=column.pk)
    return last_place(column) + 1


def last_place(column: ColumnPage) -> int:
    """The highest place ever given in a column, to its own items and to those placed there."""
    own = ItemPage.objects.child_of(column).aggregate(m=models.Max("sequence"))["m"]
    placed = column.placements.aggregate(m=models.Max("sequence"))["m"]
    return max(own or 0, placed or 0)
