"""A million due dates: ours, the plain way, and the limit. Run: ``python bench/deadlines.py``.

Prints processor seconds per million and ratios of one run; only the ratios travel between
machines.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from gongkai.applications.deadlines import Consultation, Facts, explain_reply, reply_deadline
from gongkai.clock.shipped import shipped_calendar
from gongkai.statute import law_for

MILLION = 1_000_000
CALENDAR = shipped_calendar()
ONE_DAY = timedelta(days=1)


def starts(count: int) -> list[date]:
    dice = random.Random(20)
    return [date(2013, 1, 1) + timedelta(days=dice.randrange(13 * 365)) for _ in range(count)]


def cases(days: list[date]) -> list[Facts]:
    """One in five extended, one in five consulting (half of these twice), one in ten corrected."""
    dice = random.Random(21)
    return [_case(day, dice) for day in days]


def _case(day: date, dice: random.Random) -> Facts:
    asked: list[Consultation] = []
    if dice.random() < 0.2:
        for _ in range(dice.choice((1, 2))):
            sent = day + timedelta(days=dice.randrange(1, 15))
            asked.append(Consultation("third_party", sent, sent + timedelta(days=14)))
    return Facts(
        day,
        law_for(day),
        tuple(asked),
        corrected=day + timedelta(days=9) if dice.random() < 0.1 else None,
        extension=dice.choice((0, 0, 0, 0, 20)),
    )


def per_day(works: Callable[[date], bool], day: date, n: int) -> date:
    while n:
        day += ONE_DAY
        n -= works(day)
    return day


def seconds(work: Callable[[], Iterable[object]], count: int) -> float:
    """Best of three runs over ``count`` dates, scaled to a million."""
    best = min(_once(work) for _ in range(3))
    return best * MILLION / count


def _once(work: Callable[[], Iterable[object]]) -> float:
    begin = time.process_time()
    deque(work(), maxlen=0)
    return time.process_time() - begin


def main() -> int:
    days = starts(MILLION)
    facts = cases(days)
    some, few = days[:50_000], days[:300]
    memo = cache(chinese_calendar.is_workday)
    table = {day: CALENDAR.add_working_days(day, 20).date for day in set(days)}
    gc.freeze()  # the million inputs are no part of what is measured
    took = {
        "library_asked_per_day": seconds(
            lambda: (per_day(chinese_calendar.is_workday, d, 20) for d in few), len(few)
        ),
        "library_memoised": seconds(lambda: (per_day(memo, d, 20) for d in some), len(some)),
        "ours_plain": seconds(lambda: (CALENDAR.add_working_days(d, 20) for d in days), MILLION),
        "ours_plain_in_bulk": seconds(lambda: CALENDAR.add_working_days_to_all(days, 20), MILLION),
        "ours_full_rules": seconds(lambda: (reply_deadline(CALENDAR, f) for f in facts), MILLION),
        "ours_explained": seconds(
            lambda: (explain_reply(CALENDAR, f) for f in facts[:5_000]), 5_000
        ),
        "limit_table_lookup": seconds(lambda: map(table.__getitem__, days), MILLION),
    }
    result = {
        "what": "1,000,000 due dates",
        "seconds_per_million": {name: round(value, 3) for name, value in took.items()},
        "full_rules_faster_than_library": round(
            took["library_asked_per_day"] / took["ours_full_rules"]
        ),
        "full_rules_faster_than_memoised_library": round(
            took["library_memoised"] / took["ours_full_rules"], 1
        ),
        "full_rules_over_limit": round(took["ours_full_rules"] / took["limit_table_lookup"], 1),
        "target_seconds": 2,
        "reached": took["ours_full_rules"] <= 2,
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0 if result["reached"] else 1


if __name__ == "__main__":
    sys.exit(main())
