"""Conditional formats of an xlsx that hide what a cell holds: white letters, letters in the colour
under them, a number format that shows nothing, a bar or an icon instead of the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from gongkai.screening.files.markup import local
from gongkai.screening.files.sheetrange import Ranges
from gongkai.screening.files.sheetstyle import CellStyles, Look, look_of_rule
from gongkai.screening.files.sheettest import Test, Value, holds
from gongkai.screening.limits import Unreadable

Answer = Literal["hidden", "doubtful", ""]
_MOST = 20_000
_OFF = {"0", "false"}


@dataclass(slots=True)
class _Rule:
    ranges: Ranges
    test: Test
    look: Look
    rank: int
    last: bool
    instead: bool
    """Whether it shows a bar or an icon and not the number itself."""


class Rules:
    """The conditional formats of one sheet, in their order of rank."""

    def __init__(self, root: etree._Element, styles: CellStyles) -> None:
        self._styles = styles
        self._all = sorted(_rules(root, styles), key=lambda rule: rule.rank)
        self._row: list[_Rule] = []

    def row(self, number: int) -> bool:
        """Takes up a row; whether a rule reaches it."""
        self._row = [rule for rule in self._all if rule.ranges.reach(number)]
        return bool(self._row)

    def answer(self, row: int, column: int, style: str, value: Value) -> Answer:
        """Whether the rules leave nothing to see of a cell of the row that was taken up.

        A rule that cannot be decided here is taken both ways: hidden both ways is hidden, hidden
        one way is doubtful. Zeros and errors are left out: rules that blank them are tidiness.
        """
        if value.nothing:
            return ""
        sure: list[_Rule] = []
        unsure: list[_Rule] = []
        for rule in self._row:
            if rule.ranges.over(row, column) is None:
                continue
            held = holds(rule.test, value)
            (unsure if held is None else sure if held else []).append(rule)
            if held and rule.last:
                break
        if not sure and not unsure:
            return ""
        below = self._styles.look(style)
        ways = [_lost(sure, below, value), *(_lost([*sure, u], below, value) for u in unsure)]
        return "hidden" if all(ways) else "doubtful" if any(ways) else ""


def _lost(rules: list[_Rule], below: Look, value: Value) -> bool:
    look = Look()
    for rule in sorted(rules, key=lambda rule: rule.rank):
        if rule.instead and value.number is not None:
            return True
        look = look.over(rule.look)
    return look.over(below).hides


def _rules(root: etree._Element, styles: CellStyles) -> Iterator[_Rule]:
    """The rules in their old place and those of newer programs in the list of extensions."""
    count = 0
    for group in root.iter("{*}conditionalFormatting"):
        extended = [c.text or "" for c in group if local(c) == "sqref"]
        places = (group.get("sqref") or " ".join(extended)).split()
        ranges = Ranges(places)
        count += len(places)
        for rule in (r for r in group if local(r) == "cfRule"):
            count += 1
            if count > _MOST:
                raise Unreadable("表格内部结构过于复杂")
            yield _rule(rule, ranges, places, styles)


def _rule(rule: etree._Element, ranges: Ranges, places: list[str], styles: CellStyles) -> _Rule:
    formulas = tuple((e.text or "").strip() for e in rule if local(e) in {"formula", "f"})
    inside = next((e for e in rule if local(e) == "dxf"), None)
    number = rule.get("dxfId", "")
    look = Look()
    if inside is not None:
        look = look_of_rule(inside)
    elif number.isdecimal() and int(number) < len(styles.painted):
        look = styles.painted[int(number)]
    signs = [e for e in rule if local(e) in {"dataBar", "iconSet"}]
    own = places[0].partition(":")[0] if places else ""
    single = len(places) == 1 and ":" not in places[0]
    kind, operator = rule.get("type", ""), rule.get("operator", "")
    rank = rule.get("priority", "0")
    return _Rule(
        ranges,
        Test(kind, operator, rule.get("text", ""), formulas, own, single),
        look,
        int(rank) if rank.lstrip("-").isdecimal() else 0,
        rule.get("stopIfTrue") in {"1", "true"},
        any(sign.get("showValue") in _OFF for sign in signs),
    )
