"""Whether the front page and the columns live: from the dates that the published pages show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from urllib.parse import urljoin

from gongkai.catalogue.rules import ColumnKind
from gongkai.oversight.inspection.gathering import Seen
from gongkai.oversight.inspection.indicators import Found, Indicator, judged
from gongkai.oversight.inspection.limits import (
    HOME_DAYS,
    MOST_EMPTY,
    MOST_NEWS_AND_NOTICES,
    MOST_STALE,
    VETO_KINDS,
    limit_in_words,
    oldest_allowed,
)
from gongkai.oversight.inspection.sites import Column, InspectedSite

Looked = list[tuple[InspectedSite, Seen]]

_CLOSED = re.compile(r"升级改版|网站改版|系统升级中|网站升级|正在建设|建设中|维护中")
# What these show stands in registers or elsewhere, and is looked at by itself.
_WITHOUT_ITEMS = frozenset({ColumnKind.CONTACTS, ColumnKind.LEADERS, ColumnKind.LINKS})


def home_updated(looked: Looked, today: date) -> Indicator:
    """A front page shows something that became public within two weeks; no date counts as none."""
    return judged("home_updated", (f for site, seen in looked for f in _front(site, seen, today)))


def _front(site: InspectedSite, seen: Seen, today: date) -> Iterable[Found]:
    if seen.front is None:
        yield site.found("首页没有发布", "/")
        return
    if said := _CLOSED.search(seen.front.text):
        yield site.found(f"首页写着“{said.group()}”", "/")
    led_to = (urljoin("/", target) for target in seen.front.targets)
    days = [seen.released[path] for path in led_to if path in seen.released]
    newest = max((day for day in days if day <= today), default=None)
    if newest is None:
        yield site.found("首页没有带公开时间的信息", "/")
    elif newest < today - timedelta(days=HOME_DAYS):
        yield site.found(f"首页最近更新 {newest}，应两周内有更新", "/")


def columns_updated(looked: Looked, today: date, confirmed: Mapping[int, str]) -> Indicator:
    """Stale columns; a person may have confirmed that nothing happened (see ``confirmed``).

    Fails for the whole when one site reaches a national number.
    """
    rows: list[Found] = []
    fails = False
    for site, seen in looked:
        counting = 0
        veto = 0
        for column in site.columns.values():
            if entry := _stale(site, column, seen, today, confirmed.get(column.id, "")):
                rows.append(entry)
                counting += not entry.note
                veto += not entry.note and column.kind in VETO_KINDS
        fails = fails or veto >= MOST_NEWS_AND_NOTICES or counting >= MOST_STALE
    return judged("columns_updated", rows, fails_at=None, fails=fails)


def _stale(site: InspectedSite, column: Column, seen: Seen, today: date, note: str) -> Found | None:
    oldest = oldest_allowed(column.kind, column.update_days, today)
    if oldest is None or column.leads_to or not seen.contents.get(column.path):
        return None
    newest = seen.newest.get(column.path)
    if newest is not None and newest >= oldest:
        return None
    limit = limit_in_words(column.kind, column.update_days)
    last = f"最近更新 {newest}" if newest else "没有带公开时间的信息"
    return site.found(f"{last}，应{limit}内有更新", column.path, note=note)


def columns_empty(looked: Looked) -> Indicator:
    """Columns in which there is nothing, or whose page is not there."""
    rows: list[Found] = []
    fails = False
    for site, seen in looked:
        empty = [e for c in site.columns.values() if (e := _empty(site, c, seen)) is not None]
        fails = fails or len(empty) >= MOST_EMPTY
        rows += empty
    return judged("columns_empty", rows, fails_at=None, fails=fails)


def _empty(site: InspectedSite, column: Column, seen: Seen) -> Found | None:
    if column.leads_to or column.kind in _WITHOUT_ITEMS or seen.contents.get(column.path):
        return None
    if column.kind == ColumnKind.SECTION and _has_columns(site, column):
        return None
    return site.found("栏目里没有内容", column.path)


def _has_columns(site: InspectedSite, section: Column) -> bool:
    """A section is there for its columns, of which each is looked at."""
    return any(p != section.path and p.startswith(section.path) for p in site.columns)
