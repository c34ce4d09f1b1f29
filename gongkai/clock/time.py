"""The only source of the present moment.

Legal periods, ledger entries and replays all ask here, so that a bureau's year can be replayed
and a test can stand on any day without reaching into the operating system.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine


def today() -> date:
    """The present day in China, which is the day that the law counts."""
    return now().astimezone(SHANGHAI).date()


def day_of(moment: datetime) -> date:
    """The day in China on which ``moment`` lies."""
    return moment.astimezone(SHANGHAI).date()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let ``now()`` answer ``moment`` (aware) inside the block: for replays and tests."""
    if moment.tzinfo is None:
        raise ValueError("clock.set_to needs an aware datetime")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
