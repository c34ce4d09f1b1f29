"""Opens the sheet when a page is submitted in Wagtail's editor, and makes the workflows once."""

from __future__ import annotations

from typing import Any

from gongkai.review.pages import GatedPage, sheet_for
from gongkai.review.steps import make_workflows


def open_sheet(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Every submission has its sheet, whichever door it came through."""
    if isinstance(instance.content_object.specific_deferred, GatedPage):
        sheet_for(instance.current_task_state.revision, user)


def make_workflows_once(sender: Any, **kwargs: Any) -> None:
    """After a migration: the workflows exist before the first page does."""
    make_workflows()
