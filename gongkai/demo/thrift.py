"""Three economies of the replay; what is stored and decided is the same without them.

Everybody here has one password, so it is hashed once; all files are screened by one isolated child
instead of one child each; and of the background tasks that one record causes again and again, the
same task is queued once, after the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.contrib.auth import base_user
from django.contrib.auth.hashers import make_password
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from gongkai import screening
from gongkai.screening.sandbox import Sandbox

_QUEUE = "default"


@contextmanager
def thrifty() -> Iterator[None]:
    """Inside the block all three are in force; not for several threads."""
    with (
        _one_child(),
        _tasks_once(),
        patch.object(base_user, "make_password", cache(make_password)),
    ):
        yield


@contextmanager
def _one_child() -> Iterator[None]:
    with Sandbox() as sandbox:

        def screen(
            files: Iterable[tuple[Path | str, str]], policy: screening.Policy, **_: Any
        ) -> list[screening.Report]:
            return [
                sandbox.screen(Path(path).resolve(), name, policy=policy) for path, name in files
            ]

        with patch.object(screening, "screen_files_isolated", screen):
            yield


@contextmanager
def _tasks_once() -> Iterator[None]:
    """A block that fails queues nothing: what its tasks were about was rolled back."""
    real, collecting = task_backends[_QUEUE], DummyBackend(_QUEUE, {})
    task_backends[_QUEUE] = collecting
    try:
        yield
    finally:
        task_backends[_QUEUE] = real
    asked = {
        (result.task.module_path, str(result.args), str(result.kwargs)): result
        for result in collecting.results
    }
    for result in asked.values():
        result.task.enqueue(*result.args, **result.kwargs)
