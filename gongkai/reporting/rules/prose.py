"""Figures that the text repeats: equal to the cells that mean the same, and to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from gongkai.reporting.rules.cells import Cells, Key
from gongkai.reporting.rules.faults import TEXT, Fault, Findings, Number
from gongkai.reporting.rules.wholes import check_wholes, number, percent_fault
from gongkai.statute import outcomes

_ALL, _NATURAL = "tot", "nat"
_OF_TOTAL = ("answered", "closed", "handled")
_BOTH = ("new", "carried_in")
_BOTH_KEYS = ("received_meaning_new_plus_carried", "handled_meaning_new_plus_carried")
_GROUPS = {"denied": "D", "unable": "N", "not_processed": "R", "other": "O"}
_ROWS = {
    "received": ("new",),
    "carried_in": ("carried_in",),
    "carried_out": ("carried_out",),
    "granted": ("granted",),
    "partial": ("partial",),
    "granted_partial": ("granted", "partial"),
    "granted_and_partial": ("granted", "partial"),
    "enforcement_file": ("d_case",),
    **dict.fromkeys(_OF_TOTAL, ("total",)),
    **dict.fromkeys(_BOTH_KEYS, _BOTH),
}
_DISPUTES = {
    "reviews": ("review",),
    "suits": ("suit_direct", "suit_after_review"),
    "cases": ("review", "suit_direct", "suit_after_review"),
}
_ONE_CELL: dict[str, Key] = {"licences_closed": (1, "行政许可", "decisions")}
_NOT_MORE_THAN = {"withdrawn": "other", "withdrawn_within_other": "other"}


def check_prose(prose: Mapping[str, Any], cells: Cells, findings: Findings) -> None:
    """Note every figure of the text that contradicts a table or another figure of the text."""
    figures = {name: found for name in prose if (found := number(prose[name])) is not None}
    for fault in (
        *_against_cells(figures, cells),
        *_people(figures, prose, cells),
        *_limits(figures, cells),
        *_shares(figures, cells),
        *_claims(prose, cells),
    ):
        findings.note(fault)
    for fault in _terms(figures, cells):
        findings.note(fault, level="warning")
    check_wholes(prose, findings, received=lambda: _received(prose, cells))


def _against_cells(figures: Mapping[str, Number], cells: Cells) -> Iterator[Fault]:
    for name, found in figures.items():
        expected = meaning(name, cells)
        if expected is not None and expected != found:
            yield _x7(name, expected, found)


def meaning(name: str, cells: Cells) -> Number | None:
    """What the tables say a figure of the text is; None if they say nothing."""
    if name in _DISPUTES:
        return _sum(cells.total((3, row, "total")) for row in _DISPUTES[name])
    if name in _ONE_CELL:
        return cells.values.get(_ONE_CELL[name])
    rows = group_rows(_GROUPS[name], cells.form.id) if name in _GROUPS else _ROWS.get(name, ())
    return _sum(row_total(cells, row) for row in rows) if rows else None


@cache
def group_rows(group: str, form: str) -> tuple[str, ...]:
    """The rows of table 2 that a group of results fills."""
    rows = (o.row_2019 if form == "2019" else o.row for o in outcomes() if o.group == group)
    return tuple(dict.fromkeys(rows))


def row_total(cells: Cells, row: str) -> Number | None:
    """A row's total; where its cell is blank, the sum of the classes: what people would read."""
    if (2, row, _ALL) in cells.values:
        return cells.values[2, row, _ALL]
    classes = [column.key for column in cells.form.table(2).columns if column.key != _ALL]
    return cells.total(*((2, row, column) for column in classes))


def _people(
    figures: Mapping[str, Number], prose: Mapping[str, Any], cells: Cells
) -> Iterator[Fault]:
    """Natural persons and organisations, of the new ones or of all that were in hand."""
    if not {"natural", "organisations"} & figures.keys():
        return
    rows = _BOTH if set(_BOTH_KEYS) & prose.keys() else ("new",)
    others = [c.key for c in cells.form.table(2).columns if c.key not in {_ALL, _NATURAL}]
    for name, columns in (("natural", [_NATURAL]), ("organisations", others)):
        expected = cells.total(*((2, row, column) for row in rows for column in columns))
        if name in figures and expected is not None and expected != figures[name]:
            yield _x7(name, expected, figures[name])


def _limits(figures: Mapping[str, Number], cells: Cells) -> Iterator[Fault]:
    for name, whole in _NOT_MORE_THAN.items():
        most = meaning(whole, cells)
        if name in figures and most is not None and figures[name] > most:
            yield _x7(name, most, figures[name])


def _shares(figures: Mapping[str, Number], cells: Cells) -> Iterator[Fault]:
    """Percentages of the handled ones; and the groups together are all of them."""
    whole = next((figures[n] for n in _OF_TOTAL if n in figures), meaning("answered", cells))
    if not whole:
        return
    for name, printed in figures.items():
        stem = name.removesuffix("_pct")
        part = next((n for n in figures if n in {stem, f"{stem}_and_partial"}), "")
        known = part in _ROWS or part in _GROUPS
        if stem != name and known and (fault := percent_fault(name, printed, figures[part], whole)):
            yield fault
    both = ("granted_and_partial", "granted_partial")
    given = [n for n in both if n in figures][:1] or ["granted", "partial"]
    groups = [*given, *_GROUPS]
    if all(name in figures for name in groups):
        found = sum(figures[name] for name in groups)
        if found != whole:
            text = f"正文中各类办理结果合计 {found}，总数是 {whole}。"
            yield Fault("text_sum", TEXT, "categories", None, whole, found, text)


def _claims(prose: Mapping[str, Any], cells: Cells) -> Iterator[Fault]:
    """“全部维持” holds only if no reconsideration or suit ended otherwise or is open."""
    claim = str(prose.get("claim", ""))
    rows = _DISPUTES["cases"]
    upheld = cells.total(*((3, row, "upheld") for row in rows))
    every = cells.total(*((3, row, "total") for row in rows))
    claimed = "all upheld" in claim or "全部维持" in claim
    if claimed and None not in (upheld, every) and upheld != every:
        text = f"正文说全部维持，表 3 共 {every} 件，维持 {upheld} 件。"
        yield Fault("text_claim", TEXT, "claim", None, upheld, every, text)


def _terms(figures: Mapping[str, Number], cells: Cells) -> Iterator[Fault]:
    """“收到” for new and carried-in ones together is a second meaning of the word."""
    name = _BOTH_KEYS[0]
    new = meaning("received", cells)
    if name in figures and new is not None and figures[name] != new:
        text = f"正文的“收到”含上年结转，与表 2 的新收 {new} 件含义不同，请写明。"
        yield Fault("term", TEXT, name, None, new, figures[name], text)


def _received(prose: Mapping[str, Any], cells: Cells) -> Number | None:
    """How many the text's own lists of channels or units share out."""
    told = next((found for n in _BOTH_KEYS if (found := number(prose.get(n))) is not None), None)
    return told if told is not None else meaning("received", cells)


def _sum(parts: Iterator[Number | None]) -> Number | None:
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known) if len(known) == len(found) else None


def _x7(name: str, expected: Number, found: Number) -> Fault:
    text = f"正文的“{name}”是 {found}，表中是 {expected}。"
    return Fault("X7", TEXT, name, None, expected, found, text)
