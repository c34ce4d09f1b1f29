"""A date that explains itself: the arithmetic of a deadline, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from gongkai.clock.rules.calendar import Calendar, Due, weekday_name
from gongkai.clock.rules.pauses import Pause
from gongkai.clock.rules.periods import Unit, add, same_day_later

CIVIL_CODE = "民法典"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic.

    ``kind``: start, count, off (holiday), pause, weekend, roll, due, provisional, or note.
    ``days``: counted days for ``count``; else how many calendar days the step covers.
    """

    kind: str
    first: date
    last: date
    days: int
    text: str
    article: str = ""

    def as_json(self) -> dict[str, str | int]:
        """The step with plain values; an empty article is left out."""
        told: dict[str, str | int] = {
            "kind": self.kind,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "days": self.days,
            "text": self.text,
        }
        return told | ({"article": self.article} if self.article else {})


@dataclass(frozen=True, slots=True)
class Counted:
    """A due date with the steps that lead to it."""

    start: date
    due: date
    provisional: bool
    steps: tuple[Step, ...]

    def then(self, later: Counted) -> Counted:
        """This count, continued by one that starts on its last day (an extension)."""
        known = [step for step in self.steps if step.kind != "provisional"]
        return Counted(self.start, later.due, later.provisional, (*known, *later.steps))

    def with_notes(self, *notes: Step) -> Counted:
        """The same count with remarks in front (a restart, a capped extension)."""
        return replace(self, steps=(*notes, *self.steps))


def note(day: date, text: str, article: str = "") -> Step:
    """A remark that counts nothing."""
    return Step("note", day, day, 0, text, article)


def explain(
    calendar: Calendar,
    start: date,
    n: int,
    unit: Unit,
    *,
    article: str,
    pauses: Sequence[Pause] = (),
) -> Counted:
    """Count ``n`` units from ``start`` and say how, citing ``article`` for the period."""
    due = add(calendar, start, n, unit, pauses)
    if unit == "working_day":
        middle = list(_working_steps(calendar, start, due.date, pauses))
    else:
        middle = list(_calendar_steps(calendar, start, n, unit, due.date))
    unit_name = {"working_day": "个工作日", "day": "日", "month": "个月"}[unit]
    head = Step(
        "start", start, start, 0, f"{_told(start)} 当日不计，次日起算", f"{CIVIL_CODE}第201条"
    )
    end = Step("due", due.date, due.date, 0, f"{n} {unit_name}，{_told(due.date)} 届满", article)
    return Counted(start, *due, (head, *middle, end, *_doubt(calendar, start, due)))


def explain_fixed(calendar: Calendar, start: date, due: date, *, article: str) -> Counted:
    """A fixed date: not a period, so it neither rolls nor depends on a calendar."""
    aim = calendar.working_day_before(due)
    return Counted(
        start,
        due,
        False,
        (
            Step("due", due, due, 0, f"固定日期 {_told(due)}（含当日），遇休息日不顺延", article),
            note(aim, f"内部目标：此前最后一个工作日 {_told(aim)}"),
        ),
    )


def _working_steps(
    calendar: Calendar, start: date, due: date, pauses: Sequence[Pause]
) -> Iterator[Step]:
    """Runs of counted days, holidays and pauses; plain weekends are summed up in one line."""
    days = [start + timedelta(days=i) for i in range(1, (due - start).days + 1)]
    sorted_days = [(day, *_sort(calendar, day, pauses)) for day in days]
    weekend = [day for day, kind, *_ in sorted_days if kind == "weekend"]
    number = 0
    runs = groupby((s for s in sorted_days if s[1] != "weekend"), key=lambda s: s[1:])
    for (kind, why, article), grouped in runs:
        run = [day for day, *_ in grouped]
        text = why
        if kind == "count":
            text = _numbers(number, run) + _made_up(run)
            number += len(run)
        elif kind == "pause":
            lost = sum(map(calendar.is_working, run))
            text = f"{why}，不计（其中工作日 {lost} 天）"
        yield Step(kind, run[0], run[-1], len(run), f"{_span(run)} {text}", article)
    if weekend:
        yield Step(
            "weekend", weekend[0], weekend[-1], len(weekend), f"周末不计，共 {len(weekend)} 天"
        )


def _sort(calendar: Calendar, day: date, pauses: Sequence[Pause]) -> tuple[str, str, str]:
    """Why ``day`` counts or does not: kind, reason, article."""
    for pause in pauses:
        if pause.holds(day):
            return "pause", pause.why, pause.article
    if calendar.is_working(day):
        return "count", "", ""
    special = calendar.special(day)
    return ("off", f"{special.name}放假，不计", "") if special else ("weekend", "", "")


def _calendar_steps(
    calendar: Calendar, start: date, n: int, unit: Unit, due: date
) -> Iterator[Step]:
    last = start + timedelta(days=n) if unit == "day" else same_day_later(start, n)
    first = start + timedelta(days=1)
    yield Step("count", first, last, (last - start).days, f"{_told(first)} 至 {_told(last)}")
    if due != last:
        special = calendar.special(last)
        why = special.name if special else weekday_name(last)
        text = f"最后一日 {_told(last)} 是休息日（{why}），顺延至 {_told(due)}"
        yield Step("roll", last, due, (due - last).days, text, f"{CIVIL_CODE}第203条")


def _doubt(calendar: Calendar, start: date, due: Due) -> Iterator[Step]:
    if due.provisional:
        years = [y for y in range(start.year, due.date.year + 1) if y not in calendar.published]
        missing = "、".join(map(str, years or [due.date.year + 1]))
        text = f"{missing} 年放假安排尚未公布或录入，暂按法定节假日推算，公布后重算"
        yield Step("provisional", due.date, due.date, 0, text)


def _numbers(before: int, run: list[date]) -> str:
    first, last = before + 1, before + len(run)
    return f"第 {first} 个工作日" if first == last else f"第 {first}–{last} 个工作日"


def _made_up(run: list[date]) -> str:
    extra = [d for d in run if d.weekday() > 4]
    return f"（{'、'.join(_told(d) for d in extra)} 调休上班，计入）" if extra else ""


def _span(run: list[date]) -> str:
    return _told(run[0]) if len(run) == 1 else f"{_told(run[0])} 至 {_told(run[-1])}"


def _told(day: date) -> str:
    return f"{day.isoformat()}（{weekday_name(day)}）"
