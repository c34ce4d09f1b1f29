"""Durable submissions a second: the real action in two processes beside bare inserts.

    python bench/submissions.py [--seconds 4] [--processes 2]

Both write the same kind of SQLite file on the same disk, in WAL with synchronous=FULL, one
transaction a submission. ``bare`` is one row a transaction and nothing else: the physical limit.
Figures of different runs or machines cannot be compared, the ratio can.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TITLE, TEXT = "公证收费标准", "公证收费的标准是什么，在哪里可以看到？"


def installation(data: Path) -> None:
    """A migrated database with one agency; its address stands in the environment."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings", "GONGKAI_DATA": str(data),
        "GONGKAI_SECRET_KEY": "bench-only-" * 6, "GONGKAI_SEALING_KEY": "bench-only-sealing-" * 4,
        "GONGKAI_DATABASE_URL": f"sqlite:///{data}/bench.sqlite3",
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], check=True)


def open_agency() -> None:
    """Found the agency that everybody writes to."""
    import django

    django.setup()
    from gongkai.agencies.actions import found_agency

    found_agency(
        code="bench",
        name="示例市司法局",
        short_name="示例局",
        number_prefix="示司",
        index_code="01",
    )  # fmt: skip


def ours(data: Path, until: float) -> int:
    """Submissions through the real action until the time is up."""
    import django

    django.setup()
    from gongkai.agencies.models import Agency
    from gongkai.cases.actions import Person
    from gongkai.cases.rules import Channel, Kind
    from gongkai.enquiries.actions import submit

    agency, person, count = Agency.objects.get(), Person(name="某人", phone="13800001234"), 0
    while time.monotonic() < until:
        submit(agency, Kind.ENQUIRY, channel=Channel.ONLINE, title=TITLE, text=TEXT, person=person)
        count += 1
    return count


def bare(data: Path, until: float) -> int:
    """One row a transaction, with the same settings of durability."""
    base = sqlite3.connect(data / "bare.sqlite3", timeout=20, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, title, text)")
    count = 0
    while time.monotonic() < until:
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO message (title, text) VALUES (?, ?)", (TITLE, TEXT))
        base.execute("COMMIT")
        count += 1
    return count


def _counted(
    work: Callable[[Path, float], int], data: Path, seconds: float,
    ready: multiprocessing.Barrier, results: multiprocessing.Queue[int],  # type: ignore[valid-type]
) -> None:  # fmt: skip
    for warm in (0.0, 0.2):  # imports and caches are not what is measured
        work(data, time.monotonic() + warm)
    ready.wait()  # type: ignore[attr-defined]
    results.put(work(data, time.monotonic() + seconds))


def a_second(
    work: Callable[[Path, float], int], data: Path, seconds: float, processes: int
) -> float:
    """Commits a second, all processes together."""
    context = multiprocessing.get_context("spawn")
    ready, results = context.Barrier(processes), context.Queue()
    running = [
        context.Process(target=_counted, args=(work, data, seconds, ready, results))
        for _ in range(processes)
    ]
    for process in running:
        process.start()
    total = sum(results.get(timeout=seconds + 120) for _ in running)
    for process in running:
        process.join()
    return total / seconds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        data = Path(folder)
        installation(data)
        open_agency()
        # Taken in turns, so that a busy machine slows both.
        rates: dict[str, list[float]] = {"bare": [], "ours": []}
        for _ in range(2):
            for name, work in (("bare", bare), ("ours", ours)):
                rates[name].append(a_second(work, data, chosen.seconds, chosen.processes))
        from gongkai.ledger.queries import live_fault

        entries, fault = live_fault()
        best = {name: round(max(found), 1) for name, found in rates.items()}
        print(
            json.dumps({
                "submissions_a_second": best["ours"], "bare_inserts_a_second": best["bare"],
                "ratio": round(best["ours"] / best["bare"], 3), "processes": chosen.processes,
                "ledger_entries": entries, "ledger_fault": fault,
            })
        )  # fmt: skip


if __name__ == "__main__":
    main()
