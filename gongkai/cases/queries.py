"""Reading cases: the inbox of a person, a citizen's own case, the clock of one case."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import may
from gongkai.agencies.queries import appointments_of
from gongkai.agencies.rules import DUTIES, UNIT_BOUND, Duty, Role
from gongkai.cases.codes import code_hash, matches
from gongkai.cases.models import Case
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import FINISHED, Clock, Lamp, Stage, lamp
from gongkai.clock.queries import calendar
from gongkai.clock.rules import Calendar

# Whose turn it is at each stage.
DUTY_OF_STAGE = {
    Stage.SUBMITTED: Duty.CASE_REGISTER,
    Stage.REGISTERED: Duty.CASE_ROUTE,
    Stage.ROUTED: Duty.CASE_DRAFT,
    Stage.DRAFTED: Duty.CASE_COLLATE,
    Stage.COLLATED: Duty.CASE_APPROVE,
    Stage.APPROVED: Duty.CASE_COLLATE,
}
_NOBODY = code_hash("")


def waiting_for(user: User) -> QuerySet[Case]:
    """The cases whose next act is this person's, nearest due date first."""
    mine = Q(pk__in=[])
    for appointment in appointments_of(user):
        role, unit = Role(appointment.post.role), appointment.post.unit
        stages = [s.value for s, duty in DUTY_OF_STAGE.items() if role in DUTIES[duty]]
        here = Q(agency_id=unit.agency_id, stage__in=stages)
        mine |= here & Q(owner_unit=unit) if role in UNIT_BOUND else here
    return (
        Case.objects.filter(mine)
        .select_related("agency", "owner_unit")
        .order_by(F("due_on").asc(nulls_last=True), "submitted_at")
    )


def visible_to(user: User) -> QuerySet[Case]:
    """Every case that the person may read: all of the agency's, or those of the own unit."""
    seen = Q(pk__in=[])
    for appointment in appointments_of(user):
        role, unit = Role(appointment.post.role), appointment.post.unit
        if role in DUTIES[Duty.CASE_READ_ALL]:
            seen |= Q(agency_id=unit.agency_id)
        elif role in DUTIES[Duty.CASE_DRAFT]:
            seen |= Q(owner_unit=unit)
    return Case.objects.filter(seen).select_related("agency", "owner_unit")


def may_act(user: User, case: Case) -> bool:
    """Whether the case's next act is this person's."""
    duty = DUTY_OF_STAGE.get(Stage(case.stage))
    return duty is not None and may(user, duty, case.agency, case.owner_unit)


def find_for_citizen(number: str, code: str) -> Case | None:
    """The case of this number if the code is right; takes as long for an unknown number."""
    named = Case.objects.filter(number=number.strip().upper()).select_related("agency")
    candidates: list[Case | None] = [*named]
    found = None
    for case in candidates or [None]:
        if matches(code, case.code_hash if case else _NOBODY) and case is not None:
            found = case
    return found


def clock_of(case: Case) -> Clock:
    """The clock with its arithmetic, counted anew from the events."""
    happened = tuple(event.happened() for event in case.events.order_by("seq"))
    return machine_of(case.kind).clock(happened, calendar(case.agency.code))


def lamp_of(case: Case) -> tuple[Lamp, str]:
    """The lamp of a case today, from its folded fields."""
    return next(iter(lamps_of([case])))[1]


def lamps_of(cases: Iterable[Case]) -> list[tuple[Case, tuple[Lamp, str]]]:
    """Each case with its lamp today: the calendar is asked for once an agency, not once a row."""
    calendars: dict[str, Calendar] = {}
    rows = []
    for case in cases:
        code = case.agency.code
        if code not in calendars:
            calendars[code] = calendar(code)
        now = Clock(due_on=case.due_on, provisional=case.provisional, paused=case.paused)
        rows.append((case, lamp(now, Stage(case.stage), clock.today(), calendars[code])))
    return rows


def overdue(agency: Agency) -> QuerySet[Case]:
    """Open cases whose legal due date has passed."""
    return Case.objects.filter(agency=agency, due_on__lt=clock.today(), paused=False).exclude(
        stage__in=[stage.value for stage in FINISHED]
    )
