"""Deadlines of a whole table: what ``gongkai deadlines FILE.csv`` prints."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from gongkai.applications.deadlines.reply import Consultation, Facts, explain_reply
from gongkai.applications.deadlines.targets import NEEDS_LAW, TARGETS, count_target
from gongkai.clock.rules import Calendar, Counted
from gongkai.clock.shipped import shipped_calendar
from gongkai.refusal import Refused
from gongkai.statute import Law, channel, law, law_for

NEEDED = ("id", "statute", "channel", "received", "events")
ALLOWED = frozenset((*NEEDED, "expected_due", "reason"))

_CONSULTED: dict[str, tuple[Literal["third_party", "organ"], str]] = {
    "consult": ("third_party", "third_received"),
    "organ_consult": ("organ", "organ_received"),
}
_DAYS = frozenset(("corrected", "correction_notice", "fee_notice_received", "paid"))
# Told for the record: ``received`` already is what follows from them.
_FOR_THE_RECORD = frozenset(
    {
        "posted",
        "arrived",
        "confirmed",
        "submitted",
        "system_received",
        "read",
        "contact_restored",
        "third_received",
        "organ_received",
    }
)
_FLAGS = frozenset(("withdrawn_extension",))
_ONCE = frozenset(("extend", "target")) | _DAYS | _FOR_THE_RECORD | _FLAGS
# The day from which a target counts, where the row tells it apart from ``received``.
_COUNTED_FROM = {
    "fee_payment": "fee_notice_received",
    "third_party_opinion": "third_received",
    "co_organ_opinion": "organ_received",
}

Events = dict[str, list[str]]


def run(path: str) -> Iterator[dict[str, Any]]:
    """A result for each row of the file, by the shipped calendar; needs no database."""
    yield from deadlines_from_csv(Path(path), shipped_calendar())


def deadlines_from_csv(path: Path, calendar: Calendar) -> Iterator[dict[str, Any]]:
    """``{"id", "due", "provisional", "counted"}`` for each row.

    Raises ``Refused``, which names the line, at the first row that cannot be understood.
    """
    for line, row in _rows(path):
        name = row["id"] or "无编号"
        try:
            counted = _count(calendar, row)
        except Refused as refused:
            raise Refused(
                f"第 {line} 行（{name}）：{refused.message}", field=refused.field, rule=refused.rule
            ) from None
        yield {
            "id": row["id"],
            "due": counted.due.isoformat(),
            "provisional": counted.provisional,
            "counted": [step.as_json() for step in counted.steps],
        }


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and stripped cells of each row that is not blank."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_head(list(reader.fieldnames or ()))
            for row in reader:
                if None in row or None in row.values():
                    raise Refused(f"第 {reader.line_num} 行的列数与表头不同，请检查逗号和引号。")
                cells = {key: value.strip() for key, value in row.items()}
                if any(cells.values()):
                    yield reader.line_num, cells
    except OSError:
        raise Refused(f"打不开文件 {path}，请检查路径。") from None
    except UnicodeDecodeError:
        raise Refused("文件不是 UTF-8 编码，请另存为 UTF-8 的 CSV。") from None
    except csv.Error as error:
        raise Refused(f"不是完好的 CSV 文件：{error}。") from None


def _check_head(columns: list[str]) -> None:
    for needed in NEEDED:
        if needed not in columns:
            raise Refused(f"缺少列“{needed}”，表头应为：{','.join(NEEDED)}。", field=needed)
    for column in columns:
        if column not in ALLOWED or columns.count(column) > 1:
            raise Refused(f"多出列“{column}”，请删去或改名。", field=column)


def _count(calendar: Calendar, row: dict[str, str]) -> Counted:
    if not row["id"]:
        raise Refused("没有编号，请填写 id。", field="id")
    channel(row["channel"])
    received = _day(row["received"], "received")
    events = _events(row["events"])
    target = events.get("target", ["answer"])[0]
    if target not in TARGETS:
        raise Refused(f"不认识的期限“{target}”，请核对 target。", field="target")
    version: Law | None = law(row["statute"]) if row["statute"] else None
    if version is None and target in NEEDS_LAW:
        version = law_for(received)
    if version is not None and target == "answer":
        return explain_reply(calendar, _facts(received, version, events))
    start = received
    if told := events.get(_COUNTED_FROM.get(target, "")):
        start = _day(told[0], "events")
    return count_target(calendar, target, start, version)


def _facts(received: date, version: Law, events: Events) -> Facts:
    days = {key: _day(events[key][0], key) for key in _DAYS if key in events}
    consultations = []
    for key, (kind, reached_key) in _CONSULTED.items():
        for span in events.get(key, []):
            sent, back = _span(span, key)
            # A stated end is taken as it stands; without one the other side's receipt decides.
            reached = None if back else _maybe_day(events.get(reached_key))
            consultations.append(Consultation(kind, sent, back, reached))
    extension = _whole(events["extend"][0]) if "extend" in events else 0
    return Facts(received, version, tuple(consultations), extension=extension, **days)


def _events(text: str) -> Events:
    events: Events = {}
    for part in re.split(r"[;；]", text):
        if not part.strip():
            continue
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise Refused(f"“{part.strip()}”应写成 名称=值。", field="events")
        if key not in _ONCE and key not in _CONSULTED:
            raise Refused(f"不认识的事件“{key}”，请核对名称。", field="events")
        if key in _ONCE and key in events:
            raise Refused(f"事件“{key}”只能有一次，请删去多余的。", field="events")
        events.setdefault(key, []).append(value)
    for key in _FOR_THE_RECORD & events.keys():
        _day(events[key][0][: len("2021-03-01")], key)
    return events


def _span(text: str, key: str) -> tuple[date, date | None]:
    sent, dots, back = text.partition("..")
    if not dots:
        raise Refused(f"“{key}={text}”应写成 发出日期..收回日期。", field="events")
    first, last = _day(sent, key), _day(back, key) if back else None
    if last and last < first:
        raise Refused(f"“{key}={text}”的收回日期早于发出日期，请核对。", field="events")
    return first, last


def _maybe_day(told: list[str] | None) -> date | None:
    return _day(told[0], "events") if told else None


def _day(text: str, field: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text}”不是日期，请写成 2021-03-01 的样子。", field=field) from None


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise Refused(f"“{text}”不是天数，请填不小于零的整数。", field="extend")
    return int(text)
