"""The calendar in the database: filled by the migration, changed by a notice."""

from datetime import date, timedelta

import pytest

from gongkai.clock import queries
from gongkai.clock.actions import set_days
from gongkai.clock.models import CalendarDay
from gongkai.clock.rules import Day
from gongkai.clock.shipped import shipped_calendar, shipped_days
from gongkai.refusal import Refused

pytestmark = pytest.mark.django_db

NOTICE_2027 = [
    Day(date(2027, 1, 1), "off", "元旦"),
    *(Day(date(2027, 2, 5) + timedelta(days=i), "off", "春节") for i in range(7)),
    Day(date(2027, 2, 20), "work", "春节调休上班"),
    Day(date(2027, 10, 1), "off", "国庆节"),
]


def publish_2027(**changed: object) -> int:
    facts = {"year": 2027, "edition": "2027", "source": "放假通知", "days": NOTICE_2027}
    return set_days(**(facts | changed))  # type: ignore[arg-type]


def test_a_new_database_holds_the_shipped_days() -> None:
    assert CalendarDay.objects.count() == len(shipped_days())
    here, shipped = queries.calendar(), shipped_calendar()
    assert here.published == shipped.published
    day = date(2004, 1, 1)
    while day.year < 2037:
        assert here.is_working(day) == shipped.is_working(day)
        day += timedelta(days=1)


def test_an_unchanged_calendar_costs_one_query(django_assert_num_queries: object) -> None:
    first = queries.calendar()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.calendar() is first


def test_a_notice_makes_a_provisional_date_sure() -> None:
    received = date(2026, 12, 20)
    assert queries.calendar().add_working_days(received, 40).provisional
    publish_2027()
    due = queries.calendar().add_working_days(received, 40)
    assert due == (date(2027, 2, 20), False), "the made-up Saturday is the 40th day"


def test_a_later_edition_replaces_the_former_and_says_so() -> None:
    publish_2027()
    publish_2027(edition="2027-2", days=[*NOTICE_2027, Day(date(2027, 9, 3), "off", "纪念日")])
    assert set(CalendarDay.objects.filter(date__year=2027).values_list("edition", flat=True)) == {
        "2027-2"
    }
    assert not queries.calendar().is_working(date(2027, 9, 3))


def test_the_days_that_the_next_notice_took_from_december_survive_a_change() -> None:
    new_year = [Day(date(2027, 12, 31), "off", "元旦")]
    fixed = [Day(date(2028, 5, 1), "off", "劳动节")]
    set_days(year=2028, edition="2028", source="放假通知", days=[*new_year, *fixed])
    publish_2027()
    assert not queries.calendar().is_working(date(2027, 12, 31))


def test_an_agency_has_holidays_of_its_own() -> None:
    day = Day(date(2026, 3, 20), "off", "开斋节")
    set_days(year=2026, edition="2026", source="自治区通知", days=[day], layer="640000")
    assert not queries.calendar("640000").is_working(day.date)
    assert queries.calendar().is_working(day.date)
    assert queries.calendar("640000").is_published(date(2026, 5, 1))


def test_days_that_say_nothing_new_are_dropped() -> None:
    sundays = sum(d.kind == "off" and d.date.weekday() > 4 for d in NOTICE_2027)
    assert sundays == 2
    assert publish_2027() == len(NOTICE_2027) - sundays


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"edition": "2026"}, "版次要以年份开头"),
        ({"days": NOTICE_2027[1:]}, "缺少 1 月 1 日"),
        ({"days": [*NOTICE_2027, NOTICE_2027[0]]}, "出现了两次"),
        ({"days": [*NOTICE_2027, Day(date(2028, 1, 3), "off", "元旦")]}, "不属于 2027 年"),
        ({"days": [*NOTICE_2027, Day(date(2027, 3, 1), "work", "x")]}, "本来就是工作日"),
    ],
)
def test_a_faulty_notice_changes_nothing(changed: dict[str, object], message: str) -> None:
    before = queries.calendar_version()
    with pytest.raises(Refused, match=message):
        publish_2027(**changed)
    assert queries.calendar_version() == before
