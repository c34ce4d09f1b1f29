"""Publishing as a task of the worker."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from gongkai.publishing.actions import publish_pending
from gongkai.publishing.processes import cores


@task()
def publish() -> int:
    """Write what is pending; returns how many files were written or removed."""
    outcome = publish_pending(cores() if _is_worker() else 1)
    return len(outcome.written) + len(outcome.removed)


def _is_worker() -> bool:
    """Only a worker's process may be forked: a web server's has threads of its own."""
    return "immediate" not in settings.TASKS["default"]["BACKEND"].lower()
