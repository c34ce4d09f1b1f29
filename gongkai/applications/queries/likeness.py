"""What was asked and answered before: for who registers and who drafts, without identity."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.applications.models import Reply
from gongkai.applications.queries.applicants import items_before, others_of_applicant
from gongkai.applications.rules.likeness import most_alike, pairs_of
from gongkai.cases.models import Case
from gongkai.cases.rules import Kind, Stage

_LOOKED_THROUGH = 3000
_SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """An earlier application, how alike it is (0 to 1), and what was answered, if it was.

    ``own``: by the same applicant. Who that is, is not told.
    """

    case: Case
    score: float
    own: bool
    reply: Reply | None


def alike(case: Case) -> list[Alike]:
    """The applicant's own earlier applications that are alike, then answers given to anybody.

    Of the organ's newest 3,000 answered applications; a handful each.
    """
    pairs = pairs_of(f"{case.title} {case.text}")
    own = {
        other.pk: other
        for other in others_of_applicant(case)
        if other.application.counted and (other.pk < case.pk or other.stage == Stage.ANSWERED)
    }
    mine = most_alike(pairs, ((pk, f"{c.title} {c.text}") for pk, c in own.items()), _SHOWN)
    answered = Case.objects.filter(
        agency=case.agency_id, kind=Kind.APPLICATION, stage=Stage.ANSWERED
    ).exclude(pk__in=[case.pk, *own])
    rows = answered.order_by("-answered_on", "-pk").values_list("pk", "title", "text")
    texts = ((pk, f"{title} {text}") for pk, title, text in rows[:_LOOKED_THROUGH])
    found = [*mine, *most_alike(pairs, texts, _SHOWN)]
    return _with_replies(found, own)


def items_in_month(case: Case) -> int:
    """Items of this applicant in the calendar month up to and with this application."""
    return items_before(case) + case.application.items


def _with_replies(found: list[tuple[int, float]], own: dict[int, Case]) -> list[Alike]:
    keys = [pk for pk, _ in found]
    cases = Case.objects.select_related("owner_unit").in_bulk(keys)
    released = Reply.objects.filter(
        case__in=keys, letter__dispatched_at__isnull=False, sheet__state="released"
    ).select_related("letter")
    replies = {reply.case_id: reply for reply in released.order_by("version")}
    return [Alike(cases[pk], score, pk in own, replies.get(pk)) for pk, score in found]
