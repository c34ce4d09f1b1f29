"""Economies of the replay; what is stored and decided is the same without them.

Everybody here has one password, so it is hashed once; all files are screened by one isolated child
instead of one child each; of the background tasks that one record causes again and again, the same
task is queued once, after the commit. Nothing is ever deleted and no calendar changes meanwhile, so
that a key that is written exists (the database looks once more at the commit) and the calendar is
asked for its version once. The collector would go through the whole past again and again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.contrib.auth import base_user
from django.contrib.auth.hashers import make_password
from django.db.models import ForeignKey
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend
from modelcluster import models as cluster

from gongkai import screening
from gongkai.clock import queries as calendars
from gongkai.screening.sandbox import Sandbox

_QUEUE = "default"
_from_data = cluster.model_from_serializable_data


@contextmanager
def thrifty() -> Iterator[None]:
    """Inside the block they are in force; not for several threads."""
    with (
        _one_child(),
        _tasks_once(),
        _keys_trusted(),
        _without_collector(),
        patch.object(calendars, "calendar_version", cache(calendars.calendar_version)),
        patch.object(base_user, "make_password", cache(make_password)),
    ):
        yield


@contextmanager
def _keys_trusted() -> Iterator[None]:
    """No key is looked up only to see whether its row is there."""
    with (
        patch.object(ForeignKey, "validate", lambda *a, **k: None),
        patch.object(
            cluster, "model_from_serializable_data",
            lambda *a, **k: _from_data(*a, **(k | {"check_fks": False})),
        ),
    ):  # fmt: skip
        yield


@contextmanager
def _without_collector() -> Iterator[None]:
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
