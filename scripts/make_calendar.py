"""Write ``gongkai/clock/data/days.csv`` anew.

Published years come from the development dependency ``chinesecalendar``; later years hold the
statutory holidays alone (edition 法定), until their notice is imported. Run it when a new release
of the library knows another year: ``python scripts/make_calendar.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

TABLE = Path(__file__).parents[1] / "gongkai" / "clock" / "data" / "days.csv"
FIRST, LAST, STATUTORY_LAST = 2004, 2026, 2036

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
# Notices that changed a calendar after it was published: from, to, edition, title.
CHANGES = [
    (date(2015, 9, 1), date(2015, 9, 10), "2015-2", "国务院关于抗战胜利70周年纪念日调休放假的通知"),
    (
        date(2019, 4, 27),
        date(2019, 5, 6),
        "2019-2",
        "国务院办公厅关于调整2019年劳动节假期安排的通知",
    ),
    (date(2020, 1, 19), date(2020, 2, 2), "2020-2", "国务院办公厅关于延长2020年春节假期的通知"),
]
# Lunar New Year, Tomb-sweeping, Dragon Boat, Mid-Autumn of the years without a notice.
FESTIVALS = {
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
    2036: ("01-28", "04-04", "05-30", "10-04"),
}
HOLIDAY_LAW = "全国年节及纪念日放假办法（2024年修订）"
Row = tuple[date, str, str, str, str]


def published() -> Iterator[Row]:
    day = date(FIRST, 1, 1)
    while day <= date(LAST, 12, 31):
        works = chinese_calendar.is_workday(day)
        if works != (day.weekday() < 5):
            name = NAMES[chinese_calendar.get_holiday_detail(day)[1]]
            yield (day, "work" if works else "off", name + "调休上班" * works, *origin(day, name))
        day += timedelta(days=1)


def origin(day: date, name: str) -> tuple[str, str]:
    """Edition and title of the notice that arranges ``day``."""
    for first, last, edition, title in CHANGES:
        if first <= day <= last:
            return edition, title
    # A notice for New Year may reach into the December before.
    year = day.year + (day.month == 12 and name == "元旦")
    return str(year), f"国务院办公厅关于{year}年部分节假日安排的通知"


def statutory() -> Iterator[Row]:
    for year in range(LAST + 1, STATUTORY_LAST + 1):
        spring, tomb, boat, moon = (date.fromisoformat(f"{year}-{md}") for md in FESTIVALS[year])
        named = [
            ("元旦", date(year, 1, 1), 1),
            ("春节", spring - timedelta(days=1), 4),
            ("清明节", tomb, 1),
            ("劳动节", date(year, 5, 1), 2),
            ("端午节", boat, 1),
            ("中秋节", moon, 1),
            ("国庆节", date(year, 10, 1), 3),
        ]
        for name, first, length in named:
            for day in (first + timedelta(days=i) for i in range(length)):
                if day.weekday() < 5:
                    yield day, "off", name, "法定", HOLIDAY_LAW


def main() -> None:
    rows = {row[0]: row for row in [*published(), *statutory()]}
    with TABLE.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["date", "kind", "name", "edition", "source"])
        writer.writerows(rows[day] for day in sorted(rows))
    print(f"{len(rows)} days written to {TABLE.name}")


if __name__ == "__main__":
    main()
