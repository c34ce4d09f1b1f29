"""What a person may open at the desk. Everything that a view shows is fetched here."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.queries import appointments_of
from gongkai.agencies.rules import DUTIES, UNIT_BOUND, Duty, Role
from gongkai.applications.models import Reply
from gongkai.cases.models import Case, Enclosure, Letter
from gongkai.cases.queries import visible_to
from gongkai.files.models import RedactionResult, StoredFile
from gongkai.review.models import Sheet
from gongkai.review.queries import may_decide
from gongkai.review.rules import STEPS, Path

_REVIEWING = frozenset(
    role for duty in (Duty.REVIEW_OFFICE, Duty.REVIEW_LEADER) for role in DUTIES[duty]
)


def me(request: HttpRequest) -> User:
    """The person at the desk."""
    return cast(User, request.user)


def roles_at(request: HttpRequest) -> frozenset[Role]:
    """The roles of the person at the desk; the menu asks for each entry, the database once."""
    known: frozenset[Role] | None = getattr(request, "_roles_at_desk", None)
    if known is None:
        known = frozenset(Role(a.post.role) for a in appointments_of(me(request)))
        request._roles_at_desk = known  # type: ignore[attr-defined]
    return known


def agencies_with(user: User, *duties: Duty) -> list[Agency]:
    """The organs in which the person's posts carry one of the duties (none given: any post)."""
    found: dict[int, Agency] = {}
    for appointment in appointments_of(user):
        role = Role(appointment.post.role)
        if not duties or any(role in DUTIES[duty] for duty in duties):
            found.setdefault(appointment.post.unit.agency_id, appointment.post.unit.agency)
    return list(found.values())


def agency_with(user: User, *duties: Duty) -> Agency:
    """The organ in which the person works with one of the duties; 403 when there is none."""
    agencies = agencies_with(user, *duties)
    if not agencies:
        raise PermissionDenied
    return agencies[0]


def units_with(user: User, duty: Duty) -> QuerySet[Unit]:
    """The units for which the person may do it: the own one, or all of the agency."""
    reach = Q(pk__in=[])
    for appointment in appointments_of(user):
        role, unit = Role(appointment.post.role), appointment.post.unit
        if role in DUTIES[duty]:
            reach |= Q(pk=unit.pk) if role in UNIT_BOUND else Q(agency_id=unit.agency_id)
    return Unit.objects.filter(reach)


def case_for(user: User, number: str, agency_code: str = "") -> Case:
    """A case that the person may read; 404 for every other one, so that numbers tell nothing.

    Two organs may use the same number; who works in both says which.
    """
    found = visible_to(user).filter(number=number)
    if agency_code:
        found = found.filter(agency__code=agency_code)
    rows = list(found[:2])
    if len(rows) != 1:
        raise Http404
    return rows[0]


def enclosure_for(case: Case, pk: int) -> StoredFile:
    """A file that came with a case which the person may read."""
    return get_object_or_404(Enclosure.objects.select_related("file"), case=case, pk=pk).file


def letter_for(case: Case, pk: int) -> Letter:
    """A letter of a case which the person may read."""
    return get_object_or_404(Letter.objects.select_related("file", "case"), case=case, pk=pk)


def handed_over_for(case: Case, pk: int) -> StoredFile:
    """A file that a reply to this case hands over, or that an earlier draft did."""
    return get_object_or_404(
        StoredFile, pk__in=Reply.handed_over.through.objects.filter(
            reply__case=case, storedfile=pk
        ).values("storedfile"),
    )  # fmt: skip


def files_for(user: User) -> QuerySet[StoredFile]:
    """The organ's own files; never those that came with a case, were made for it, or went
    out with a letter.
    """
    return (
        StoredFile.objects.filter(agency__in=agencies_with(user))
        .exclude(pk__in=Enclosure.objects.values("file"))
        .exclude(pk__in=Letter.objects.filter(file__isnull=False).values("file"))
        .exclude(pk__in=Reply.handed_over.through.objects.values("storedfile"))
        .exclude(pk__in=RedactionResult.objects.values("file"))
    )


def may_read_sheet(user: User, sheet: Sheet) -> bool:
    """The drafter, the unit, and whoever reviews or supervises in the organ.

    The sheet of an answer shows what the case says: it is read with the case.
    """
    if sheet.subject.startswith("case:"):
        number = sheet.subject.partition("/")[2].partition("/")[0]
        return visible_to(user).filter(agency=sheet.agency_id, number=number).exists()
    if user.pk == sheet.drafter_id or may_decide(user, sheet):
        return True
    return any(
        a.post.unit_id == sheet.unit_id
        or (
            a.post.unit.agency_id == sheet.agency_id
            and a.post.role in {*_REVIEWING, Role.SUPERVISOR, Role.CONFIDENTIALITY}
        )
        for a in appointments_of(user)
    )


def sheet_for_reader(user: User, pk: int) -> Sheet:
    """A review sheet that the person may read; 404 for every other one."""
    related = ("agency", "unit", "drafter")
    sheet = get_object_or_404(Sheet.objects.select_related(*related), pk=pk)
    if not may_read_sheet(user, sheet):
        raise Http404
    return sheet


def steps_of(sheet: Sheet) -> tuple[str, ...]:
    """The hands through which the sheet passes."""
    return STEPS[Path(sheet.path)]
