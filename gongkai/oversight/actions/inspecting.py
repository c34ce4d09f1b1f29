"""The self-inspection: run, kept, told to the units; and a person's word for a quiet column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.queries import holders
from gongkai.agencies.rules import Role
from gongkai.catalogue.models import ColumnPage
from gongkai.catalogue.queries import released_items
from gongkai.ledger.actions import record
from gongkai.outbox.actions import post as post_message
from gongkai.oversight.actions.checked import entered
from gongkai.oversight.inspection import EDITION, Indicator, Search, Verdict, inspect
from gongkai.oversight.inspection.limits import CONFIRMED_DAYS
from gongkai.oversight.models import InspectionRun, NothingHappened
from gongkai.oversight.queries import confirming_duty, last_run
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.rules import look_back_is_due

_LINES = 8


def inspect_nightly(search: Search) -> list[InspectionRun]:
    """Inspect each organ once a night, and at once under a new edition of the indicators."""
    done = []
    for agency in Agency.objects.filter(sites__isnull=False).distinct():
        last = last_run(agency, nightly=True)
        begun = last.at.astimezone(clock.SHANGHAI) if last else None
        edition = last.edition if last else ""
        if look_back_is_due(EDITION, edition, begun, clock.now().astimezone(clock.SHANGHAI)):
            run = inspect_now(agency, search, nightly=True)
            done += [run] if run else []
    return done


def inspect_now(agency: Agency, search: Search, *, nightly: bool = False) -> InspectionRun | None:
    """Inspect and keep; None while the organ has no public site. Only a nightly run tells units."""
    last = last_run(agency)
    again = [(f["site"], f["page"]) for f in last.found_of("search")] if last else []
    indicators = inspect(agency, search, again=again)
    return keep_run(agency, indicators, nightly=nightly) if indicators else None


@transaction.atomic
def keep_run(
    agency: Agency, indicators: Sequence[Indicator], *, nightly: bool = False
) -> InspectionRun:
    """Store a run; after a nightly one each unit hears of what is new for it since the last."""
    before = last_run(agency, nightly=True)
    run = InspectionRun.objects.create(
        agency=agency, at=clock.now(), edition=EDITION, nightly=nightly,
        indicators=[indicator.as_json() for indicator in indicators],
    )  # fmt: skip
    failed = [i.id for i in indicators if i.verdict == Verdict.FAIL]
    if nightly:
        _tell(run, before)
    record(
        "site.inspected", f"agency:{agency.code}",
        data={"edition": EDITION, "failed": failed, "nightly": nightly},
    )  # fmt: skip
    return run


@transaction.atomic
def confirm_nothing_happened(
    column: ColumnPage, *, by: User, reason: str, until: date
) -> NothingHappened:
    """“本期无更新”: until a day, a quarter away at most, the column counts as up to date.

    By whoever writes for the column's unit or oversees. An empty column cannot be explained away.
    """
    duty = confirming_duty(by, column)
    if duty is None:
        raise NotPermitted("您的岗位不能办理此事，应由栏目责任处室、信息办或者监督员确认。")
    assert column.unit is not None
    post = require(by, duty, column.agency, column.unit)
    today = clock.today()
    if not reason.strip():
        raise Refused("请写明本期为什么没有更新，例如“本季度没有人事任免”。", field="reason")
    if until < today:
        raise Refused("有效期不能早于今天。", field="until")
    latest = today + timedelta(days=CONFIRMED_DAYS)
    if until > latest:
        raise Refused(f"一次最多确认一个季度，有效期请不要晚于 {latest}。", field="until")
    if not released_items(column).exists():
        raise Refused("栏目里没有内容，不能确认为没有更新：请补充内容，或者撤回栏目。")
    said = entered(
        NothingHappened(column=column, by=by, reason=reason.strip(), on=today, until=until)
    )
    record(
        "column.confirmed_quiet", column.subject, by=by, post=str(post),
        data={"until": until.isoformat(), "reason": said.reason},
    )  # fmt: skip
    return said


def _tell(run: InspectionRun, before: InspectionRun | None) -> None:
    """One notice a person: whoever heads two units, or stands in for them, reads both at once."""
    known = {_key(key, row) for key, row in _counting(before)} if before else set()
    told = {code: _told(run.agency, code) for code in {r["unit_code"] for _, r in _counting(run)}}
    rows: dict[str, list[str]] = {}
    new: set[str] = set()
    for key, row in _counting(run):
        for username in told[row["unit_code"]]:
            rows.setdefault(username, []).append(_line(row))
            if _key(key, row) not in known:
                new.add(username)
    for username in sorted(new):
        _post(run, username, rows[username])


def _counting(run: InspectionRun) -> Iterable[tuple[str, dict[str, Any]]]:
    return ((i["id"], row) for i in run.indicators for row in i["found"] if not row["note"])


def _key(indicator: str, row: dict[str, Any]) -> tuple[str, ...]:
    """What stays the same while nothing changes; on how many pages a fault stands may vary."""
    return (indicator, row["site"], row["page"], row["case"], row["wrong"])


def _line(row: dict[str, Any]) -> str:
    where = row["column"] or row["case"]
    return f"{where}：{row['wrong']}" if where else str(row["wrong"])


def _told(agency: Agency, code: str) -> list[str]:
    """The head of the unit; where there is none, the information office."""
    unit = Unit.objects.filter(agency=agency, code=code).first() if code else None
    heads = holders(Role.UNIT_HEAD, agency, unit) if unit else User.objects.none()
    told = heads or holders(Role.INFORMATION_OFFICE, agency)
    return [person.username for person in told]


def _post(run: InspectionRun, username: str, lines: list[str]) -> None:
    more = f"另有 {len(lines) - _LINES} 项。" if len(lines) > _LINES else ""
    post_message(
        kind="inspection", channel="desk", recipient=username,
        subject=f"网站自查：有 {len(lines)} 项需要处理",
        body="；".join(lines[:_LINES]) + f"。{more}请打开“报告”→“网站自查”逐项处理。",
        about=f"inspection:{run.agency.code}/{run.pk}",
    )  # fmt: skip
