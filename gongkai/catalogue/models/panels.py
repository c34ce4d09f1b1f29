"""The editor's panels of an item."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

# Titles of notices run to two hundred signs: the field grows, so that all of it is read.
TITLE = TitleFieldPanel("title", widget=AdminAutoHeightTextInput)

ITEM_PANELS = [
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
    InlinePanel(
        "guides",
        label="办事指南要素",
        heading="办事指南要素（办事服务栏目须填齐十项）",
        max_num=1,
        classname="collapsed",
    ),
    InlinePanel(
        "standard_rows",
        label="标准目录条目",
        heading="标准目录条目（标准目录栏目填写）",
        classname="collapsed",
    ),
    MultiFieldPanel(
        [
            FieldPanel("validity"),
            FieldPanel("valid_from"),
            FieldPanel("valid_to"),
            FieldPanel("replaced_by"),
            FieldPanel("amends"),
        ],
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
