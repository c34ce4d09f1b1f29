"""The migrations build the whole database from nothing, and nothing is missing from them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


def manage(*command: str, data: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test",
        "GONGKAI_DATA": str(data),
        "GONGKAI_DATABASE_URL": database_url,
    }
    return subprocess.run(
        [sys.executable, "-m", "django", *command],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """The address of a database of the kind under test, with nothing in it."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    facts = connection.settings_dict
    name = f"scratch_{uuid4().hex[:12]}"
    facts_of_server = {
        "host": facts["HOST"], "port": facts["PORT"] or None, "user": facts["USER"],
        "password": facts["PASSWORD"] or None, "dbname": "postgres",
    }  # fmt: skip
    with psycopg.connect(**facts_of_server, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            address = f"postgresql://{facts['USER']}@/{name}?host={facts['HOST']}"
            yield address + (f"&port={facts['PORT']}" if facts["PORT"] else "")
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_the_migrations_build_the_database_from_nothing(
    empty_database: str, tmp_path: Path
) -> None:
    before = manage("migrate", "--check", data=tmp_path, database_url=empty_database)
    assert before.returncode == 1, "the database was not empty"
    done = manage("migrate", "--verbosity", "0", data=tmp_path, database_url=empty_database)
    assert done.returncode == 0, done.stderr[-3000:]
    after = manage("migrate", "--check", data=tmp_path, database_url=empty_database)
    assert after.returncode == 0, after.stdout + after.stderr[-3000:]


def test_no_model_differs_from_its_migrations(empty_database: str, tmp_path: Path) -> None:
    done = manage(
        "makemigrations", "--check", "--dry-run", data=tmp_path, database_url=empty_database
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
