"""A table of a document as a plain grid: every cell below its own heading. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Grid:
    """``rows`` are equally long; ``remarks`` say what a grid cannot show."""

    rows: list[list[str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def grid_of(table: Any) -> Grid:
    """The cells at their places. A merged cell's text stands at its first place, the others are
    blank: repeated, a sum would be counted twice.
    """
    filled: dict[tuple[int, int], str] = {}
    merged, nested = 0, bool(table.xpath(".//table"))
    trs = table.xpath("./tr|./thead/tr|./tbody/tr")
    for y, row in enumerate(trs):
        x = 0
        for cell in row.xpath("./td|./th"):
            while (y, x) in filled:
                x += 1
            across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            merged += across * down > 1
            for dy in range(down):
                for dx in range(across):
                    filled[y + dy, x + dx] = ""
            filled[y, x] = _text(cell)
            x += across
    grid = Grid(_rows(filled, len(trs)))
    if merged:
        grid.remarks.append(f"{merged} 处合并单元格已拆开，文字在左上角一格，其余留空，请核对。")
    if nested:
        grid.remarks.append("单元格里还有表格，已合成文字，请核对。")
    return grid


def _rows(filled: dict[tuple[int, int], str], height: int) -> list[list[str]]:
    width = max((x for _, x in filled), default=-1) + 1
    return [[filled.get((y, x), "") for x in range(width)] for y in range(height)]


def _text(cell: Any) -> str:
    """Paragraphs of a cell stay apart by a space, as they did by a line."""
    parts = cell.xpath(".//p|.//li|.//h1|.//h2|.//h3") or [cell]
    return " ".join(" ".join(part.text_content().split()) for part in parts).strip()
