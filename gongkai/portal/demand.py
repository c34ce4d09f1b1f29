"""What people search for, and did not find: the gap between what is published and what is needed.

A search only adds a line to a file, so that it never waits for the database; once a minute the
lines are counted into a table.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Max, QuerySet, Sum

from gongkai import clock, screening
from gongkai.ledger.actions import record
from gongkai.portal.models import Demand
from gongkai.text.segment import normalise

LONGEST = 100
FULL = 4 * 2**20
"""Bytes of the file above which nothing more is noted: a flood must not fill the disk."""
POPULAR_DAYS, POPULAR_FROM, POPULAR = 30, 3, 8
_LONG_NUMBER = re.compile(r"\d{7}")
"""A mistyped card or telephone number is still somebody's; a document number is shorter."""
REMEMBERED = 300
"""Seconds for which the most searched words stand before they are counted again."""


def note(site: str, query: str, total: int) -> None:
    """Remember a search, unless it holds something personal; nobody's address is kept."""
    text = normalise(query)[:LONGEST]
    if not text or _LONG_NUMBER.search(text) or screening.screen_text(query):
        return
    path = _file()
    told = {"on": clock.today().isoformat(), "site": site, "query": text, "found": total}
    line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
    try:
        if path.exists() and path.stat().st_size > FULL:
            return
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        return  # a search is answered whether or not it can be remembered
    with os.fdopen(handle, "ab", buffering=0) as file:
        file.write(line)


def gather() -> int:
    """Count the noted searches into the table; returns how many there were."""
    taken = _file().with_suffix(".taken")
    if not taken.exists():  # else a run died before its end: its lines come first
        try:
            _file().replace(taken)
        except FileNotFoundError:
            return 0
    count = _count_in(list(_lines(taken)))
    taken.unlink()
    return count


@transaction.atomic
def _count_in(lines: Sequence[tuple[date, str, str, int]]) -> int:
    times = Counter((on, site, query) for on, site, query, _ in lines)
    last = {(on, site, query): found for on, site, query, found in lines}
    for (on, site, query), n in times.items():
        row, _ = Demand.objects.get_or_create(on=on, site=site, query=query)
        facts = {"times": F("times") + n, "found": last[on, site, query]}
        Demand.objects.filter(pk=row.pk).update(**facts)
    if lines:
        record("search.counted", "demand", data={"searches": len(lines)})
    return len(lines)


def popular_on(site: str) -> tuple[str, ...]:
    """What was searched most in the last 30 days on a site, and found."""
    key = f"popular:{site}"
    known: tuple[str, ...] | None = cache.get(key)
    if known is None:
        rows = _since(POPULAR_DAYS).filter(site=site).values("query")
        often = rows.annotate(n=Sum("times"), best=Max("found")).filter(n__gte=POPULAR_FROM)
        known = tuple(often.filter(best__gt=0).order_by("-n", "query")[:POPULAR]
                      .values_list("query", flat=True))  # fmt: skip
        cache.set(key, known, REMEMBERED)
    return known


@dataclass(frozen=True)
class Unmet:
    """A query that found nothing, how often it was asked, and when last."""

    query: str
    times: int
    last: date


def unmet(sites: Sequence[str], *, days: int) -> list[Unmet]:
    """What was searched on these sites in the last days without any result, most often first."""
    rows = _since(days).filter(site__in=sites).values("query")
    asked = rows.annotate(n=Sum("times"), best=Max("found"), last=Max("on")).filter(best=0)
    return [Unmet(r["query"], r["n"], r["last"]) for r in asked.order_by("-n", "query")[:200]]


def _since(days: int) -> QuerySet[Demand]:
    return Demand.objects.filter(on__gt=clock.today() - timedelta(days=days))


def _file() -> Path:
    return Path(settings.DATA) / "searches.jsonl"


def _lines(path: Path) -> Iterator[tuple[date, str, str, int]]:
    """The noted searches; a line that was cut short is passed over."""
    for line in path.read_bytes().splitlines():
        try:
            told = json.loads(line)
            yield (
                date.fromisoformat(told["on"]), str(told["site"])[:30],
                str(told["query"])[:LONGEST], max(0, int(told["found"])),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            continue
