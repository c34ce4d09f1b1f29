"""The text of an item as clean HTML, and its tables as data."""

from __future__ import annotations

import csv
import io
import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.catalogue.models import ItemPage

_FIGURE = re.compile(r"[+-]?[\d,.]+%?")


def body_html(item: ItemPage) -> SafeString:
    """The body as clean HTML: blocks in order, tables with header cells."""
    parts = []
    for block in item.body:
        if block.block_type == "heading":
            parts.append(f"<h2>{escape(block.value)}</h2>")
        elif block.block_type == "table":
            parts.append(_table(block.value))
        else:
            parts.append(str(block.value))
    return mark_safe("\n".join(parts))  # noqa: S308 - rich text is cleaned by its features


def _table(value: dict[str, object]) -> str:
    rows: list[list[str]] = [list(r) for r in value["rows"]]  # type: ignore[attr-defined]
    if not rows:
        return ""
    caption = f"<caption>{escape(str(value['caption']))}</caption>" if value.get("caption") else ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        for cells in rows[1:]
    )
    return (
        f'<div class="table-wrap"><table>{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def tables_of(item: ItemPage) -> list[tuple[str, list[list[str]]]]:
    """The tables of the text, each with its caption."""
    return [
        (block.value.get("caption") or "", [list(row) for row in block.value["rows"]])
        for block in item.body
        if block.block_type == "table"
    ]


def as_csv(rows: list[list[str]]) -> bytes:
    """A table for programs; a text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(c) for c in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: str | None) -> str:
    text = (cell or "").strip()
    return f"'{text}" if text[:1] in set("=+-@") and not _FIGURE.fullmatch(text) else text
