"""回头看: the screening goes over everything that is public again, each night and whenever its
rules change; what it finds is settled with a reason, or taken down from every outlet in one action.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review import outlets
from gongkai.review.models import LookBack, Screening, Sheet
from gongkai.review.queries import open_findings, policy_of
from gongkai.review.rules import look_back_is_due
from gongkai.review.screen import EDITION, findings_in

BATCH = 40
"""Sheets a round: a round of the timer stays short, the next goes on where this one stopped."""


def go_on(limit: int = BATCH) -> LookBack | None:
    """Begin a pass when one is due, or go on with the one that runs; None when there is nothing."""
    run = LookBack.objects.first()
    if run is None or run.ended_at is not None or run.edition != EDITION:
        if not _is_due(run):
            return None
        run = begin()
    go_on_with(run, limit)
    return run


def go_on_with(run: LookBack, limit: int) -> None:
    """The next ``limit`` sheets of a pass; its end when there are fewer."""
    sheets = list(_public().filter(pk__gt=run.reached).order_by("pk")[:limit])
    for sheet in sheets:
        look_at(sheet, run)
    if len(sheets) < limit:
        _end(run)


def _is_due(last: LookBack | None) -> bool:
    begun = last.begun_at.astimezone(clock.SHANGHAI) if last else None
    edition = last.edition if last else ""
    return look_back_is_due(EDITION, edition, begun, clock.now().astimezone(clock.SHANGHAI))


def look_at_everything() -> LookBack:
    """A whole pass now, whatever the hour (``gongkai screen --published``)."""
    run = begin()
    while run.ended_at is None:
        go_on_with(run, BATCH)
    return run


@transaction.atomic
def begin() -> LookBack:
    """A new pass from the first sheet on, under today's rules."""
    return LookBack.objects.create(edition=EDITION, begun_at=clock.now())


def look_at(sheet: Sheet, run: LookBack) -> None:
    """Screen what the public reads of one sheet; keep what is found when it is new."""
    material = outlets.outlet_of(sheet.subject).read(sheet.subject)
    verdict, findings = "", list[dict[str, Any]]()
    if material is not None:
        policy = policy_of(sheet.agency)
        verdict, findings = findings_in(material.texts, material.files, policy=policy)
    with transaction.atomic():
        if material is not None:
            last = sheet.screenings.first()
            if last is None or (last.edition, last.findings) != (EDITION, findings):
                Screening.objects.create(
                    sheet=sheet, edition=EDITION, verdict=verdict, findings=findings,
                    at=clock.now(),
                )  # fmt: skip
            run.seen += 1
            doubted = bool(open_findings(sheet))
            Sheet.objects.filter(pk=sheet.pk).exclude(doubted=doubted).update(doubted=doubted)
            run.found += doubted
        run.reached = sheet.pk
        run.save(update_fields=["seen", "found", "reached"])


@transaction.atomic
def take_down(sheet: Sheet, *, by: User, reason: str) -> None:
    """Take a released thing away from web, feeds, search, channels and files, at once.

    The outlet's own withdrawal checks the post; why, and what had been found, stays on record.
    """
    sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.state != Sheet.State.RELEASED:
        raise Refused("本件现在没有公开，无需撤下。")
    found = sorted({finding.label for finding in open_findings(sheet)})
    outlets.outlet_of(sheet.subject).take_away(sheet.subject, by=by, reason=reason)
    record("review.taken_down", sheet.subject, by=by, data={"found": found, "reason": reason})


def found(agency: Agency | None = None) -> list[Sheet]:
    """What is public and has findings that nobody has settled, worst and oldest first.

    Only what the last pass doubted is opened, so the cost does not grow with what is public.
    """
    sheets = _public().filter(doubted=True)
    sheets = sheets if agency is None else sheets.filter(agency=agency)
    rows = [(open_findings(s), s) for s in sheets.order_by("released_at", "pk")]
    ranked = sorted((min(f.severity for f in open_), n, s)
                    for n, (open_, s) in enumerate(rows) if open_)  # fmt: skip
    return [sheet for *_, sheet in ranked]


def _public() -> QuerySet[Sheet]:
    return Sheet.objects.filter(state=Sheet.State.RELEASED).select_related("agency", "unit")


@transaction.atomic
def _end(run: LookBack) -> None:
    run.ended_at = clock.now()
    run.save(update_fields=["ended_at"])
    record(
        "review.looked_back", "review",
        data={"edition": run.edition, "seen": run.seen, "found": run.found},
    )  # fmt: skip
