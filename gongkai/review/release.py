"""The one door through which anything becomes public, and through which it leaves again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.files.actions import mark_released, mark_withdrawn
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import Refused
from gongkai.review.actions.telling import concerned, tell
from gongkai.review.models import Sheet
from gongkai.review.queries import obstacles, open_findings
from gongkai.review.rules import objection_to_release
from gongkai.review.signals import released, withdrawn

_open: ContextVar[bool] = ContextVar("release_open", default=False)


def is_open() -> bool:
    """Whether we are inside a release: the only time at which a page may become live."""
    return _open.get()


@contextmanager
def door() -> Iterator[None]:
    """Opens the door for the duration of one checked release or withdrawal."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


@transaction.atomic
def release(sheet: Sheet, publish: Callable[[], Any], *, by: object) -> None:
    """Make public exactly what the sheet approved, by calling ``publish`` inside the door.

    Raises Refused unless every step approved this content by different people and every finding
    is settled. Attachments named on the sheet are released with it; an older public version of
    the subject is marked as replaced.
    """
    known = Sheet.objects.select_related("agency", "unit__agency", "drafter")
    sheet = known.select_for_update(of=("self",)).get(pk=sheet.pk)
    objection = objection_to_release(
        path=sheet.path,
        drafter=sheet.drafter.username,
        content_hash=sheet.content_hash,
        approvals=sheet.approvals(),
        open_findings=open_findings(sheet),
        obstacles=obstacles(sheet),
    )
    if objection:
        raise Refused(objection)
    if sheet.state != Sheet.State.APPROVED:
        raise Refused("只有刚审查通过的内容可以公开；撤回过的须重新提交审查。")
    with door():
        publish()
        _release_files(sheet, by)
    public = Sheet.objects.filter(subject=sheet.subject, state=Sheet.State.RELEASED)
    replaced = list(public.exclude(pk=sheet.pk).select_related("agency"))
    Sheet.objects.filter(pk__in=[older.pk for older in replaced]).update(state=Sheet.State.REPLACED)
    sheet.state, sheet.released_at = Sheet.State.RELEASED, clock.now()
    sheet.save(update_fields=["state", "released_at"])
    for older in replaced:
        _withdraw_files(older, by)
    tell(sheet, [sheet.drafter], "送审的内容已公开", "已通过审查并公开。", by=_person(by))
    record("review.released", sheet.subject, by=by, data={"hash": sheet.content_hash})
    released.send(sender=Sheet, subject=sheet.subject, sheet=sheet)


@transaction.atomic
def withdraw(
    subject: str, unpublish: Callable[[], Any], *, by: object, post: str, reason: str
) -> None:
    """Take something public away everywhere; the reason is mandatory and stays on record."""
    if not reason.strip():
        raise Refused("请写明撤回理由。", field="reason")
    with door():
        unpublish()
    for sheet in Sheet.objects.filter(subject=subject, state=Sheet.State.RELEASED):
        sheet.state = Sheet.State.WITHDRAWN
        sheet.save(update_fields=["state"])
        _withdraw_files(sheet, by)
        words = f"已撤回，不再公开，理由：{reason}"
        tell(sheet, concerned(sheet), "已公开的内容被撤回", words, by=_person(by))
    record("review.withdrawn", subject, by=by, post=post, data={"reason": reason})
    withdrawn.send(sender=Sheet, subject=subject, reason=reason)


def _person(by: object) -> User | None:
    return by if isinstance(by, User) else None


def _release_files(sheet: Sheet, by: object) -> None:
    """The agency's own copies: another organ's file of the same bytes is not its decision."""
    for sha256 in sheet.files:
        files = list(StoredFile.objects.filter(sha256=sha256, agency=sheet.agency))
        if not files:
            raise Refused("附件已不在库中，不能公开，请重新上传附件后提交审查。")
        for file in files:
            if file.state != StoredFile.State.RELEASED:
                mark_released(file, by=by)


def _withdraw_files(sheet: Sheet, by: object) -> None:
    """Files that left the public with their sheet; not those that another public sheet names."""
    public = Sheet.objects.filter(state=Sheet.State.RELEASED, agency=sheet.agency)
    gone = [sha for sha in sheet.files if not public.filter(files__icontains=sha).exists()]
    released = StoredFile.State.RELEASED
    for file in StoredFile.objects.filter(sha256__in=gone, state=released, agency=sheet.agency):
        mark_withdrawn(file, by=by)
