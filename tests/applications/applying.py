"""Applications that reach any stage by the real actions. People and numbers are invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from people import Bureau

from gongkai import clock
from gongkai.applications import actions
from gongkai.cases.actions import Opened, Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel
from gongkai.clock import SHANGHAI

MONDAY = date(2026, 3, 2)
IN_2014 = date(2014, 3, 3)
ID_CARD = "990101199001010019"
CREDIT_CODE = "91990100MA0000TE5Y"
ASKER = Person(
    name="欧阳示例", phone="13800001234", identity=ID_CARD, applicant_class="nat",
    address="临江市示例里七号",
)  # fmt: skip
FORM: dict[str, Any] = {
    "title": "2025年公证服务收费标准",
    "text": "申请公开本市2025年执行的公证服务收费标准文件。",
    "delivery": "online",
    "carrier": "electronic",
}
TEXT = "公证服务收费标准文件随函附上，共三页。"


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Let it be that hour of the day in China."""
    with clock.set_to(datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)):
        yield


def submit(b: Bureau, channel: Channel = Channel.ONLINE, **more: Any) -> Opened:
    return actions.submit(b.agency, channel, more.pop("person", ASKER), **{**FORM, **more})


def registered(b: Bureau, **more: Any) -> Case:
    case = submit(b, **more).case
    actions.register(case, by=b.information_office)
    return case


def routed(b: Bureau, **more: Any) -> Case:
    case = registered(b, **more)
    actions.route(case, b.lawyers, by=b.information_office)
    return case


def draft(b: Bureau, case: Case, **more: Any) -> Case:
    facts = {"outcome": "G1", "text": TEXT, **more}
    actions.draft_reply(case, by=b.liaison, **facts)
    return case


def approve(b: Bureau, case: Case) -> Case:
    actions.collate(case, by=b.information_office)
    actions.approve(case, by=b.leader)
    return case


def send(b: Bureau, case: Case, **more: Any) -> Case:
    facts = {"how": "electronic", "proof": "网上答复，系统发送记录", **more}
    actions.dispatch(case, by=b.information_office, **facts)
    return case


def answered(b: Bureau, case: Case | None = None, **more: Any) -> Case:
    return send(b, approve(b, draft(b, case or routed(b), **more)))
