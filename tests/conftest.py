"""What every test may use: the guards of append-only tables are lifted only while a test empties
its tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import migrated
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from gongkai import clock

# The whole run has to fit into minutes; HYPOTHESIS_PROFILE=deep looks longer.
hypothesis_settings.register_profile("quick", max_examples=30, deadline=None)
hypothesis_settings.register_profile("deep", max_examples=500, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

_teardown = TransactionTestCase._fixture_teardown

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="only tests that ask for a database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A second database proves nothing about what never asks for one."""
    if not config.getoption("--database-only"):
        return
    asking = [item for item in items if _asks_for_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks_for_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & {"db", "transactional_db", "django_db_setup"}
    )


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


@pytest.fixture(scope="session")
def _migrated_once() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with migrated.FillFirstConnection():
        yield


@pytest.fixture(scope="session")
def django_db_setup(_migrated_once: None, django_db_setup: None) -> None:
    """pytest-django's own, on a copy of what was migrated before."""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Neither cached sites of another test, nor its queries.

    Django's log holds 9,000 queries: when it is full, counting them counts nothing.
    """
    cache.clear()
    connection.queries_log.clear()


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run: a second Playwright does not start beside the first.

    Playwright keeps an event loop in this thread; Django must not mind it meanwhile.
    """
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with pytest.MonkeyPatch.context() as patch, playwright.sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def one_small_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A small site for all tests of a module: five reviews take a second, and each test's own
    changes are rolled back to it. Take it through ``small_site.read_again``.
    """
    from small_site import small_site

    with django_db_blocker.unblock(), transaction.atomic():
        with clock.set_to(datetime(2026, 1, 5, 10, tzinfo=clock.SHANGHAI)):
            made = small_site()
        yield made
        transaction.set_rollback(True)
