"""For tests of actions: whatever writes a table also writes the ledger."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest
from django.db import connection, transaction

from gongkai.ledger.models import Entry

_WRITE = re.compile(
    r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE
)


@contextmanager
def on_record() -> Iterator[list[str]]:
    """Fails when the block wrote a table without a ledger entry; yields the tables written."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = _WRITE.match(sql)
        if match and not match[1].startswith("ledger_"):
            written.append(match[1])
        return execute(sql, params, many, context)

    before = Entry.objects.count()
    with connection.execute_wrapper(watch):
        yield written
    added = Entry.objects.count() - before
    assert written, "the act wrote nothing: the test proves nothing"
    assert added > 0, f"{sorted(set(written))} written without a ledger entry"


def verbs(module: ModuleType) -> set[str]:
    """The public functions of an actions module."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def found_off_the_record(
    monkeypatch: pytest.MonkeyPatch, modules: tuple[ModuleType, ...], act: Callable[[], Any]
) -> None:
    """The planted fault: with ``record`` taken out, ``on_record`` must object. Leaves no trace."""
    known = Entry.objects.order_by("seq").last()
    with monkeypatch.context() as patch:
        for module in modules:
            patch.setattr(module, "record", lambda *args, **facts: known)
        with (
            pytest.raises(AssertionError, match="without a ledger entry"),
            transaction.atomic(),
            on_record(),
        ):
            act()
