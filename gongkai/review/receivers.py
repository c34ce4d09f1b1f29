"""Opens the sheet when a page is submitted in Wagtail's editor, and makes the workflows once."""

from __future__ import annotations

from typing import Any

from gongkai.review import actions
from gongkai.review.pages import GatedPage, sheet_for
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


def make_workflows_once(sender: Any, **kwargs: Any) -> None:
    """After a migration: the workflows exist before the first page does."""
    make_workflows()
