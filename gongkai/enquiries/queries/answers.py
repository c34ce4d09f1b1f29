"""Enquiries and their answers: the asker's, and the public's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from gongkai.agencies.models import Agency, Unit
from gongkai.cases.models import Case
from gongkai.cases.rules import Act
from gongkai.enquiries.models import Answer, Enquiry
from gongkai.enquiries.rules import barred_units
from gongkai.review.models import Sheet
from gongkai.review.queries import released_hash

_SUFFIX = "/answer"


@dataclass(frozen=True)
class PublicAnswer:
    """An answer as everybody may read it: nothing of the case that is not on the review sheet."""

    number: str
    kind: str
    topic: str
    title: str
    question: str
    answer: str
    unit: str
    received_on: date
    answered_on: date
    rating: int | None


def enquiries_of(agency: Agency) -> QuerySet[Enquiry]:
    """Every enquiry of the agency, newest first, with case and units."""
    return (
        Enquiry.objects.filter(case__agency=agency)
        .select_related("case__agency", "case__owner_unit", "target")
        .order_by("-case__submitted_at", "-pk")
    )


def answer_subject(case: Case) -> str:
    """The name under which review knows the answer to a case."""
    return f"{case.subject}{_SUFFIX}"


def case_of_answer(subject: str) -> Case | None:
    """The case whose answer review knows as ``subject``; None when it names no answer of ours."""
    known, found, rest = subject.partition(_SUFFIX)
    code, _, number = known.removeprefix("case:").partition("/")
    if not found or rest:
        return None
    return Case.objects.filter(agency__code=code, number=number).first()


def collated_answer(case: Case) -> Answer:
    """The version that the last collation put before the leader."""
    event = case.events.filter(kind=Act.COLLATED).latest("seq")
    versions = case.answers.select_related(
        "sheet__agency", "sheet__unit", "sheet__drafter", "case__agency"
    )
    return versions.get(content_hash=event.data["hash"])


def answer_to_asker(case: Case) -> Answer | None:
    """The answer that was sent, for the one who asked; None before. Withdrawing keeps it."""
    if case.answered_on is None:
        return None
    answer = collated_answer(case)
    return answer if answer.is_intact else None


def is_public(case: Case) -> bool:
    """Whether the answer to this case can be read by everybody now."""
    content_hash = released_hash(answer_subject(case))
    return case.answers.filter(content_hash=content_hash).exclude(public_answer="").exists()


def public_answers(agency: Agency, limit: int | None = None) -> list[PublicAnswer]:
    """Released answers whose text is still exactly what was approved, newest first."""
    released = (
        Answer.objects.filter(
            case__agency=agency,
            case__answered_on__isnull=False,
            sheet__state=Sheet.State.RELEASED,
            sheet__content_hash=F("content_hash"),
            sheet__subject=Concat(Value(f"case:{agency.code}/"), F("case__number"), Value(_SUFFIX)),
        )
        .exclude(public_answer="")
        .select_related("case__agency", "case__owner_unit", "case__enquiry", "sheet")
        .order_by("-case__answered_on", "-pk")
    )
    found: list[PublicAnswer] = []
    for answer in released.iterator(chunk_size=200):
        if limit is not None and len(found) >= limit:
            break
        if answer.is_intact:
            found.append(_as_public(answer))
    return found


def _as_public(answer: Answer) -> PublicAnswer:
    case = answer.case
    return PublicAnswer(
        number=case.number,
        kind=case.get_kind_display(),
        topic=case.enquiry.get_topic_display(),
        title=answer.public_title,
        question=answer.public_question,
        answer=answer.public_answer,
        unit=case.owner_unit.name if case.owner_unit else "",
        received_on=cast(date, case.received_on),
        answered_on=cast(date, case.answered_on),
        rating=case.rating,
    )


def barred_by(target: Unit | None) -> list[int]:
    """The units that may not handle a message against ``target``."""
    if target is None:
        return []
    rows = Unit.objects.filter(agency_id=target.agency_id)
    return barred_units(target.pk, rows.values_list("pk", "parent_id", "successor_id"))
