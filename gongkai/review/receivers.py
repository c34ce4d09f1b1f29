"""Opens the sheet when a page is submitted in Wagtail's editor."""

from __future__ import annotations

from typing import Any

from gongkai.review.pages import GatedPage, sheet_for


def open_sheet(sender: Any, instance: Any, user: Any, **kwargs: Any) -> None:
    """Every submission has its sheet, whichever door it came through."""
    if isinstance(instance.content_object.specific_deferred, GatedPage):
        sheet_for(instance.current_task_state.revision, user)
