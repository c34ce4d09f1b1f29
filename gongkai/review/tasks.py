"""What the worker does for a sheet: screen file by file, read or clean a large attachment."""

from __future__ import annotations

from django_tasks import task

from gongkai.refusal import Refused
from gongkai.review.actions import keep_screened_file, keep_work
from gongkai.review.cleaning import clean_attachment, words_of
from gongkai.review.models import FileWork, Sheet
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


@task()
def work_on_file(work_pk: int) -> bool:
    """Read or clean one attachment; what is refused is told to whoever asked. False if done."""
    known = FileWork.objects.select_related("sheet__agency", "file", "page", "by")
    work = known.get(pk=work_pk)
    if work.ended_at is not None:
        return False
    try:
        if work.kind == FileWork.Kind.COPY and work.page is not None:
            keep_work(work, told=clean_attachment(work.page.specific, work.file, by=work.by))
        else:
            keep_work(work, words=words_of(work.file, work.sheet.agency))
    except Refused as refused:
        keep_work(work, told=str(refused), refused=True)
    return True
