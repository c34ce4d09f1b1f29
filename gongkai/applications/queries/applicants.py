"""Applications of one and the same applicant, found without showing anybody who it is."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai import clock
from gongkai.applications.rules import identity, objection_to_merging
from gongkai.cases.actions import Person
from gongkai.cases.models import Case, Party
from gongkai.cases.rules import Kind

_PERSON = ("name", "phone", "mail", "address", "identity", "representative", "applicant_class")


def others_of_applicant(case: Case) -> list[Case]:
    """The other applications of the same applicant to this organ, newest first.

    The blind index finds the same name; the sealed identity then decides, for many people share a
    name. Where one of the two gave no identity (条例（2007）asks for none), phone or mail decide.
    """
    party = Party.objects.get(case=case)
    if not party.name_index:
        return []
    return [found for found in _same_name(case, party) if _same(party, found.party)]


def items_before(case: Case) -> int:
    """Items that the applicant asked for earlier in the calendar month of this receipt.

    信息处理费管理办法第4条 counts by applicant and calendar month; what was merged into another
    application is counted there, and counts once.
    """
    if case.received_on is None:
        return 0
    month = case.received_on.replace(day=1)
    return sum(
        other.application.items
        for other in others_of_applicant(case)
        if other.received_on is not None
        and other.application.counted
        and other.received_on >= month
        and _order(other) < _order(case)
    )


def person_of(case: Case) -> Person:
    """Who asks, for another case of the same person: sealed again there, shown to nobody."""
    return Person(**{name: getattr(case.party, name) for name in _PERSON})


def merges_into(case: Case) -> list[Case]:
    """The applications into which this one may be merged: the applicant's own, open, not later."""
    return [
        other
        for other in others_of_applicant(case)
        if not other.is_finished
        and other.received_on is not None
        and case.received_on is not None
        and not objection_to_merging(case.received_on, other.received_on, clock.today())
        and _order(other) < _order(case)
    ]


def _order(case: Case) -> tuple[date, int]:
    assert case.received_on is not None
    return case.received_on, case.pk


def _same_name(case: Case, party: Party) -> QuerySet[Case]:
    found = Case.objects.filter(
        agency=case.agency_id, kind=Kind.APPLICATION, party__name_index=party.name_index
    )
    return found.exclude(pk=case.pk).select_related("party", "application").order_by("-pk")


def _same(one: Party, other: Party) -> bool:
    numbers = identity.plain(one.identity), identity.plain(other.identity)
    if all(numbers):
        return numbers[0] == numbers[1]
    ways = ((one.phone, other.phone), (one.mail, other.mail))
    return any(mine.strip() and mine.strip() == theirs.strip() for mine, theirs in ways)
