"""The arithmetic that the form itself demands, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.reporting.rules.cells import Cells, Key, tidy
from gongkai.reporting.rules.faults import Fault, Findings, Number
from gongkai.statute import Constraint, Table

Checker = Callable[[Cells, Table, Constraint, "Cells | None"], Iterator[Fault]]


def check_tables(cells: Cells, previous: Cells | None, findings: Findings) -> None:
    """Note every constraint of the form that does not hold."""
    for constraint in cells.form.constraints:
        if constraint.kind in _CHECKERS:
            table = cells.form.table(constraint.table)
            for fault in _CHECKERS[constraint.kind](cells, table, constraint, previous):
                findings.note(fault, level=constraint.level)
    if cells.form.blank_is_zero:
        for fault in blanks(cells):
            findings.note(fault, level="warning")


def blanks(cells: Cells) -> Iterator[Fault]:
    """Each blank cell: the arithmetic reads it as 0, people should print the 0."""
    for table in cells.form.tables:
        for cell in table.cells():
            key = (table.number, *cell)
            if key in cells.blank:
                yield _fault("blank", key, 0, None, "空格按 0 计算，请填写 0")


def _rows(
    cells: Cells, table: Table, constraint: Constraint, previous: Cells | None
) -> Iterator[Fault]:
    """Rows added in every column."""
    for column in table.columns:
        left = [(table.number, row, column.key) for row in constraint.left]
        right = [(table.number, row, column.key) for row in constraint.right]
        yield from _compared(cells, constraint, left, right)


def _columns(
    cells: Cells, table: Table, constraint: Constraint, previous: Cells | None
) -> Iterator[Fault]:
    """Columns added in every row."""
    for row in table.rows:
        left = [(table.number, row.key, column) for column in constraint.left]
        right = [(table.number, row.key, column) for column in constraint.right]
        yield from _compared(cells, constraint, left, right)


def _compared(
    cells: Cells, constraint: Constraint, left: list[Key], right: list[Key]
) -> Iterator[Fault]:
    found, expected = cells.total(*left), cells.total(*right)
    if found is not None and expected is not None and found != expected:
        yield _fault(constraint.id, left[0], expected, found, constraint.text)


def _whole(
    cells: Cells, table: Table, constraint: Constraint, previous: Cells | None
) -> Iterator[Fault]:
    """Nothing blank (where the form does not read a blank as 0), negative or broken."""
    money = {row.key for row in table.rows if row.money}
    for row, column in table.cells():
        key = (table.number, row, column)
        found = cells.values.get(key)
        if key in cells.blank and not cells.form.blank_is_zero:
            yield _fault(constraint.id, key, 0, None, constraint.text)
        elif found is not None and (found < 0 or (type(found) is float and row not in money)):
            yield _fault(constraint.id, key, None, found, constraint.text)


def _previous(
    cells: Cells, table: Table, constraint: Constraint, previous: Cells | None
) -> Iterator[Fault]:
    """A row repeats a row of last year's report, in every column."""
    for column in table.columns if previous else ():
        here = (table.number, constraint.left[0], column.key)
        there = (table.number, constraint.right[0], column.key)
        yield from _same(constraint, here, cells.value(here), _value(previous, there))


def _stock(
    cells: Cells, table: Table, constraint: Constraint, previous: Cells | None
) -> Iterator[Fault]:
    """What is valid: last year's, plus what was made, minus what was repealed."""
    stock, made, repealed = constraint.right
    for row in table.rows if previous else ():
        if stock not in row.columns:
            continue
        here = (table.number, row.key, stock)
        before = _value(previous, here)
        plus = cells.value((table.number, row.key, made))
        minus = cells.value((table.number, row.key, repealed))
        if before is not None and plus is not None and minus is not None:
            yield from _same(constraint, here, cells.value(here), tidy(before + plus - minus))


def _value(cells: Cells | None, key: Key) -> Number | None:
    return cells.value(key) if cells else None


def _same(
    constraint: Constraint, key: Key, found: Number | None, expected: Number | None
) -> Iterator[Fault]:
    if found is not None and expected is not None and found != expected:
        yield _fault(constraint.id, key, expected, found, constraint.text)


def _fault(rule: str, key: Key, expected: Number | None, found: Number | None, text: str) -> Fault:
    where = f"表 {key[0]}“{key[1]}/{key[2]}”"
    return Fault(rule, *key, expected, found, f"{where}：{text}。")


_CHECKERS: dict[str, Checker] = {
    "rows": _rows,
    "columns": _columns,
    "whole": _whole,
    "previous": _previous,
    "stock": _stock,
}
