"""Who holds which post, and which contacts the public is shown."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency, Appointment, Leader, Unit, User
from gongkai.agencies.rules import Role
from gongkai.refusal import Refused


def appointments_of(user: User, on: date | None = None) -> QuerySet[Appointment]:
    """The posts that a person holds on a day (default: today)."""
    return (
        Appointment.objects.in_force(on or clock.today())
        .filter(user=user)
        .select_related("post__unit__agency")
    )


def holders(role: Role, agency: Agency, unit: Unit | None = None) -> QuerySet[User]:
    """The active people who hold a role today, in the agency or in one of its units."""
    held = Appointment.objects.in_force(clock.today()).filter(
        post__role=role, post__unit__agency=agency
    )
    if unit is not None:
        held = held.filter(post__unit=unit)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def units_of(agency: Agency, on: date | None = None) -> QuerySet[Unit]:
    """The units that exist on a day, in the order of the directory."""
    day = on or clock.today()
    return Unit.objects.filter(agency=agency, valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gte=day)
    )


def leaders_of(agency: Agency, on: date | None = None) -> QuerySet[Leader]:
    """The leaders in office on a day."""
    day = on or clock.today()
    return Leader.objects.filter(agency=agency, start__lte=day).filter(
        Q(end=None) | Q(end__gte=day)
    )


def the_agency(code: str | None = None) -> Agency:
    """The agency of a command: the one that is named, or the only one that there is."""
    found = list(Agency.objects.filter(code=code) if code else Agency.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    raise Refused("请用 --agency 指明机关代码。" if found else "没有这个机关，请核对代码。")
