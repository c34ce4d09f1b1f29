"""One migrated SQLite file for all test processes: migrating takes 15 s of processor each time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from django.db.backends.signals import connection_created

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "test-results"


@cache
def template() -> Path:
    """Made by the real command when a migration or a locked version changed; others wait."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = KEPT / f"migrated-{_edition()}.sqlite3"
        if not made.exists():
            _make(made)
    return made


def _edition() -> str:
    """Names what the tables follow from: migrations, the days they seed, Wagtail and Django."""
    of = [*ROOT.glob("gongkai/*/migrations/*.py"), *ROOT.glob("gongkai/clock/**/*")]
    files = sorted({*of, ROOT / "requirements/base.txt"})
    found = hashlib.sha256()
    for file in files:
        if file.is_file() and file.suffix != ".pyc":
            found.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _make(made: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-migrated-") as folder:
        url = f"sqlite:///{folder}/new.sqlite3"
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test",
                "GONGKAI_DATABASE_URL": url,
                "GONGKAI_DATA": folder,
            },
            check=True,
        )
        whole = made.with_suffix(".part")
        whole.unlink(missing_ok=True)
        with closing(sqlite3.connect(f"{folder}/new.sqlite3")) as source:
            source.execute("VACUUM INTO ?", (str(whole),))
        whole.replace(made)


def copy_to(database: Path) -> None:
    """For an installation of its own; ``gongkai migrate`` after it finds nothing left to do."""
    database.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template(), database)


class FillFirstConnection:
    """Copies the template into the empty database in memory when Django first opens it; what is
    missing there is still migrated.
    """

    def __enter__(self) -> None:
        self.filled = False
        connection_created.connect(self._fill)

    def __exit__(self, *_: object) -> None:
        connection_created.disconnect(self._fill)

    def _fill(self, connection: object, **_: object) -> None:
        if self.filled or not connection.is_in_memory_db():  # type: ignore[attr-defined]
            return
        self.filled = True
        with closing(sqlite3.connect(template())) as source:
            source.backup(connection.connection)  # type: ignore[attr-defined]
