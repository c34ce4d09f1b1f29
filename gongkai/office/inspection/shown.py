"""A run as a person may read it: the own unit's entries, or everybody's; by unit, with links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.cases.queries import visible_to
from gongkai.catalogue.models import ColumnPage
from gongkai.catalogue.queries import profiles_of
from gongkai.office.access import units_with
from gongkai.oversight.inspection import TITLES, Verdict
from gongkai.oversight.models import InspectionRun
from gongkai.oversight.queries import confirmed_columns, confirming_duty

READS = (
    Duty.ITEM_WRITE, Duty.OVERSIGHT_ANSWER, Duty.OVERSIGHT_FIND, Duty.OVERSIGHT_MANAGE,
    Duty.REVIEW_LEADER,
)  # fmt: skip
LAMPS = {
    Verdict.FAIL: ("red", "■", "不合格"),
    Verdict.WARN: ("orange", "▲", "提醒"),
    Verdict.PASS: ("green", "●", "合格"),
}
OF_NOBODY = "信息办（没有责任处室的）"


@dataclass(frozen=True)
class Line:
    """One entry of the list. ``note`` says why it does not count."""

    indicator: str
    where: str
    address: str
    wrong: str
    pages: int
    note: str = ""
    confirm: str = ""


@dataclass
class Group:
    """A unit with what it has to put right."""

    unit: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """An indicator today, and among the last runs."""

    title: str
    lamp: str
    shape: str
    words: str
    found: int
    before: str


def indicators(run: InspectionRun, runs: Sequence[InspectionRun]) -> list[Row]:
    """Every indicator of a run, what fails first."""
    past: dict[str, list[str]] = {key: [] for key in TITLES}
    for row in (row for each in runs for row in each.indicators):
        past.setdefault(row["id"], []).append(row["verdict"])
    order = list(LAMPS)
    rows = sorted(run.indicators, key=lambda row: order.index(Verdict(row["verdict"])))
    return [
        Row(row["title"], *LAMPS[Verdict(row["verdict"])], len(row["found"]) + row.get("more", 0),
            _before(past[row["id"]]))
        for row in rows
    ]  # fmt: skip


def _before(verdicts: Sequence[str]) -> str:
    counts = [(LAMPS[v][2], sum(1 for each in verdicts if each == v)) for v in LAMPS]
    return "，".join(f"{words} {n} 次" for words, n in counts if n)


def groups(run: InspectionRun, user: User) -> list[Group]:
    """The entries that the person may read, by unit; what counts before what does not."""
    agency, seen = run.agency, _Seen.of(user, run)
    found: dict[str, Group] = {}
    quiet = confirmed_columns(agency, clock.today())
    for row in run.indicators:
        for entry in row["found"]:
            if not seen.may_read(entry):
                continue
            name = entry["unit"] or OF_NOBODY
            note = entry["note"]
            if row["id"] == "columns_updated":
                note = quiet.get(entry["column_id"], "")
            line = seen.line(row, entry, note)
            found.setdefault(name, Group(name)).lines.append(line)
    for group in found.values():
        group.lines.sort(key=lambda line: bool(line.note))
    return sorted(found.values(), key=lambda group: (group.unit == OF_NOBODY, group.unit))


@dataclass(frozen=True)
class _Seen:
    """What the person reads, with everything that the lines lead to, fetched once."""

    units: frozenset[str]
    everything: bool
    origins: Mapping[str, str]
    cases: frozenset[str]
    confirmable: frozenset[int]

    @classmethod
    def of(cls, user: User, run: InspectionRun) -> _Seen:
        agency = run.agency
        numbers = [e["case"] for e in _entries(run) if e["case"]]
        mine = visible_to(user).filter(agency=agency, number__in=numbers)
        units = {u.code for d in READS for u in units_with(user, d) if u.agency_id == agency.pk}
        return cls(
            units=frozenset(units),
            everything=units >= set(agency.units.values_list("code", flat=True)),
            origins={p.code: str(p.site.root_url) for p in profiles_of(agency)},
            cases=frozenset(mine.values_list("number", flat=True)),
            confirmable=_confirmable(user, run),
        )

    def may_read(self, entry: Mapping[str, Any]) -> bool:
        return self.everything or entry["unit_code"] in self.units

    def line(self, row: Mapping[str, Any], entry: Mapping[str, Any], note: str) -> Line:
        offered = row["id"] == "columns_updated" and entry["column_id"] in self.confirmable
        return Line(
            indicator=row["title"], where=entry["column"] or entry["case"],
            address=self._address(entry), wrong=entry["wrong"], pages=entry["pages"], note=note,
            confirm=reverse("office_quiet_column", args=[entry["column_id"]]) if offered else "",
        )  # fmt: skip

    def _address(self, entry: Mapping[str, Any]) -> str:
        if entry["case"]:
            known = entry["case"] in self.cases
            return reverse("office_case", args=[entry["case"]]) if known else ""
        origin = self.origins.get(entry["site"], "")
        return f"{origin}{entry['page']}" if origin else ""


def _entries(run: InspectionRun) -> Iterator[dict[str, Any]]:
    return (entry for row in run.indicators for entry in row["found"])


def _confirmable(user: User, run: InspectionRun) -> frozenset[int]:
    wanted = {entry["column_id"] for entry in run.found_of("columns_updated")}
    columns = ColumnPage.objects.filter(pk__in=wanted).select_related("unit__agency")
    return frozenset(column.pk for column in columns if confirming_duty(user, column))
