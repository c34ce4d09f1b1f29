"""Working days, calendar days, months, pauses; and what must hold for any of them."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.clock.rules import (
    Counted,
    Pause,
    add_days,
    add_months,
    explain,
    next_fixed_date,
    union,
)
from gongkai.clock.shipped import shipped_calendar

CALENDAR = shipped_calendar()
days = st.dates(date(2004, 1, 1), date(2029, 12, 31))
numbers = st.integers(1, 60)


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, int, list[Pause]]:
    """A start, a number of days and some pauses near them, overlapping or not."""
    start = draw(days)
    pauses = [
        Pause(start + timedelta(days=after), start + timedelta(days=after + length), "征求意见")
        for after, length in draw(
            st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 40)), max_size=4)
        )
    ]
    return start, draw(numbers), pauses


def plainly(start: date, n: int, pauses: list[Pause]) -> date:
    """The rule as it is worded: next working day not inside an interval, n times."""
    day = start
    while n:
        day += timedelta(days=1)
        if CALENDAR.is_working(day) and not any(p.after < day <= p.until for p in pauses):
            n -= 1
    return day


def test_twenty_working_days() -> None:
    assert CALENDAR.add_working_days(date(2021, 3, 1), 20) == (date(2021, 3, 29), False)


def test_day_counting_begins_on_the_next_working_day() -> None:
    assert CALENDAR.add_working_days(date(2022, 6, 11), 1).date == date(2022, 6, 13)


def test_a_date_in_an_unpublished_year_is_provisional_and_counts_statutory_holidays() -> None:
    due = CALENDAR.add_working_days(date(2026, 12, 20), 20)
    assert due == (date(2027, 1, 18), True), "1 January 2027 is off, weekends are, no more"
    assert not CALENDAR.add_working_days(date(2026, 11, 2), 20).provisional


@given(cases())
def test_it_counts_as_the_rule_is_worded(case: tuple[date, int, list[Pause]]) -> None:
    start, n, pauses = case
    assert CALENDAR.add_working_days(start, n, pauses).date == plainly(start, n, pauses)


@given(cases())
def test_the_due_date_is_a_working_day_outside_every_pause(
    case: tuple[date, int, list[Pause]],
) -> None:
    start, n, pauses = case
    due = CALENDAR.add_working_days(start, n, pauses).date
    assert CALENDAR.is_working(due)
    assert not any(pause.holds(due) for pause in pauses)


@given(cases())
def test_a_pause_never_shortens(case: tuple[date, int, list[Pause]]) -> None:
    start, n, pauses = case
    plain = CALENDAR.add_working_days(start, n).date
    assert all(
        CALENDAR.add_working_days(start, n, pauses[:k]).date
        <= CALENDAR.add_working_days(start, n, pauses[: k + 1]).date
        for k in range(len(pauses))
    )
    assert CALENDAR.add_working_days(start, n, pauses).date >= plain


@given(cases())
def test_more_days_are_later_and_a_later_start_is_not_earlier(
    case: tuple[date, int, list[Pause]],
) -> None:
    start, n, pauses = case
    due = CALENDAR.add_working_days(start, n, pauses).date
    assert CALENDAR.add_working_days(start, n + 1, pauses).date > due
    assert CALENDAR.add_working_days(start + timedelta(days=1), n, pauses).date >= due


@given(cases())
def test_union_holds_the_same_days_and_never_overlaps(
    case: tuple[date, int, list[Pause]],
) -> None:
    start, _, pauses = case
    merged = union(pauses)
    for offset in range(-15, 110):
        day = start + timedelta(days=offset)
        assert any(p.holds(day) for p in pauses) == any(a < day <= u for a, u in merged)
    assert all(first[1] < second[0] for first, second in itertools.pairwise(merged))


@given(cases())
def test_the_trace_accounts_for_every_day(case: tuple[date, int, list[Pause]]) -> None:
    start, n, pauses = case
    counted = explain(CALENDAR, start, n, "working_day", article="第33条", pauses=pauses)
    assert (counted.due, counted.provisional) == CALENDAR.add_working_days(start, n, pauses)
    assert total(counted, "count") == n
    accounted = sum(total(counted, kind) for kind in ("count", "off", "pause", "weekend"))
    assert accounted == (counted.due - start).days
    assert counted.provisional == any(step.kind == "provisional" for step in counted.steps)


@given(days, days)
def test_working_days_between_is_the_reverse_of_adding(start: date, end: date) -> None:
    between = CALENDAR.working_days_between(start, end)
    assert between == -CALENDAR.working_days_between(end, start)
    if between > 0:
        last = CALENDAR.add_working_days(start, between).date
        assert last <= end and not CALENDAR.working_days_between(last, end)


def total(counted: Counted, kind: str) -> int:
    return sum(step.days for step in counted.steps if step.kind == kind)


def test_calendar_days_roll_over_a_holiday_but_not_over_a_make_up_day() -> None:
    assert add_days(CALENDAR, date(2025, 1, 20), 15).date == date(2025, 2, 5)
    assert add_months(CALENDAR, date(2014, 11, 30), 3).date == date(2015, 2, 28)


def test_months_end_on_the_same_number_or_the_last_day() -> None:
    assert add_months(CALENDAR, date(2023, 8, 31), 6).date == date(2024, 2, 29)
    assert add_months(CALENDAR, date(2024, 6, 12), 6).date == date(2024, 12, 12)


def test_a_rolled_date_in_an_unpublished_year_is_provisional() -> None:
    assert add_days(CALENDAR, date(2026, 12, 1), 60).provisional
    assert not add_days(CALENDAR, date(2026, 10, 1), 60).provisional


def test_a_fixed_date_neither_rolls_nor_moves() -> None:
    assert next_fixed_date(date(2021, 12, 20), 1, 31) == date(2022, 1, 31)
    assert next_fixed_date(date(2022, 1, 31), 1, 31) == date(2022, 1, 31)
    assert CALENDAR.working_day_before(date(2021, 1, 31)) == date(2021, 1, 29)


def test_the_trace_says_why_days_do_not_count() -> None:
    pauses = [Pause(date(2021, 6, 7), date(2021, 6, 21), "征求第三方意见", "第33条第3款")]
    counted = explain(
        CALENDAR, date(2021, 6, 1), 20, "working_day", article="第33条", pauses=pauses
    )
    (pause,) = [step for step in counted.steps if step.kind == "pause"]
    assert (pause.first, pause.last, pause.article) == (
        date(2021, 6, 8),
        date(2021, 6, 21),
        "第33条第3款",
    )
    assert "其中工作日 9 天" in pause.text
    make_up = explain(CALENDAR, date(2021, 4, 20), 5, "working_day", article="第33条")
    assert any("2021-04-25（周日） 调休上班" in step.text for step in make_up.steps)


def test_zero_days_are_no_period() -> None:
    with pytest.raises(ValueError):
        CALENDAR.add_working_days(date(2021, 3, 1), 0)
