"""Promise 7: what was acknowledged is never lost, and a form sent twice is stored once.

The real application with two processes is killed without warning in the middle of its work.
(A power cut is another matter, which kill -9 cannot show: see the settings of the database.)
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import migrated
import psycopg
import pytest
from citizens import FORM, Town, crowd
from psycopg import sql

pytestmark = pytest.mark.system

ROOT, HERE = Path(__file__).resolve().parents[2], Path(__file__).resolve().parent
ADDRESS = os.environ.get("GONGKAI_DATABASE_URL", "")
ROUNDS, PEOPLE, SECONDS = 3, 4, 6.0
REAL, HASTY = "gongkai.config.wsgi:application", "hasty_wsgi:application"


@dataclass
class World:
    """An installation of its own in a folder of its own."""

    environment: dict[str, str]
    port: int

    def run(self, *command: str) -> str:
        """Run one of our own processes to its end."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True,
            text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def facts(self) -> dict[str, Any]:
        """What the database holds, read by a fresh process."""
        told: dict[str, Any] = json.loads(self.run(str(HERE / "durable_world.py"), "facts"))
        return told

    @contextmanager
    def server(self, application: str = REAL) -> Iterator[subprocess.Popen[bytes]]:
        """The application in a process group of its own; nothing of it is left afterwards."""
        command = [
            sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}",
            "--workers", "2", "--worker-class", "sync", "--preload", "--no-control-socket",
            "--timeout", "60", "--pythonpath", str(HERE),
        ]  # fmt: skip
        log = Path(self.environment["GONGKAI_DATA"]) / "web.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
            try:
                self._wait(process, log)
                yield process
            finally:
                kill(process)

    def _wait(self, process: subprocess.Popen[bytes], log: Path) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until and process.poll() is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("GET", FORM)
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.2)
        pytest.fail(f"the application does not answer\n{log.read_text()[-3000:]}")


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 to the whole group that we started, and only to it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    """The address of a database with nothing in it; empty for a SQLite file in the data folder."""
    if kind == "sqlite":
        yield ""
        return
    address = urlsplit(ADDRESS)
    name = f"killed_{uuid4().hex[:12]}"
    server = urlunsplit(address._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(address._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


KINDS = ["sqlite", *(["postgresql"] if ADDRESS.startswith("postgresql") else [])]


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A migrated installation with a small bureau and its site, and no case yet."""
    data = tmp_path / "installation"
    data.mkdir()
    with empty_database(request.param) as database:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DJANGO_"))},
            "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
            "GONGKAI_DATA": str(data),
            "GONGKAI_DATABASE_URL": database,
            "GONGKAI_SECRET_KEY": "tests-only-" * 6,
            "GONGKAI_SEALING_KEY": "tests-only-sealing-" * 4,
            "GONGKAI_HTTPS": "false",
            "PYTHONPATH": f"{ROOT}",
        }
        made = World(environment, free_port())
        if not database:
            migrated.copy_to(data / "gongkai.sqlite3")
        made.run("-m", "django", "migrate", "--verbosity", "0")
        made.run("-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
        made.run(str(HERE / "durable_world.py"), "found")
        yield made


def killed_in_the_middle(world: World, town: Town, application: str, seed: int) -> float:
    """Let people send forms, kill everything, and return how many a second had got their number."""
    with world.server(application) as process:
        before, started = len(town.told), time.monotonic()
        people = crowd(town, PEOPLE, SECONDS)
        time.sleep(random.Random(seed).uniform(0.5, 0.8) * SECONDS)
        kill(process)
        rate = (len(town.told) - before) / (time.monotonic() - started)
        for person in people:
            person.join(60)
            assert not person.is_alive()
    return rate


def check(facts: dict[str, Any], town: Town) -> None:
    """Nothing acknowledged is lost, nothing is there by halves or twice."""
    cases = facts["cases"]
    lost = [s.key for s in town.sheets.values() if s.acknowledged and s.key not in cases]
    assert not lost, f"{len(lost)} acknowledged submissions are lost"
    for sheet in town.told:
        stored = cases[sheet.key]
        assert (stored["number"], stored["code"]) == (sheet.number, sheet.code)
    for key, stored in cases.items():
        assert stored["events"] == [[1, "submitted"]], key
        assert stored["entries"] == 1, key
        assert stored["whole"], key
        assert key in town.sheets
    serials = sorted(int(case["number"].rpartition("-")[2]) for case in cases.values())
    assert serials == list(range(1, len(cases) + 1)), "numbers twice or missing"
    assert facts["counters"] == [len(cases)]
    assert facts["fault"] is None


def test_nothing_acknowledged_is_lost_when_everything_is_killed(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    town, rates, stored_unseen = Town(world.port), [], 0
    for number in range(ROUNDS):
        rates.append(killed_in_the_middle(world, town, REAL, seed=number))
        facts = world.facts()
        check(facts, town)
        unseen = [sheet for sheet in town.sheets.values() if not sheet.acknowledged]
        stored_unseen += sum(sheet.key in facts["cases"] for sheet in unseen)
        with world.server():
            for sheet in list(town.sheets.values()):
                town.submit(sheet)
        after = world.facts()
        check(after, town)
        assert set(after["cases"]) == set(town.sheets), "a form sent twice made two cases, or none"
        assert after["cases"].items() >= facts["cases"].items()
        assert not town.odd, town.odd[:2]
    assert len(town.told) == len(town.sheets) > 20
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(town.sheets)} forms, {ROUNDS} kills, {stored_unseen} stored and not yet told; "
            f"numbers shown a second: {', '.join(f'{rate:.1f}' for rate in rates)}\n"
        )


def test_an_acknowledgement_before_the_commit_would_be_found(world: World) -> None:
    """The planted fault: the same test sees what is lost."""
    town = Town(world.port)
    killed_in_the_middle(world, town, HASTY, seed=1)
    facts = world.facts()
    with pytest.raises(AssertionError, match="acknowledged submissions are lost"):
        check(facts, town)
