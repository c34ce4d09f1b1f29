"""What every organ must show: its guide, its yearly reports, its leaders and units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from gongkai.agencies.models import Agency, Leader
from gongkai.agencies.queries import leaders_of, units_of
from gongkai.catalogue.models import SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.oversight.inspection import guide
from gongkai.oversight.inspection.columns import Looked
from gongkai.oversight.inspection.gathering import GUIDE, Seen
from gongkai.oversight.inspection.indicators import Found, Indicator, judged
from gongkai.oversight.inspection.sites import Column, InspectedSite

FIRST_REPORT = 2008
"""The first Regulations came into force in 2008."""

_YEAR = re.compile(r"(20\d\d)\s*年")
_NEW_LAW = 2019

Columns = list[tuple[InspectedSite, Seen, Column]]


def guide_complete(looked: Looked) -> Indicator:
    """The guide that is newest in its column: every element there, nothing left to fill in."""
    return judged("guide", _guide(looked))


def _guide(looked: Looked) -> Iterator[Found]:
    columns = _columns(looked, lambda c: GUIDE in c.title)
    if not columns:
        yield from _nowhere(looked, "没有“政府信息公开指南”栏目")
    for site, seen, column in columns:
        newest = seen.guides.get(column.path)
        page = newest.page if newest else column.path
        text = newest.text if newest else seen.texts.get(column.path, "")
        for name in guide.missing(text):
            yield site.found(f"公开指南缺少：{name}", page)
        for words in guide.placeholders(text):
            yield site.found(f"公开指南有没填好的内容：{words}", page)


def annual_reports(looked: Looked, agency: Agency, today: date) -> Indicator:
    """One report for each year since the first. Years before the first may never have had one:
    they are told, and cost no veto.
    """
    columns = _columns(looked, lambda c: c.kind == ColumnKind.REPORTS)
    if not columns:
        return judged("annual_reports", _nowhere(looked, "没有年度报告栏目"))
    rows: list[Found] = []
    fails = False
    for site, seen, column in columns:
        years = {
            int(y) for title in seen.reports.get(column.path, []) for y in _YEAR.findall(title)
        }
        gaps, early = missing_years(years, founded_in(agency), today)
        fails = fails or bool(gaps)
        rows += [site.found(f"缺少 {year} 年度报告", column.path) for year in gaps]
        if early:
            span = f"{early[0]}" if len(early) == 1 else f"{early[0]} 至 {early[-1]}"
            wrong = f"{span} 年的年度报告没有公开，请补上，或者在栏目里说明没有编制"
            rows.append(site.found(wrong, column.path))
    return judged("annual_reports", rows, fails_at=None, fails=fails)


def missing_years(years: set[int], founded: int, today: date) -> tuple[list[int], list[int]]:
    """The gaps from the first report on, and the years before it in which the organ was there.

    Last year's report is due on 31 January (R19 art 49), under the first Regulations on 31 March.
    """
    due = date(today.year, 1, 31) if today.year > _NEW_LAW else date(today.year, 3, 31)
    last = today.year - (1 if today > due else 2)
    start = max(FIRST_REPORT, founded)
    first = min((y for y in years if y >= start), default=None)
    if first is None:
        return list(range(start, last + 1)), []
    gaps = [year for year in range(first, last + 1) if year not in years]
    return gaps, list(range(start, first))


def founded_in(agency: Agency) -> int:
    """The year of the organ's oldest unit."""
    first = agency.units.order_by("valid_from").values_list("valid_from", flat=True).first()
    return first.year if first else FIRST_REPORT


def organisation(looked: Looked, agency: Agency, today: date) -> Indicator:
    """The pages of leaders and units name everybody who is there now, and nobody who left."""
    return judged(
        "organisation", [*_leaders(looked, agency, today), *_units(looked, agency, today)]
    )


def _leaders(looked: Looked, agency: Agency, today: date) -> Iterator[Found]:
    columns = _columns(looked, lambda c: c.kind == ColumnKind.LEADERS)
    if not columns:
        yield from _nowhere(looked, "没有领导信息栏目")
    now = {leader.name for leader in leaders_of(agency, today)}
    left = set(Leader.objects.filter(agency=agency, end__lt=today).values_list("name", flat=True))
    for site, seen, column in columns:
        text = seen.texts.get(column.path, "")
        if not now:
            yield site.found("没有登记在任的局领导", column.path)
        for name in sorted(now):
            if name not in text:
                yield site.found(f"没有列出{name}", column.path)
        for name in sorted(left - now):
            if name in text:
                yield site.found(f"{name}已离任，仍列在领导信息里", column.path)


def _units(looked: Looked, agency: Agency, today: date) -> Iterator[Found]:
    columns = _columns(looked, lambda c: c.kind == ColumnKind.CONTACTS)
    if not columns:
        yield from _nowhere(looked, "没有机构设置和通讯录栏目")
    for site, seen, column in columns:
        text = seen.texts.get(column.path, "")
        for unit in units_of(agency, today):
            if unit.name not in text:
                yield site.found(f"没有列出{unit.name}", column.path)


def _columns(looked: Looked, wanted: Callable[[Column], bool]) -> Columns:
    return [
        (site, seen, column)
        for site, seen in looked
        for column in site.columns.values()
        if wanted(column) and not column.leads_to
    ]


def _nowhere(looked: Looked, wrong: str) -> Iterable[Found]:
    """Said once, of the organ's portal: a law site alone shows no organ."""
    sites = sorted((s for s, _ in looked), key=lambda s: s.kind != SiteProfile.Kind.PORTAL)
    return [sites[0].found(wrong, "/")] if sites else []
