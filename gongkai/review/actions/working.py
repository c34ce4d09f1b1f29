"""Reading or cleaning one large attachment for a person: asked here, done by the worker."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from wagtail.models import Page

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.models import FileWork, Sheet
from gongkai.review.queries import work_has_stopped
from gongkai.review.signals import asked

KEEPS_WORDS = timedelta(days=1)


@transaction.atomic
def ask_for(
    kind: FileWork.Kind, sheet: Sheet, file: StoredFile, *, page: Page | None = None, by: User
) -> FileWork:
    """Put one attachment of the sheet into the worker's queue, or again if the worker died.

    What it reads is kept for a day: it is a copy of what the file says.
    """
    if file.sha256 not in sheet.files:
        raise Refused("这份附件不在本件里，请刷新页面后再看。")
    now = clock.now()
    known = FileWork.objects.filter(sheet=sheet, file=file, kind=kind, ended_at=None).first()
    if known is not None and not work_has_stopped(known, now):
        raise Refused("正在处理这份附件，请稍候。")
    FileWork.objects.filter(kind=FileWork.Kind.WORDS, asked_at__lt=now - KEEPS_WORDS).delete()
    work, _ = FileWork.objects.update_or_create(
        sheet=sheet, file=file, kind=kind,
        defaults={"by": by, "page": page, "asked_at": now, "ended_at": None, "words": "",
                  "told": "", "refused": False},
    )  # fmt: skip
    data = {"file": file.sha256, "kind": work.kind}
    record("review.file_asked", sheet.subject, by=by, data=data)
    asked.send(sender=FileWork, work=work)
    return work


@transaction.atomic
def keep_work(work: FileWork, *, words: str = "", told: str = "", refused: bool = False) -> None:
    """Keep what came of it, once: a second worker that did the same is passed over."""
    work = FileWork.objects.select_for_update(of=("self",)).get(pk=work.pk)
    if work.ended_at is not None:
        return
    work.words, work.told, work.refused, work.ended_at = words, told, refused, clock.now()
    work.save(update_fields=["words", "told", "refused", "ended_at"])
    data = {"file": work.file.sha256, "kind": work.kind, "refused": refused}
    record("review.file_done", work.sheet.subject, by=work.by, data=data)
