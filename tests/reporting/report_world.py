"""Applications, messages and documents of a year for the report to count. Everything invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from people import Bureau

from gongkai import clock
from gongkai.applications import actions as applications
from gongkai.cases.actions import Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel, Kind
from gongkai.clock import SHANGHAI
from gongkai.enquiries import actions as enquiries

YEAR = 2025
SPRING, NEXT_YEAR = date(2025, 3, 3), date(2026, 1, 12)
SPRING_2014 = date(2014, 3, 3)
ID_CARD, CREDIT_CODE = "990101199001010019", "91990100MA0000TE5Y"


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Let it be that hour of the day in China."""
    with clock.set_to(datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)):
        yield


def application(b: Bureau, kind: str = "nat", channel: Channel = Channel.ONLINE) -> Case:
    """One in the hands of a unit."""
    identity = ID_CARD if kind == "nat" else CREDIT_CODE
    person = Person(
        name="欧阳示例", phone="13800001234", identity=identity, applicant_class=kind,
        address="临江市示例里七号",
    )  # fmt: skip
    opened = applications.submit(
        b.agency, channel, person, title="公证服务收费标准", text="申请公开收费标准文件。",
        delivery="online", carrier="electronic",
        by="public" if channel == Channel.ONLINE else b.information_office,
    )  # fmt: skip
    applications.register(opened.case, by=b.information_office)
    applications.route(opened.case, b.lawyers, by=b.information_office)
    return opened.case


def answered(b: Bureau, case: Case, outcome: str = "G1", **facts: Any) -> Case:
    """Drafted, collated, approved and sent."""
    told = {"text": "收费标准文件随函附上，共三页。", **facts}
    applications.draft_reply(case, by=b.liaison, outcome=outcome, **told)
    applications.collate(case, by=b.information_office)
    applications.approve(case, by=b.leader)
    proof = "网上答复，系统发送记录"
    applications.dispatch(case, by=b.information_office, how="electronic", proof=proof)
    return case


def message(b: Bureau, kind: Kind) -> Case:
    """An enquiry or a complaint that was answered."""
    person = Person(name="欧阳示例", phone="13800001234", mail="asker@example.org")
    case = enquiries.submit(
        b.agency, kind, channel=Channel.ONLINE, title="公证收费标准", person=person,
        text="公证收费的标准是什么，在哪里可以看到？", topic="notaries", consent=True,
    ).case  # fmt: skip
    answer = "公证服务费按省定标准收取，现行标准在本局网站“收费公示”栏目公布，可直接下载。"
    enquiries.register(case, by=b.information_office)
    enquiries.route(case, b.lawyers, by=b.information_office)
    enquiries.draft(case, answer, by=b.liaison)
    enquiries.collate(case, answer, by=b.information_office)
    enquiries.approve(case, by=b.leader)
    enquiries.dispatch(case, by=b.information_office)
    return case
