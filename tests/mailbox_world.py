"""A small bureau, and messages that reach any stage by the real actions. People are invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai import clock
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.rules import Role
from gongkai.cases.actions import Opened, Person
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel, Kind, Stage
from gongkai.clock import SHANGHAI
from gongkai.enquiries import actions

MONDAY = date(2026, 3, 2)
ASKER = Person(name="欧阳娜娜", phone="13800001234", mail="asker@example.org", address="示例里七号")
TEXT = "公证收费的标准是什么，在哪里可以看到？"
ANSWER = "公证服务费按省定标准收取，现行标准在本局网站“收费公示”栏目公布，可直接下载。"


@contextmanager
def on(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let it be that hour of the day in China."""
    with clock.set_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)):
        yield


@dataclass
class Bureau:
    """The agency, its units, and a person for each post."""

    agency: Agency
    office: Unit
    lawyers: Unit
    notaries: Unit
    notary_house: Unit
    clerk: User
    second_clerk: User
    lawyer_liaison: User
    notary_liaison: User
    house_liaison: User
    leader: User
    second_leader: User
    editor: User


def bureau(code: str = "sfj") -> Bureau:
    """Found it."""
    agency = agencies.found_agency(
        code=code, name=f"示例市司法局{code}", short_name="市司法局", number_prefix="示司",
        index_code="01",
    )  # fmt: skip

    def unit(key: str, name: str, **facts: Any) -> Unit:
        return agencies.found_unit(
            agency, code=key, name=name, valid_from=date(2000, 1, 1), **facts
        )

    office, lawyers = unit("office", "办公室"), unit("lawyers", "律师管理处")
    notaries = unit("notaries", "公证管理处")
    house = unit("house", "市公证处", parent=notaries, kind=Unit.Kind.SUBORDINATE)

    def person(name: str, unit: Unit, role: Role) -> User:
        user = agencies.add_person(f"{code}-{name}", family="某", given=name, password="x")
        agencies.appoint(user, unit, role, start=date(2000, 1, 1))
        return user

    return Bureau(
        agency, office, lawyers, notaries, house,
        clerk=person("clerk", office, Role.INFORMATION_OFFICE),
        second_clerk=person("clerk2", office, Role.INFORMATION_OFFICE),
        lawyer_liaison=person("liaison-l", lawyers, Role.LIAISON),
        notary_liaison=person("liaison-n", notaries, Role.LIAISON),
        house_liaison=person("liaison-h", house, Role.LIAISON),
        leader=person("leader", office, Role.LEADER),
        second_leader=person("leader2", office, Role.LEADER),
        editor=person("editor", lawyers, Role.EDITOR),
    )  # fmt: skip


def submitted(b: Bureau, kind: Kind = Kind.ENQUIRY, **facts: Any) -> Opened:
    """A message by the public, on the net."""
    told: dict[str, Any] = {
        "channel": Channel.ONLINE, "title": "公证收费标准", "text": TEXT, "person": ASKER,
        "topic": "notaries", "consent": True,
    }  # fmt: skip
    return actions.submit(b.agency, kind, **told | facts)


WAY = (
    Stage.SUBMITTED, Stage.REGISTERED, Stage.ROUTED, Stage.DRAFTED, Stage.COLLATED,
    Stage.APPROVED, Stage.ANSWERED,
)  # fmt: skip


def case_at(stage: Stage, b: Bureau, kind: Kind = Kind.ENQUIRY, **facts: Any) -> Case:
    """A case that went the whole way to ``stage``."""
    case = submitted(b, kind, **facts).case
    steps = (
        lambda: actions.register(case, by=b.clerk),
        lambda: actions.route(case, b.notaries, by=b.clerk),
        lambda: actions.draft(case, ANSWER, by=b.notary_liaison),
        lambda: actions.collate(case, ANSWER, by=b.clerk),
        lambda: actions.approve(case, by=b.leader),
        lambda: actions.dispatch(case, by=b.clerk),
    )
    for step in steps[: WAY.index(stage)]:
        step()
    assert case.stage == stage, f"stands at {case.stage}"
    return case
