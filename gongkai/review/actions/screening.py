"""The screening of a sheet: at once, or file by file in the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.models import Screening, ScreeningRun, Sheet
from gongkai.review.queries import policy_of, run_has_stopped, running
from gongkai.review.rules import screens_later
from gongkai.review.screen import EDITION, findings_in, together
from gongkai.review.signals import queued
from gongkai.screening import ocr


def screen_or_queue(
    sheet: Sheet, texts: Mapping[str, str], files: Sequence[StoredFile]
) -> Screening | ScreeningRun:
    """Screen a small submission now; leave many or large files to the worker, and every file
    where scanned pages are read by machine: a page takes seconds.
    """
    if not screens_later([file.size for file in files]) and not (files and ocr.available()):
        return screen(sheet, texts, files)
    now = clock.now()
    found = [findings_in(texts, policy=policy_of(sheet.agency))]
    run, _ = ScreeningRun.objects.update_or_create(
        sheet=sheet,
        defaults={"total": len(sheet.files), "done": 0, "found": found, "begun_at": now,
                  "moved_at": now, "ended_at": None},
    )  # fmt: skip
    queued.send(sender=Sheet, sheet=sheet)
    return run


@transaction.atomic
def screen(sheet: Sheet, texts: Mapping[str, str], files: Sequence[StoredFile]) -> Screening:
    """Screen text and files under today's edition; the newest screening is the one that counts."""
    verdict, findings = findings_in(texts, files, policy=policy_of(sheet.agency))
    return _keep(sheet, verdict, findings)


@transaction.atomic
def keep_screened_file(
    sheet: Sheet, number: int, verdict: str, findings: list[dict[str, Any]]
) -> Screening | None:
    """Keep what the worker found in the ``number``-th file (from 0); the last one ends the run.

    A file that another worker has already done is passed over: it is counted once.
    """
    run = ScreeningRun.objects.select_for_update().get(sheet=sheet)
    if run.ended_at is not None or run.done != number:
        return None
    run.found = [*run.found, [verdict, findings]]
    run.done, run.moved_at = number + 1, clock.now()
    if run.done < run.total:
        run.save(update_fields=["found", "done", "moved_at"])
        return None
    worst, rows = together(run.found)
    # The result stands on the sheet from now on; a second copy would only be one more to guard.
    run.found, run.ended_at = [], run.moved_at
    run.save(update_fields=["found", "done", "moved_at", "ended_at"])
    return _keep(sheet, worst, rows)


@transaction.atomic
def screen_again(sheet: Sheet, *, by: User) -> None:
    """Put a run that stands still into the worker's queue once more; it goes on where it was."""
    run = running(sheet)
    if run is None:
        raise Refused("机器筛查已经完成，请刷新页面。")
    if not run_has_stopped(run, clock.now()):
        raise Refused("机器筛查正在进行，请稍候。")
    run.moved_at = clock.now()
    run.save(update_fields=["moved_at"])
    record("review.screened_again", sheet.subject, by=by, data={"done": run.done})
    queued.send(sender=Sheet, sheet=sheet)


def _keep(sheet: Sheet, verdict: str, findings: list[dict[str, Any]]) -> Screening:
    screening = Screening.objects.create(
        sheet=sheet, edition=EDITION, verdict=verdict, findings=findings, at=clock.now()
    )
    record(
        "review.screened",
        sheet.subject,
        data={"verdict": verdict, "edition": EDITION, "findings": len(findings)},
    )
    return screening
