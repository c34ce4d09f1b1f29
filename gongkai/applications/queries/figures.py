"""Reading applications: the register, and the figures of the annual report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.applications.models import Application, Remedy
from gongkai.applications.rules import CARRIER_LABELS, CLASS_LABELS, DELIVERY_LABELS, Class, Request
from gongkai.cases.models import Case
from gongkai.cases.rules import Kind
from gongkai.refusal import Refused
from gongkai.statute import outcomes, report_form

TOTAL = "tot"
_CLASS, _CLASSES = "party__applicant_class", [c.value for c in Class]
_TABLE = "applications"
_REMEDY_ROWS = {
    "review": Q(kind=Remedy.Kind.RECONSIDERATION),
    "suit_direct": Q(kind=Remedy.Kind.SUIT, after_review=False),
    "suit_after_review": Q(kind=Remedy.Kind.SUIT, after_review=True),
}

Counts = dict[str, dict[str, int]]


def applications_of(agency: Agency, year: int | None = None) -> QuerySet[Case]:
    """The applications of an organ, oldest first; of a year: those received in it."""
    found = Case.objects.filter(agency=agency, kind=Kind.APPLICATION)
    found = found.filter(application__request=Request.DISCLOSURE)
    if year is not None:
        found = found.filter(received_on__year=year)
    related = ("application", "owner_unit", "party")
    return found.select_related(*related).order_by("received_on", "submitted_at", "pk")


def register_rows(agency: Agency, year: int) -> Iterator[dict[str, Any]]:
    """The register (登记台账) of a year: plain values by Chinese heading, without identity."""
    labels = {o.code: o.label for o in outcomes()}
    for case in applications_of(agency, year).iterator(chunk_size=2000):
        yield {
            "编号": case.number,
            "渠道": case.get_channel_display(),
            "申请人类别": CLASS_LABELS.get(case.party.applicant_class, ""),  # type: ignore[call-overload]
            "申请内容": case.title,
            "获取方式": DELIVERY_LABELS.get(case.application.delivery, ""),  # type: ignore[call-overload]
            "载体": CARRIER_LABELS.get(case.application.carrier, ""),  # type: ignore[call-overload]
            "收到日期": case.received_on,
            "法定期限": case.due_on,
            "承办单位": case.owner_unit.name if case.owner_unit else "",
            "状态": case.get_stage_display(),
            "答复日期": case.answered_on,
            "答复类型": labels.get(case.outcome, ""),
        }


def counts(agency: Agency, year: int) -> Counts:
    """Table 2 of the annual report as of the end of ``year``: row key → class → number.

    Counted from days, never from today's stage, so that a past year gives the same again. Rows
    are those of the year's form; the form before 2019 had no such table, and today's stands in.
    One application is one result.
    """
    rows: Counts = {row: dict.fromkeys([*_CLASSES, TOTAL], 0) for row in row_keys(year)}
    parts = _parts(year)
    numbers = {name: Count("pk", filter=condition) for name, condition in parts.items()}
    found = _concerned(agency, year).order_by().values(_CLASS, "outcome").annotate(**numbers)
    for line in found:
        column = line[_CLASS] if line[_CLASS] in _CLASSES else Class.OTHER.value
        done = _row_of(line["outcome"], year)
        for row in (*parts, done):
            number = line["total"] if row == done else line[row]
            if row:
                rows[row][column] += number
                rows[row][TOTAL] += number
    return rows


def rows_behind(agency: Agency, year: int, row: str, column: str = TOTAL) -> QuerySet[Case]:
    """The applications that one cell of ``counts`` counts."""
    found = _concerned(agency, year)
    if row in _parts(year):
        found = found.filter(_parts(year)[row])
    elif row in row_keys(year):
        codes = [o.code for o in outcomes() if _row_of(o.code, year) == row]
        found = found.filter(_parts(year)["total"], outcome__in=codes)
    else:
        raise Refused(f"没有“{row}”这一行，请核对。", field="row")
    if column == Class.OTHER:
        return found.exclude(**{f"{_CLASS}__in": [c for c in _CLASSES if c != column]})
    return found if column == TOTAL else found.filter(**{_CLASS: column})


def row_keys(year: int) -> list[str]:
    """The rows of table 2 in the order of the year's form."""
    form = report_form(year)
    if _TABLE not in {table.key for table in form.tables}:
        form = report_form(clock.today().year)
    return [row.key for row in next(t for t in form.tables if t.key == _TABLE).rows]


def remedy_counts(agencies: Agency | Iterable[Agency], year: int) -> Counts:
    """Table 3: reconsideration and suits, by result, as of the end of ``year``.

    Decided in the year: by result; filed by its end and not decided by then: pending.
    """
    one = [agencies] if isinstance(agencies, Agency) else list(agencies)
    columns: dict[str, Q] = {r: Q(result=r) & _decided_in(year) for r in Remedy.Result.values}
    columns["pending"] = _pending_after(year)
    cells = {
        f"{row}__{column}": Count("pk", filter=kind & condition)
        for row, kind in _REMEDY_ROWS.items()
        for column, condition in columns.items()
    }
    found = Remedy.objects.filter(case__agency__in=one).order_by().aggregate(**cells)
    table = {row: {c: found[f"{row}__{c}"] for c in columns} for row in _REMEDY_ROWS}
    return {row: {**line, "total": sum(line.values())} for row, line in table.items()}


def remedies_behind(agency: Agency, year: int, row: str, column: str = "total") -> QuerySet[Remedy]:
    """The reconsiderations or suits that one cell of ``remedy_counts`` counts."""
    found = Remedy.objects.filter(_REMEDY_ROWS[row], case__agency=agency)
    if column == "pending":
        return found.filter(_pending_after(year))
    if column == "total":
        return found.filter(_pending_after(year) | _decided_in(year))
    return found.filter(_decided_in(year), result=column)


def _concerned(agency: Agency, year: int) -> QuerySet[Case]:
    """Received by the end of the year, and not answered before it began; what was merged into
    another application is counted there, and a correction of one's own record nowhere.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = Case.objects.filter(
        Q(answered_on=None) | Q(answered_on__gte=first),
        agency=agency,
        kind=Kind.APPLICATION,
        received_on__lte=last,
    )
    return found.exclude(pk__in=Application.objects.filter(counted=False).values("case"))


def _parts(year: int) -> dict[str, Q]:
    """The rows that are no result, as conditions on ``_concerned``."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    done = Q(answered_on__lte=last)
    return {
        "new": Q(received_on__gte=first),
        "carried_in": Q(received_on__lt=first),
        "total": done,
        "carried_out": Q(answered_on=None) | Q(answered_on__gt=last),
    }


def _row_of(code: str, year: int) -> str:
    """The row that counts a result in that year's form; empty for an open application."""
    for found in outcomes():
        if found.code == code:
            return found.row if found.row in row_keys(year) else found.row_2019
    return ""


def _decided_in(year: int) -> Q:
    return Q(decided_on__year=year)


def _pending_after(year: int) -> Q:
    last = date(year, 12, 31)
    return Q(filed_on__lte=last) & (Q(decided_on=None) | Q(decided_on__gt=last))
