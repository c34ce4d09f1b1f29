"""The tables of the forms, with their merged headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from gongkai.reporting.document.shape import (
    COL,
    COLGROUP,
    ROW,
    ROWGROUP,
    Cell,
    Line,
    ReportTable,
)
from gongkai.reporting.rules import Number, key_text
from gongkai.statute import Row, Table

Cells = Mapping[str, Number | None]

TO_FILL = "待填"
_LABELS = 3  # columns that row labels take in table 2: part, group, row


def shown(value: Number | None) -> str:
    """A number as the report prints it; what nobody entered yet says so."""
    if value is None:
        return TO_FILL
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")


def table_of(table: Table, cells: Cells) -> ReportTable:
    """A table of the form as it is printed."""
    head, body = _LAYOUTS[table.key](table, cells)
    return ReportTable(
        number=table.number,
        caption=table.label,
        head=tuple(head),
        body=tuple(body),
        repeats=table.key != "proactive",  # its blocks have heads of their own
    )


def _cell(table: Table, row: str, column: str, cells: Cells, colspan: int = 1) -> Cell:
    key = key_text(table.number, row, column)
    return Cell(shown(cells.get(key)), colspan=colspan, key=key)


def _proactive(table: Table, cells: Cells) -> tuple[list[Line], list[Line]]:
    """Blocks one below the other, each with its own columns; the last column takes the rest."""
    width = 1 + max(len(row.columns) for row in table.rows)
    labels = {column.key: column.label for column in table.columns}
    lines: list[Line] = []
    for heading, found in groupby(table.rows, key=lambda row: row.heading):
        rows = list(found)
        spans = _spans(len(rows[0].columns), width - 1)
        lines.append((Cell(heading, colspan=width, scope=COLGROUP),))
        heads = zip(rows[0].columns, spans, strict=True)
        lines.append(
            (Cell("信息内容", scope=COL), *(Cell(labels[c], s, scope=COL) for c, s in heads))
        )
        for row in rows:
            numbers = zip(row.columns, spans, strict=True)
            lines.append(
                (
                    Cell(row.label, scope=ROW),
                    *(_cell(table, row.key, column, cells, s) for column, s in numbers),
                )
            )
    return lines[:2], lines[2:]


def _spans(parts: int, width: int) -> list[int]:
    return [1] * (parts - 1) + [width - parts + 1]


def _applications(table: Table, cells: Cells) -> tuple[list[Line], list[Line]]:
    corner = Cell(f"（{table.note}）", colspan=_LABELS, rowspan=3, scope=COLGROUP)
    first = (corner, Cell("申请人情况", colspan=len(table.columns), scope=COLGROUP))
    second: list[Cell] = []
    third: list[Cell] = []
    for group, found in groupby(table.columns, key=lambda column: column.group):
        columns = list(found)
        if group:
            second.append(Cell(group, colspan=len(columns), scope=COLGROUP))
            third += [Cell(column.label, scope=COL) for column in columns]
        else:
            second += [Cell(column.label, rowspan=2, scope=COL) for column in columns]
    return [first, tuple(second), tuple(third)], list(_result_lines(table, cells))


def _result_lines(table: Table, cells: Cells) -> Iterator[Line]:
    for heading, found in groupby(table.rows, key=lambda row: row.heading):
        part = list(found)
        for group, members in groupby(part, key=lambda row: row.group):
            for place, row in enumerate(rows := list(members)):
                labels: list[Cell] = []
                if heading and row is part[0]:
                    labels.append(Cell(heading, rowspan=len(part), scope=ROWGROUP))
                if group and place == 0:
                    labels.append(Cell(group, rowspan=len(rows), scope=ROWGROUP))
                free = _LABELS - bool(heading) - bool(group)
                labels.append(Cell(row.label, colspan=free, scope=ROW))
                numbers = (_cell(table, row.key, c.key, cells) for c in table.columns)
                yield (*labels, *numbers)


def _disputes(table: Table, cells: Cells) -> tuple[list[Line], list[Line]]:
    """Everything in one line of numbers: reconsideration, then both kinds of suits."""
    width = len(table.columns)
    first: list[Cell] = []
    second: list[Cell] = []
    for heading, found in groupby(table.rows, key=lambda row: row.heading):
        rows = list(found)
        if heading:
            first.append(Cell(heading, colspan=width * len(rows), scope=COLGROUP))
            second += [Cell(row.label, colspan=width, scope=COLGROUP) for row in rows]
        else:
            first += [Cell(r.label, colspan=width, rowspan=2, scope=COLGROUP) for r in rows]
    third = tuple(Cell(c.label, scope=COL) for _ in table.rows for c in table.columns)
    numbers = tuple(_cell(table, r.key, c.key, cells) for r in table.rows for c in table.columns)
    return [tuple(first), tuple(second), third], [numbers]


def _statistics(table: Table, cells: Cells) -> tuple[list[Line], list[Line]]:
    head = tuple(Cell(text, scope=COL) for text in ("统计指标", "单位", table.columns[0].label))
    body: list[Line] = []
    depths: dict[str, int] = {}
    for heading, rows in groupby(table.rows, key=lambda row: row.heading):
        body.append((Cell(heading, colspan=len(head), scope=COLGROUP),))
        for row in rows:
            depths[row.key] = depths[row.parent] + 1 if row.parent else 0
            body.append(_statistics_line(table, row, depths[row.key], cells))
    return [head], body


def _statistics_line(table: Table, row: Row, depth: int, cells: Cells) -> Line:
    indent = "　" * depth + ("其中：" if depth else "")
    number = _cell(table, row.key, table.columns[0].key, cells)
    return (Cell(indent + row.label, scope=ROW), Cell(row.unit), number)


_Layout = Callable[[Table, Cells], tuple[list[Line], list[Line]]]
_LAYOUTS: dict[str, _Layout] = {
    "proactive": _proactive,
    "applications": _applications,
    "disputes": _disputes,
    "statistics": _statistics,
}
