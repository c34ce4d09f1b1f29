"""The table of days, and the calendar built from it."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.clock.rules import STATUTORY, Calendar, Day
from gongkai.clock.shipped import shipped_calendar, shipped_days
from gongkai.refusal import Refused

SUMS = {
    2013: (23, 12), 2014: (16, 5), 2015: (17, 5), 2016: (17, 6), 2017: (16, 5), 2018: (18, 7),
    2019: (17, 6), 2020: (19, 6), 2021: (18, 7), 2022: (18, 7), 2023: (18, 7), 2024: (19, 8),
    2025: (18, 5), 2026: (19, 6),
}  # fmt: skip


def test_it_knows_a_make_up_sunday_and_a_holiday_monday() -> None:
    calendar = shipped_calendar()
    assert calendar.is_working(date(2021, 4, 25))
    assert not calendar.is_working(date(2021, 4, 5))


def test_every_published_day_is_as_the_library_has_it() -> None:
    calendar = shipped_calendar()
    day, differing = date(2004, 1, 1), []
    while day <= date(2026, 12, 31):
        if calendar.is_working(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_the_sums_of_the_years_are_known() -> None:
    found = {
        year: tuple(
            sum(s.day.date.year == year and s.day.kind == kind for s in shipped_days())
            for kind in ("off", "work")
        )
        for year in SUMS
    }
    assert found == SUMS


def test_no_row_says_what_the_weekday_says_already() -> None:
    idle = [s for s in shipped_days() if (s.day.kind == "work") != (s.day.date.weekday() > 4)]
    assert idle == []


def test_lunar_new_year_eve_was_a_working_day_in_2014_and_2024_but_not_in_2025() -> None:
    calendar = shipped_calendar()
    eves = [date(2014, 1, 30), date(2024, 2, 9), date(2025, 1, 28)]
    assert [calendar.is_working(eve) for eve in eves] == [True, True, False]


def test_changes_of_a_published_calendar_keep_their_edition() -> None:
    editions = {s.day.date: s.day.edition for s in shipped_days()}
    assert editions[date(2019, 5, 2)] == "2019-2"
    assert editions[date(2020, 1, 31)] == "2020-2"
    assert editions[date(2018, 12, 29)] == "2019", "a notice reaches into the December before"


@pytest.mark.parametrize("year", range(2027, 2037))
def test_years_without_a_notice_rest_on_the_statutory_holidays(year: int) -> None:
    calendar = shipped_calendar()
    assert year not in calendar.published
    holidays = [date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)]
    assert not any(calendar.is_working(day) for day in holidays)
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    (tomb_sweeping,) = [day for day, term in terms if term == "清明"]
    assert not calendar.is_working(tomb_sweeping)


def test_statutory_days_give_way_to_the_notice() -> None:
    may_day = Day(date(2027, 5, 4), "off", "劳动节", STATUTORY)
    assert not Calendar([may_day]).is_working(may_day.date)
    published = Calendar([may_day, Day(date(2027, 1, 1), "off", "元旦", "2027")])
    assert published.is_working(may_day.date)


def test_a_layer_goes_before_the_country() -> None:
    national = Day(date(2026, 3, 20), "work", "x", "2026")
    local = Day(date(2026, 3, 20), "off", "开斋节", "2026", "640000")
    for days in ([national, local], [local, national]):
        assert not Calendar(days).is_working(local.date)
    assert Calendar([local]).published == frozenset(), "a local day publishes no year"


def test_the_end_of_december_waits_for_the_next_notice() -> None:
    calendar = Calendar([Day(date(2018, 1, 1), "off", "元旦", "2018")])
    assert calendar.is_published(date(2018, 12, 28))
    assert not calendar.is_published(date(2018, 12, 29)), "it became a working Saturday"
    # New Year 2027 is a Friday: no day of December can be moved.
    assert shipped_calendar().is_published(date(2026, 12, 31))


def test_days_beyond_the_calendar_are_refused() -> None:
    for day in (date(1989, 12, 31), date(2061, 1, 1), date.max):
        with pytest.raises(Refused, match="超出日历范围"):
            shipped_calendar().add_working_days(day, 20)
    with pytest.raises(Refused):
        shipped_calendar().add_working_days(date(2060, 12, 20), 20)
