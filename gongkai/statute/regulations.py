"""The Regulations on Disclosure of Government Information, in both versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.refusal import Refused
from gongkai.statute.periods import Period, read_period
from gongkai.statute.source import table

VERSIONS = ("2007", "2019")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, and the article."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows when one who was asked does not answer in his ``period``: decide | consent."""

    period: Period
    then: str
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Restart:
    """An event from which the answer period runs again in full."""

    text: str
    article: str
    forgets_pauses: bool
    in_force: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """The fact whose day is the day of receipt: handed_in, signed, confirmed, …"""

    by: str
    article: str


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A day of each year; a date, not a period."""

    month: int
    day: int
    article: str


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """One version of the Regulations: in force from ``in_force`` to ``until``, both included."""

    id: str
    title: str
    short: str
    in_force: date
    until: date
    periods: Mapping[str, Period]
    exclusions: Mapping[str, Reason]
    silence: Mapping[str, Silence]
    restarts: Mapping[str, Restart]
    receipt: Mapping[str, ReceiptRule]
    reports: Mapping[str, FixedDate]
    correction_times: int | None
    duties: Mapping[str, str]

    def has(self, name: str) -> bool:
        """Whether this version knows the period."""
        return name in self.periods

    def period(self, name: str) -> Period:
        """The period of that name; refused where only the other version has it."""
        if name in self.periods:
            return self.periods[name]
        if any(name in law(version).periods for version in VERSIONS):
            raise Refused(f"{self.short}没有规定这项期限，请核对适用的条例版本。", rule=self.short)
        raise KeyError(name)


@cache
def law(version: str) -> Law:
    """The version ``"2007"`` or ``"2019"``."""
    if version not in VERSIONS:
        known = "、".join(VERSIONS)
        raise Refused(
            f"没有“{version}”版的条例，请填 {known}，或留空按收到日期确定。", field="statute"
        )
    raw = table(f"ogi-{version}")
    short: str = raw["short"]
    periods = {name: read_period(name, row, short) for name, row in raw["periods"].items()}
    return Law(
        id=raw["id"],
        title=raw["title"],
        short=short,
        in_force=raw["in_force"],
        until=raw.get("until", date.max),
        periods=periods,
        exclusions={k: Reason(r["why"], _cited(r, short)) for k, r in raw["exclusions"].items()},
        silence={
            kind: Silence(periods[row["period"]], row["then"], row["text"], _cited(row, short))
            for kind, row in raw["silence"].items()
        },
        restarts={kind: _restart(row, short) for kind, row in raw["restarts"].items()},
        receipt={k: ReceiptRule(r["by"], _cited(r, short)) for k, r in raw["receipt"].items()},
        reports={
            k: FixedDate(r["month"], r["day"], _cited(r, short)) for k, r in raw["reports"].items()
        },
        correction_times=raw["correction"].get("times"),
        duties={kind: _cited(row, short) for kind, row in raw["duties"].items()},
    )


def laws() -> tuple[Law, ...]:
    """Every version, oldest first."""
    return tuple(law(version) for version in VERSIONS)


@cache
def law_for(received: date) -> Law:
    """The version by which an application received on that day is handled.

    The text of 2019 has no transitional clause: the day of receipt decides.
    """
    for version in laws():
        if version.in_force <= received <= version.until:
            return version
    raise Refused(
        f"{received} 时条例尚未施行（{laws()[0].in_force} 起施行），请核对收到日期。",
        field="received",
        rule="D8",
    )


def _restart(row: Mapping[str, Any], short: str) -> Restart:
    return Restart(
        text=row["text"],
        article=_cited(row, short),
        forgets_pauses=row["forgets_pauses"],
        in_force=row.get("in_force", date.min),
        confirmed=row.get("confirmed", True),
    )


def _cited(row: Mapping[str, Any], short: str) -> str:
    return str(row.get("law", short) + row["article"])
