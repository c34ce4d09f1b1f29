"""The results that an application can have, and the grounds for withholding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.refusal import Refused
from gongkai.statute.regulations import law
from gongkai.statute.source import table

GROUPS: Mapping[str, str] = table("outcomes")["groups"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the 21 results.

    ``row`` and ``row_2019`` are rows of table 2 of the report forms; ``rows_2007`` the rows of
    the statistics of 2014 that may hold it, the usual first, none if that form has none.
    """

    code: str
    group: str
    label: str
    row_label: str
    article: str
    row: str
    row_2019: str
    answer_2007: str
    rows_2007: tuple[str, ...]
    letter: str

    @property
    def group_label(self) -> str:
        """（三）不予公开 and so on."""
        return GROUPS[self.group]


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for withholding. ``duty``: must, or may (the organ weighs)."""

    key: str
    law: str
    outcome: str
    label: str
    duty: str
    unless: str
    consult: str
    row_2007: str
    article: str


@cache
def outcomes() -> tuple[Outcome, ...]:
    """All 21, in the order of the report."""
    return tuple(
        Outcome(
            group=row["code"][0],
            rows_2007=tuple(row["rows_2007"]),
            **{k: v for k, v in row.items() if k != "rows_2007"},
        )
        for row in table("outcomes")["outcome"]
    )


@cache
def _by_code() -> dict[str, Outcome]:
    return {found.code: found for found in outcomes()}


def outcome(code: str) -> Outcome:
    """The result of that code, G1 to O3."""
    try:
        return _by_code()[code]
    except KeyError:
        raise Refused(f"没有“{code}”这种办理结果，请从列表中选择。", field="outcome") from None


@cache
def outcome_of_row(row: str) -> Outcome:
    """The result that table 2 (form of 2021) counts in that row."""
    return next(found for found in outcomes() if found.row == row)


@cache
def grounds(version: str) -> tuple[Ground, ...]:
    """The grounds for withholding that this version of the Regulations knows."""
    return tuple(
        Ground(
            key=row["key"],
            law=version,
            outcome=row["outcome"],
            label=row["label"],
            duty=row["duty"],
            unless=row.get("unless", ""),
            consult=row.get("consult", ""),
            row_2007=row.get("row_2007", ""),
            article=law(version).short + row["article"],
        )
        for row in table("outcomes")["ground"]
        if row["law"] == version
    )
