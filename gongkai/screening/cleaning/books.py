"""xlsx: written anew from what the visible cells show. Formulas become their values; hidden
sheets, rows and columns are emptied and listed.
"""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter

from gongkai.screening.cleaning.ooxml import Parts
from gongkai.screening.cleaning.result import Dropped, no

_NARROW = 1.0
_MAX_CELLS = 2_000_000
_LOST = {"chartsheet", "dialogsheet", "xlMacrosheet", "ctrlProp", "slicer", "timeline"}


def clean(data: bytes, dropped: Dropped) -> bytes:
    """The workbook with values only."""
    parts = Parts(data)
    _complete(parts)
    parts.strip(dropped)
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), keep_links=False)
    try:
        if any(
            _formula(cell) for sheet in formulas.worksheets for row in sheet.rows for cell in row
        ):
            _valued(book, formulas)
            dropped.add("公式（改为数值）")
    finally:
        formulas.close()
    _sheets(book, dropped)
    for sheet in book.worksheets:
        _sheet(sheet, dropped)
    _names(book, dropped)
    book.properties = DocumentProperties(creator="", modified=None, created=None)
    out = io.BytesIO()
    book.save(out)
    return _without_properties(out.getvalue())


def _complete(parts: Parts) -> None:
    """Refuses what the copy would lose in silence."""
    kinds = {kind for name in [*parts.parts] for _, kind, _ in parts.relations(name)}
    if kinds & {"chart", "chartEx", "diagramData"}:
        raise no("工作簿里有图表，干净副本会丢失图表。请删去图表或导出为PDF后上传。")
    if kinds & _LOST:
        raise no("工作簿里有控件、切片器或宏表，不能生成干净副本。请删去后另存上传。")


def _formula(cell: Any) -> bool:
    return isinstance(cell.value, str) and cell.data_type == "f"


def _valued(book: Workbook, formulas: Workbook) -> bool:
    """Whether there are formulas. Refuses where their values were never saved."""
    found = False
    for sheet in formulas.worksheets:
        for row in sheet.rows:
            for cell in row:
                if not _formula(cell):
                    continue
                found = True
                if book[sheet.title][cell.coordinate].value is None:
                    raise no("工作簿里的公式没有计算结果。请用WPS或Excel打开、保存一次后再试。")
    return found


def _sheets(book: Workbook, dropped: Dropped) -> None:
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > _MAX_CELLS:
        raise no("工作簿太大，不能生成干净副本。请拆成几个文件后上传。")
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        raise no("工作表全部是隐藏的，不能生成干净副本。请在原软件里处理后另存上传。")
    for sheet in list(book.worksheets):
        if sheet.sheet_state != "visible":
            dropped.add(f"隐藏的工作表“{sheet.title}”")
            book.remove(sheet)


def _sheet(sheet: Any, dropped: Dropped) -> None:
    rows = {n for n, size in sheet.row_dimensions.items() if _unseen(size, size.height)}
    columns = _hidden_columns(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                cell.comment = None
                dropped.add("批注")
            if cell.value is None:
                continue
            if cell.row in rows:
                cell.value = None
                dropped.add(f"工作表“{sheet.title}”隐藏的第{cell.row}行")
            elif cell.column in columns:
                cell.value = None
                dropped.add(f"工作表“{sheet.title}”隐藏的{get_column_letter(cell.column)}列")
    if sheet._pivots:
        sheet._pivots = []
        dropped.add("数据透视表的缓存")
    if sheet.data_validations.dataValidation:
        sheet.data_validations.dataValidation = []
        dropped.add("数据有效性列表")
    if len(sheet.conditional_formatting):
        sheet.conditional_formatting = ConditionalFormattingList()
        dropped.add("条件格式")
    sheet.legacy_drawing = None


def _unseen(size: Any, measure: float | None) -> bool:
    return bool(size.hidden) or (measure is not None and measure < _NARROW)


def _hidden_columns(sheet: Any) -> set[int]:
    found: set[int] = set()
    for letter, size in sheet.column_dimensions.items():
        if _unseen(size, size.width):
            first = size.min or sheet[f"{letter}1"].column
            found.update(range(first, min(size.max or first, 16_384) + 1))
    return found


def _names(book: Workbook, dropped: Dropped) -> None:
    if book.defined_names:
        book.defined_names.clear()
        dropped.add("定义的名称")


def _without_properties(data: bytes) -> bytes:
    """openpyxl always writes its own name and the time."""
    parts, quiet = Parts(data), Dropped()
    parts.strip(quiet)
    return parts.save(quiet)
