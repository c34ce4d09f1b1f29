"""The invented bureau: its units, posts, people and leaders, of 2014 and of today."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.agencies import actions
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.rules import Role
from gongkai.demo.replay import Replay

DATA = Path(__file__).parent / "data"
CODE = "sfj"
PASSWORD = os.environ.get("GONGKAI_DEMO_PASSWORD") or "shili-2014"
MERGER = date(2019, 3, 1)

_SINCE = date(2010, 1, 1)
_IN_POST = date(2013, 1, 4)
_HOURS = "工作日 8:30—12:00，14:00—17:30"
_SURNAMES = "许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳"


def table(name: str) -> dict[str, Any]:
    """A file of ``data/`` as it stands there."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass
class Bureau:
    """What the other parts of the replay ask for: who does what in which unit."""

    agency: Agency
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def unit(self, code: str) -> Unit:
        return self.units[code]

    def drafter(self, unit: str) -> User:
        """Who writes for a unit: its editor or its liaison."""
        return self.people["bj"] if unit == "bgs" else self.liaison(unit)

    def liaison(self, unit: str) -> User:
        """信息答复联络人 of a unit."""
        return self.people.get(f"{unit}-ll") or self.people.get(unit) or self.people["bj"]

    def head(self, unit: str) -> User:
        """The unit's head, who reviews its drafts."""
        return self.people["cz"] if unit == "bgs" else self.people[f"{unit}-cz"]

    def __getattr__(self, username: str) -> User:
        try:
            return self.__dict__["people"][username]
        except KeyError:
            raise AttributeError(username) from None


def found() -> Bureau:
    """The bureau as it stood at the beginning of 2014."""
    told = table("units")
    bureau = Bureau(actions.found_agency(**told["agency"]))
    for order, facts in enumerate(told["unit"], start=1):
        if "since" not in facts:
            _found_unit(bureau, facts, order)
    for order, facts in enumerate(told["leader"]):
        if facts["start"] < MERGER.replace(month=1):
            actions.add_leader(bureau.agency, order=order, **facts)
    for facts in told["login"]:
        _login(bureau, facts)
    surnames = iter(_SURNAMES)
    for code in bureau.units:
        if code != "bgs":
            _staff(bureau, code, surnames, _IN_POST)
    return bureau


def merge(bureau: Bureau, replay: Replay) -> None:
    """Two offices of 2014 are succeeded in 2019; their people go along, old items keep the name."""
    told = table("units")

    def act() -> None:
        for order, facts in enumerate(told["unit"], start=1):
            if "since" in facts:
                _found_unit(bureau, facts, order)
        for facts in told["unit"]:
            if "until" in facts:
                _succeed(bureau, facts)
        for order, facts in enumerate(told["leader"]):
            if facts["start"].year == MERGER.year:
                actions.add_leader(bureau.agency, by=bureau.xt, order=order, **facts)

    replay.at(MERGER, 9, 0, act)


def _succeed(bureau: Bureau, facts: dict[str, Any]) -> None:
    old, new = bureau.units[facts["code"]], bureau.units[facts["successor"]]
    for name, role in (("ll", Role.LIAISON), ("cz", Role.UNIT_HEAD)):
        person = bureau.people[f"{old.code}-{name}"]
        for held in person.appointments.filter(end=None):
            actions.end_appointment(held, end=facts["until"], by=bureau.xt)
        actions.appoint(person, new, role, start=MERGER, by=bureau.xt)
        bureau.people[f"{new.code}-{name}"] = person
    actions.change_unit(old, by=bureau.xt, valid_to=facts["until"], successor=new)


def _found_unit(bureau: Bureau, facts: dict[str, Any], order: int) -> None:
    number, code = facts["number"], facts["code"]
    bureau.units[code] = actions.found_unit(
        bureau.agency,
        code=code,
        name=facts["name"],
        kind=facts.get("kind", Unit.Kind.OFFICE),
        parent=bureau.units.get(facts.get("parent", "")),
        valid_from=facts.get("since", _SINCE),
        duties=facts["duties"],
        phone=f"0000-860001{number}",
        fax=f"0000-860002{number}",
        mail=f"{code}@sfj.example",
        address=f"{bureau.agency.address} {number}室",
        hours=_HOURS,
        order=order,
    )


def _login(bureau: Bureau, facts: dict[str, Any]) -> None:
    name = facts["username"]
    bureau.people[name] = actions.add_person(
        name, family=facts["family"], given="示例", password=PASSWORD
    )
    for role in facts["roles"]:
        unit = bureau.units[facts["unit"]]
        actions.appoint(bureau.people[name], unit, Role(role), start=_IN_POST)


def _staff(bureau: Bureau, code: str, surnames: Any, start: date) -> None:
    """A liaison and a head; where a login of the table is the liaison already, only a head."""
    known = bureau.people.get(code)
    needs = [("cz", Role.UNIT_HEAD)]
    if known is None or not known.appointments.filter(post__role=Role.LIAISON).exists():
        needs.append(("ll", Role.LIAISON))
    for name, role in needs:
        username = f"{code}-{name}"
        bureau.people[username] = actions.add_person(
            username, family=next(surnames), given="示例", password=PASSWORD
        )
        actions.appoint(bureau.people[username], bureau.units[code], role, start=start)
