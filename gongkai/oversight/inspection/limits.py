"""How old things may be, and how many faults a national check forgives. Pure; all in one place,
since provinces use their own numbers.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from gongkai.catalogue.rules import ColumnKind

HOME_DAYS = 14  # not law: an indicator (国办秘函〔2019〕19号)
"""Without anything new for two weeks a home page is a veto item."""

MOST_NEWS_AND_NOTICES, MOST_STALE, MOST_EMPTY = 5, 10, 5
"""From this many stale or empty columns on a site is unqualified (单项否决)."""

MOST_MONTHS_UNANSWERED = 3  # not law: an indicator (国办秘函〔2019〕19号)
CONFIRMED_DAYS = 92  # not law: this house's own
"""“本期无更新” holds for a quarter at most: then somebody looks again."""

_WEEKS_2 = frozenset({ColumnKind.NEWS, ColumnKind.PICTURES})
_MONTHS_6 = frozenset({ColumnKind.NOTICE, ColumnKind.POLICY, ColumnKind.VIDEO})
VETO_KINDS = frozenset({ColumnKind.NEWS, ColumnKind.NOTICE, ColumnKind.POLICY})


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def oldest_allowed(kind: str, update_days: int | None, today: date) -> date | None:
    """The day since which a column must have had something new; None when it has no limit.

    A column's own limit may be stricter than the national one of its kind, never laxer.
    """
    limits = []
    if kind in _WEEKS_2:
        limits.append(today - timedelta(days=HOME_DAYS))
    if kind in _MONTHS_6:
        limits.append(months_before(today, 6))
    if update_days:
        limits.append(today - timedelta(days=update_days))
    return max(limits, default=None)


def limit_in_words(kind: str, update_days: int | None) -> str:
    """The limit as an editor reads it; of two the stricter one."""
    national = HOME_DAYS if kind in _WEEKS_2 else 180 if kind in _MONTHS_6 else None
    if update_days and (national is None or update_days < national):
        return f"{update_days} 天"
    return "两周" if kind in _WEEKS_2 else "六个月"
