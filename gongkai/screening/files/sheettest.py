"""Whether the condition of a conditional format holds for a cell, as far as it can be told without
a calculating program.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<>": operator.ne, ">": operator.gt, "<": operator.lt,
    ">=": operator.ge, "<=": operator.le,
    "equal": operator.eq, "notEqual": operator.ne, "greaterThan": operator.gt,
    "lessThan": operator.lt, "greaterThanOrEqual": operator.ge, "lessThanOrEqual": operator.le,
}  # fmt: skip
_COMPARED = re.compile(
    r'(?P<left>"[^"]*"|[^"<>=]+)(?P<sign><>|>=|<=|=|<|>)(?P<right>"[^"]*"|[^"<>=]+)'
)
_CALL = re.compile(r"(NOT|ISBLANK|ISTEXT|ISNUMBER|ISERROR|LEN|ROW|COLUMN|TRUE|FALSE)\((.*)\)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_QUOTED = re.compile('"[^"]*"')
_DEEP, _LONGEST = 6, 400


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds; ``number`` is None for a text."""

    text: str
    number: float | None
    error: bool = False
    row: int = 0
    column: int = 0

    @property
    def nothing(self) -> bool:
        """Whether there is nothing in it that could be hidden."""
        return self.error or self.number == 0 or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Test:
    """A condition. ``own``: the cell that its formulas are written for; ``single``: it is for this
    cell alone.
    """

    kind: str
    operator: str
    text: str
    formulas: tuple[str, ...]
    own: str
    single: bool


_ALWAYS = dict.fromkeys(("notContainsBlanks", "notContainsErrors", "dataBar", "iconSet"), True)
_ALWAYS |= dict.fromkeys(("containsBlanks", "containsErrors"), False)
_TEXTUAL: dict[str, Callable[[str, str], bool]] = {
    "containsText": lambda text, part: part in text,
    "notContainsText": lambda text, part: part not in text,
    "beginsWith": str.startswith,
    "endsWith": str.endswith,
}
Worth = tuple[int, float | str | bool]
"""Kind and value. Programs order numbers before texts, and texts before true and false."""


def holds(test: Test, value: Value) -> bool | None:
    """Whether it holds for a cell that is not empty; None when this cannot be told."""
    if test.kind in _ALWAYS:
        return _ALWAYS[test.kind]
    if test.kind in _TEXTUAL:
        return _TEXTUAL[test.kind](value.text.lower(), test.text.lower()) if test.text else None
    if test.kind == "cellIs":
        return _compared(test, value)
    if test.kind == "expression" and len(test.formulas) == 1:
        found = _worth(test.formulas[0].lstrip("="), test, value, 0)
        return None if found is None else bool(found[1]) if found[0] != 1 else None
    return None


def _own(value: Value) -> Worth:
    return (1, value.text.lower()) if value.number is None else (0, value.number)


def _compared(test: Test, value: Value) -> bool | None:
    mine = _own(value)
    sides = [_worth(formula, test, value, 0) for formula in test.formulas]
    if None in sides or not sides:
        return None
    if test.operator in {"between", "notBetween"} and len(sides) == 2:
        low, high = sorted(side for side in sides if side is not None)
        return (low <= mine <= high) is (test.operator == "between")
    sign = _SIGNS.get(test.operator)
    return sign(mine, sides[0]) if sign else None


def _worth(formula: str, test: Test, value: Value, depth: int) -> Worth | None:
    """A constant, the cell itself, a simple question about it, or two of them compared."""
    formula = formula.strip()
    if depth > _DEEP or len(formula) > _LONGEST:
        return None
    if formula.replace("$", "") == test.own and (test.single or "$" not in formula):
        return _own(value)
    if call := _CALL.fullmatch(formula.upper()):
        start, end = call.span(2)
        inner = _worth(formula[start:end], test, value, depth + 1)
        return _answer(call[1], inner, value if start == end else None)
    if match := _COMPARED.fullmatch(formula):
        left = _worth(match["left"], test, value, depth + 1)
        right = _worth(match["right"], test, value, depth + 1)
        return (2, _SIGNS[match["sign"]](left, right)) if left and right else None
    return _constant(formula)


def _constant(formula: str) -> Worth | None:
    if _NUMBER.fullmatch(formula):
        return 0, float(formula)
    if _QUOTED.fullmatch(formula):
        return 1, formula[1:-1].lower()
    if formula.upper() in {"TRUE", "FALSE"}:
        return 2, formula.upper() == "TRUE"
    return None


def _answer(name: str, inner: Worth | None, alone: Value | None) -> Worth | None:
    """``alone``: the cell itself when nothing stands in the brackets."""
    if name in {"TRUE", "FALSE"}:
        return 2, name == "TRUE"
    if name in {"ROW", "COLUMN"}:
        return None if alone is None else (0, alone.row if name == "ROW" else alone.column)
    if inner is None:
        return None
    kind, worth = inner
    if name == "NOT":
        return 2, not worth
    if name == "LEN":
        return (0, len(worth)) if isinstance(worth, str) else None
    answers = {"ISBLANK": False, "ISERROR": False, "ISTEXT": kind == 1, "ISNUMBER": kind == 0}
    return 2, answers[name]
