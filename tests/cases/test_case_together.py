"""Many at once: one case for one form, and numbers without a gap. Needs a server's database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from mailbox_world import MONDAY, Bureau, bureau, on, submitted

from gongkai.cases.models import Case
from gongkai.ledger.queries import live_fault

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer at a time"),
]


def _submit(b: Bureau, key: str) -> tuple[str, str]:
    try:
        with on(MONDAY):
            opened = submitted(b, submission_key=key)
        return opened.case.number, opened.code
    finally:
        connection.close()


@pytest.fixture
def world(transactional_db: None) -> Bureau:
    with on(MONDAY):
        return bureau()


def test_one_form_from_eight_hands_is_one_case(world: Bureau) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(lambda _: _submit(world, "k" * 43), range(8)))
    assert len(told) == 1
    assert Case.objects.count() == 1


def test_numbers_have_no_gap(world: Bureau) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = sorted(n for n, _ in pool.map(lambda i: _submit(world, f"{i:043d}"), range(24)))
    assert told == [f"ZX-2026-{i:04d}" for i in range(1, 25)]
    assert live_fault()[1] is None
