"""Setting up organs, units, posts and people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Appointment, Leader, Post, Unit, User
from gongkai.agencies.rules import Role
from gongkai.ledger.actions import record
from gongkai.refusal import Refused


@transaction.atomic
def found_agency(*, by: object = None, **facts: Any) -> Agency:
    """Enter an organ."""
    agency = Agency.objects.create(**facts)
    record("agency.founded", f"agency:{agency.code}", by=by)
    return agency


@transaction.atomic
def found_unit(agency: Agency, *, by: object = None, **facts: Any) -> Unit:
    """Enter a unit of the organ."""
    unit = Unit.objects.create(agency=agency, **facts)
    record("unit.founded", f"unit:{agency.code}/{unit.code}", by=by)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: object, **facts: Any) -> Unit:
    """Change a unit's public facts (phone, hours, duties …); its pages follow by themselves."""
    from gongkai.agencies.signals import unit_changed

    for name, value in facts.items():
        setattr(unit, name, value)
    unit.save(update_fields=list(facts))
    record(
        "unit.changed", f"unit:{unit.agency.code}/{unit.code}", by=by, data={"fields": list(facts)}
    )
    unit_changed.send(sender=Unit, unit=unit)
    return unit


@transaction.atomic
def add_person(username: str, *, family: str, given: str, password: str, by: object = None) -> User:
    """Enter a person who may log in; duties come with appointments."""
    if User.objects.filter(username=username).exists():
        raise Refused(f"登录名 {username} 已有人使用，请换一个。", field="username")
    user = User(username=username, last_name=family, first_name=given)
    user.date_joined = clock.now()
    user.set_password(password)
    user.save()
    record("person.added", f"person:{username}", by=by)
    return user


@transaction.atomic
def appoint(
    user: User, unit: Unit, role: Role, *, start: date, title: str = "", by: object = None
) -> Appointment:
    """Put a person in a post; the login group of the role opens the screens that it needs."""
    post, _ = Post.objects.get_or_create(unit=unit, role=role, defaults={"title": title})
    appointment = Appointment.objects.create(user=user, post=post, start=start)
    group, _ = Group.objects.get_or_create(name=post.get_role_display())
    user.groups.add(group)
    record(
        "person.appointed",
        f"person:{user.username}",
        by=by,
        data={"unit": unit.code, "role": role.value, "start": start.isoformat()},
    )
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, end: date, by: object = None) -> None:
    """Let an appointment end on a day; the login group goes with the last post of its role."""
    appointment.end = end
    appointment.save(update_fields=["end"])
    user, role = appointment.user, appointment.post.role
    still = user.appointments.in_force(clock.today()).filter(post__role=role)
    if not still.exists():
        user.groups.remove(*Group.objects.filter(name=appointment.post.get_role_display()))
    record("person.left_post", f"person:{user.username}", by=by, data={"end": end.isoformat()})


@transaction.atomic
def add_leader(agency: Agency, *, by: object = None, **facts: Any) -> Leader:
    """Enter a leader as the public pages show them."""
    leader = Leader.objects.create(agency=agency, **facts)
    record("leader.added", f"agency:{agency.code}", by=by)
    return leader
