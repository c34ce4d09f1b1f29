"""Publishing as a task of the worker."""

from __future__ import annotations

from django_tasks import task

from gongkai.publishing.actions import publish_pending


@task()
def publish() -> int:
    """Write what is pending; returns how many files were written or removed."""
    outcome = publish_pending()
    return len(outcome.written) + len(outcome.removed)
