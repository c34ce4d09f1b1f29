"""What every test may use: the ledger's guards lifted only while a test empties its tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from gongkai.ledger import guards

_teardown = TransactionTestCase._fixture_teardown


APPEND_ONLY = ("cases_event",)


def _emptying(self: Any) -> None:
    guards.remove(connection)
    for table in APPEND_ONLY:
        guards.allow_changes(connection, table)
    try:
        _teardown(self)
    finally:
        guards.install(connection)
        for table in APPEND_ONLY:
            guards.forbid_changes(connection, table)


@pytest.fixture(autouse=True, scope="session")
def _lift_guards_while_emptying() -> Iterator[None]:
    TransactionTestCase._fixture_teardown = _emptying
    yield
    TransactionTestCase._fixture_teardown = _teardown
