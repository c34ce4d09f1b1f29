"""The blocks of an item's text: few, so that every template and every import can show them all."""

from __future__ import annotations

from typing import Any

from wagtail import blocks

TEXT_FEATURES = ["bold", "ol", "ul", "link", "h3"]


class TableBlock(blocks.StructBlock):
    """A table: the first row is the header; cells are plain text."""

    caption = blocks.CharBlock(label="表题", required=False)
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(label="单元格", required=False), label="行"),
        label="表格",
    )

    class Meta:
        icon = "table"
        label = "表格"


class BodyBlock(blocks.StreamBlock):
    """Paragraphs, headings and tables, in order."""

    heading = blocks.CharBlock(label="小标题", icon="title")
    text = blocks.RichTextBlock(label="正文", features=TEXT_FEATURES)
    table = TableBlock()

    class Meta:
        required = False


def plain_text(value: Any) -> str:
    """The text of a body as people read it: for screening, search and summaries."""
    from django.utils.html import strip_tags

    parts: list[str] = []
    for block in value:
        if block.block_type == "table":
            parts.append(block.value.get("caption") or "")
            parts.extend("\t".join(cell or "" for cell in row) for row in block.value["rows"])
        elif block.block_type == "text":
            # Closing tags end a line, so that words of two paragraphs do not run together.
            source = block.value.source
            for tag in ("</p>", "</li>", "<br/>", "</h3>"):
                source = source.replace(tag, f"{tag}\n")
            parts.append(strip_tags(source))
        else:
            parts.append(str(block.value))
    return "\n".join(part for part in parts if part)
