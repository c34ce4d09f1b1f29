"""Opens the sheet when a page is submitted in Wagtail's editor, and makes the workflows once."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from gongkai.refusal import Refused
from gongkai.review import actions, release, tasks
from gongkai.review.models import FileWork, Sheet
from gongkai.review.pages import QUIET, SHOWN, GatedPage, sheet_for
from gongkai.review.steps import make_workflows


def open_sheet(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Every submission has its sheet, whichever door it came through."""
    if isinstance(instance.content_object.specific_deferred, GatedPage):
        sheet_for(instance.current_task_state.revision, user)


def close_sheet(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """A submission that was cancelled waits for nobody any more."""
    page = instance.content_object.specific_deferred
    if isinstance(page, GatedPage) and instance.current_task_state is not None:
        sheet = sheet_for(instance.current_task_state.revision)
        actions.take_back(sheet, by=user)


def queue_screening(sender: Any, sheet: Sheet, **kwargs: Any) -> None:
    """In the transaction of the submission: the worker sees it when the submission stands."""
    tasks.screen_files.enqueue(sheet.pk)


def queue_work(sender: Any, work: FileWork, **kwargs: Any) -> None:
    """As with the screening: in the transaction of whoever asked."""
    tasks.work_on_file.enqueue(work.pk)


def refuse_the_base(sender: Any, instance: Page, raw: bool, **kwargs: Any) -> None:
    """A page saved as a plain ``Page`` does not pass through ``GatedPage.save``."""
    fields = kwargs.get("update_fields")
    if raw or release.is_open() or (fields is not None and set(fields) <= QUIET):
        return
    if instance.pk is None or not issubclass(instance.specific_class or Page, GatedPage):
        return
    stored = Page.objects.filter(pk=instance.pk).values("live", *SHOWN).first()
    if stored is None or not (stored["live"] or instance.live):
        return
    if any(value != getattr(instance, name) for name, value in stored.items()):
        raise Refused("内容须经审查通过后由系统公开或更换，不能直接发布或修改。")


def refuse_a_move(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Wagtail's action and its command move a page, or a plain ``Page``, without asking it."""
    page = instance.specific_deferred
    if isinstance(page, GatedPage):
        page.refuse_a_move()


def make_workflows_once(sender: Any, **kwargs: Any) -> None:
    """After a migration: the workflows exist before the first page does."""
    make_workflows()
