"""A small bureau for tests of what people do: one person in every post, one in none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies.actions import appoint, found_agency, found_unit
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.rules import Role


@dataclass
class Bureau:
    """``office`` is the information office's unit; everybody sits in ``lawyers`` or there."""

    agency: Agency
    office: Unit
    lawyers: Unit
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, role: str) -> User:
        try:
            return self.people[role]
        except KeyError:
            raise AttributeError(role) from None


def person(username: str, name: str = "", **facts: object) -> User:
    """Somebody without a post."""
    return User.objects.create(username=username, last_name=name[:1], first_name=name[1:], **facts)


def small_bureau(code: str = "sfj", name: str = "临江市司法局") -> Bureau:
    """A bureau whose people have held their posts since 2010."""
    since = date(2010, 1, 1)
    agency = found_agency(
        code=code, name=name, short_name=name[3:], number_prefix="临司", index_code="000000001"
    )
    office = found_unit(agency, code="bgs", name="办公室", valid_from=since)
    lawyers = found_unit(agency, code="lsc", name="律师管理处", valid_from=since)
    bureau = Bureau(agency, office, lawyers)
    for role in Role:
        bureau.people[role.value] = person(f"{code}-{role.value}", "王" + role.value[:3])
        unit = lawyers if role in {Role.EDITOR, Role.LIAISON, Role.UNIT_HEAD} else office
        appoint(bureau.people[role.value], unit, role, start=since)
    bureau.people["nobody"] = person(f"{code}-nobody", "无岗位")
    bureau.people["superuser"] = person(f"{code}-root", "超管", is_superuser=True, is_staff=True)
    return bureau
