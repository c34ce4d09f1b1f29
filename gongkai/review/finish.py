"""Wagtail's finish action. It is loaded with Wagtail's models: import none at the top."""

from __future__ import annotations

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Wagtail's finish action: publishes the revision that was reviewed.

    Wagtail's own publishes the *latest* revision, and crashes when the last reviewer may not
    publish; nobody may here.
    """
    from gongkai.review.pages import finish

    finish(workflow_state.current_task_state.revision, by=user)
