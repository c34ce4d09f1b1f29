"""Screening as a task of the worker: each file is kept as it is done."""

from __future__ import annotations

from django_tasks import task

from gongkai.review.actions import keep_screened_file
from gongkai.review.models import Sheet
from gongkai.review.queries import file_of, policy_of, running
from gongkai.review.screen import findings_in


@task()
def screen_files(sheet_pk: int) -> int:
    """Screen the files of a sheet that are not done yet; returns how many.

    The screening runs outside any transaction: it may take seconds a file, and nobody else could
    write meanwhile.
    """
    sheet = Sheet.objects.select_related("agency").get(pk=sheet_pk)
    policy, count = policy_of(sheet.agency), 0
    while (run := running(sheet)) is not None:
        number = run.done
        verdict, findings = findings_in({}, [file_of(sheet, number)], policy=policy)
        keep_screened_file(sheet, number, verdict, findings)
        count += 1
    return count
