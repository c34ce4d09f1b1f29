"""The numbers that a text may name, and the sentences that the machine can write from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.reporting.document.tables import TO_FILL, shown
from gongkai.reporting.rules import Number

_NAMED = re.compile(r"\{([^{}\s]{1,60})\}")


@dataclass(frozen=True)
class Known:
    """The report's cells (``2.new.tot``) and the bureau's figures (``computers.total``)."""

    agency: str
    year: int
    cut_off: date
    cells: Mapping[str, Number | None]
    facts: Mapping[str, Any]

    def value(self, name: str) -> Number | None:
        """The number of that name; None if it was not counted or does not exist."""
        if name in self.cells:
            return self.cells[name]
        part, _, inner = name.partition(".")
        found = self.facts.get(part)
        return found.get(inner) if isinstance(found, dict) else found

    def total(self, *names: str) -> Number | None:
        """The sum; None if a part is not known."""
        values = [self.value(name) for name in names]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def filled(self, text: str) -> str:
        """The text with every ``{name}`` replaced by its number."""
        return _NAMED.sub(lambda named: shown(self.value(named[1])), text)

    def sentences(self, *templates: str) -> str:
        """Those sentences whose numbers are all known, filled and joined."""
        told = (t for t in templates if all(self.value(n) is not None for n in names_in(t)))
        return "".join(self.filled(template) for template in told)


Part = Callable[[Known], Iterator[str]]


def names_in(text: str) -> list[str]:
    """The names of numbers that a text asks for."""
    return _NAMED.findall(text)


def chinese_date(day: date) -> str:
    """2014年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def to_write(what: str) -> str:
    """A gap that only people can fill, plain to see."""
    return f"（{TO_FILL}：{what}）"


def none_or(number: Number | None, none: str, some: str) -> str:
    """One of two sentences, by whether there is anything to tell."""
    return none if number == 0 else some
