"""What every test may use: the guards of append-only tables are lifted only while a test empties
its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

_teardown = TransactionTestCase._fixture_teardown


@contextmanager
def _unguarded() -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = [(name, sql) for name, sql in cursor.fetchall() if "RAISE(ABORT" in sql]
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in guards:
            cursor.execute(sql)


def _emptying(self: Any) -> None:
    with _unguarded():
        _teardown(self)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Parallel workers inherit the environment: each gets its own tree and files."""
    data = tmp_path_factory.mktemp("data")
    settings.TREE_ROOT, settings.FILES_ROOT = data / "tree", data / "files"


@pytest.fixture(autouse=True, scope="session")
def _lift_guards_while_emptying() -> Iterator[None]:
    TransactionTestCase._fixture_teardown = _emptying
    yield
    TransactionTestCase._fixture_teardown = _teardown
