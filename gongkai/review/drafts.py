"""What a drafter does with an own page between the rounds: take back, mask, put a clean file in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models, transaction
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import WorkflowState

from gongkai import screening
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.files.actions import store
from gongkai.files.models import StoredFile
from gongkai.ledger.actions import record
from gongkai.refusal import NotPermitted, Refused
from gongkai.review import actions
from gongkai.review.models import Referral, Sheet
from gongkai.review.pages import GatedPage
from gongkai.review.queries import policy_of, sheets_about
from gongkai.screening.cleaning import Cleaned

_TAG = re.compile(r"(<[^>]*>)")


@transaction.atomic
def take_back_page(page: GatedPage, *, by: User) -> None:
    """收回: the drafter ends the round that runs; the sheet leaves every desk."""
    state = running_round(page)
    if state is None:
        raise Refused("本件已不在审查中，请刷新页面后再看。")
    sheet = sheets_about(page.subject).filter(state=Sheet.State.OPEN).first()
    if by.pk not in {state.requested_by_id, sheet.drafter_id if sheet else None}:
        raise NotPermitted("只有起草人可以收回。审查人请写明理由退回。")
    state.cancel(user=by)


@transaction.atomic
def keep_answer_about(
    page: GatedPage | None, referral: Referral, *, by: User, **facts: Any
) -> None:
    """Enter the secrecy administration's answer; a secret also ends the page's round."""
    referral = actions.keep_answer(referral, by=by, **facts)
    state = running_round(page) if page is not None else None
    if referral.bars and state is not None:
        state.current_task_state.specific.reject(user=by, comment=referral.answer)


@transaction.atomic
def mask_draft(page: GatedPage, *, by: User) -> int:
    """Mask everything in the newest draft that the organ's rule masks; returns how many texts.

    A round that runs is taken back first: another content is another submission. Files are not
    touched; what needs a person's eye stays as it is, and the next screening says so.
    """
    require(by, Duty.ITEM_WRITE, page.agency, page.unit)
    if running_round(page) is not None:
        take_back_page(page, by=by)
    policy = policy_of(page.agency)
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    changed = mask_texts(draft, lambda text: screening.mask(text, policy))
    if not changed:
        raise Refused("没有可以按规则遮盖的文字。其余提示请在编辑器里更正。")
    draft.save_revision(user=by)
    record("review.masked", page.subject, by=by, data={"texts": changed})
    return changed


@transaction.atomic
def put_clean_copy_in(
    page: GatedPage, file: StoredFile, cleaned: Cleaned, *, by: User
) -> StoredFile:
    """The clean copy of an attachment takes its place in the newest draft, as a new file.

    The original stays on record, private; the copy is screened when the draft is submitted. A
    round that runs is taken back first: other files are another content.
    """
    require(by, Duty.ITEM_WRITE, page.agency, page.unit)
    if running_round(page) is not None:
        take_back_page(page, by=by)
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    rows = [row for row in rows_of(draft) if getattr(row, "file_id", None) == file.pk]
    if not rows:
        raise Refused("草稿里已没有这份附件，请刷新页面后再看。")
    copy = store(cleaned.data, cleaned.name, agency=page.agency, by=by)
    for row in rows:
        row.file = copy
    draft.save_revision(user=by)
    record(
        "review.cleaned", page.subject, by=by,
        data={"file": file.sha256, "copy": copy.sha256, "dropped": len(cleaned.dropped)},
    )  # fmt: skip
    return copy


def rows_of(page: GatedPage) -> list[Any]:
    """Every row of a page's child relations."""
    found: list[Any] = []
    for relation in get_all_child_relations(page):
        found += getattr(page, relation.get_accessor_name()).all()
    return found


def running_round(page: GatedPage) -> WorkflowState | None:
    """The review of the page that runs now."""
    state = page.current_workflow_state
    running = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    return state if running else None


def mask_texts(page: GatedPage, mask: Callable[[str], str]) -> int:
    """Mask what the public would read of a page, in place; returns how many texts changed."""
    shown, changed = set(page.reviewed_texts().values()), 0
    for owner, field in _fields(page):
        old = getattr(owner, field.name)
        if isinstance(field, StreamField):
            blocks = old.get_prep_value()
            new: Any = [block | {"value": _masked(block["value"], mask)} for block in blocks]
            if new != blocks:
                setattr(owner, field.name, json.dumps(new, default=str))
                changed += 1
            continue
        if isinstance(field, RichTextField):
            new = _masked(old, mask)
        else:
            new = mask(old) if old in shown else old
        if new != old:
            setattr(owner, field.name, new)
            changed += 1
    return changed


def _fields(page: GatedPage) -> Iterator[tuple[Any, models.Field[Any, Any]]]:
    """Every text field of a page and of its rows, with the one it belongs to."""
    for owner in (page, *rows_of(page)):
        for field in owner._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField | StreamField)
            if is_text and field.name != "slug" and field.editable and not field.choices:
                yield owner, field


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    """A value of a block, its texts masked between their tags; what names its kind stays."""
    if isinstance(value, str):
        return "".join(p if p.startswith("<") else mask(p) for p in _TAG.split(value))
    if isinstance(value, list):
        return [_masked(item, mask) for item in value]
    if isinstance(value, dict):
        kept = {"id", "type"}
        return {k: v if k in kept else _masked(v, mask) for k, v in value.items()}
    return value
