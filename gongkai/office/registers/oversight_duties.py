"""Who manages, finds and answers in the registers of oversight."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.office.access import agencies_with, units_with
from gongkai.office.registers.base import Register
from gongkai.office.registers.oversight_forms import agency_of

MANAGES = (Duty.OVERSIGHT_MANAGE, Duty.OVERSIGHT_FIND, Duty.CASE_READ_ALL)
ANSWERS = (*MANAGES, Duty.OVERSIGHT_ANSWER)


def manages(row: Any, user: User) -> bool:
    """The information office of the row's organ."""
    return may(user, Duty.OVERSIGHT_MANAGE, agency_of(row))


def finds(row: Any, user: User) -> bool:
    """A supervisor of the row's organ."""
    return may(user, Duty.OVERSIGHT_FIND, agency_of(row))


def answers(row: Any, user: User) -> bool:
    """Who answers for the row's unit."""
    return may(user, Duty.OVERSIGHT_ANSWER, row.agency, row.unit)


class OfUnits(Register):
    """Unit-bound people see the rows of their own unit only."""

    reads = ANSWERS

    def rows(self, user: User) -> QuerySet[Any]:
        all_of = Q(agency__in=agencies_with(user, *MANAGES))
        own = Q(unit__in=units_with(user, Duty.OVERSIGHT_ANSWER))
        return self.model._default_manager.filter(all_of | own).select_related("agency", "unit")
