"""The national tables over many applications: ours beside a plain loop, in one run.

    python bench/report.py [--cases 200000]

Rows are made in bulk in a database of their own (SQLite in a temporary folder, or
``GONGKAI_DATABASE_URL`` of an empty PostgreSQL database). The plain way reads the same columns
and adds up in Python. Only the ratios travel between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

BATCH = 10_000
YEAR = 2025
OUTCOMES = ("G1", "P1", "D1", "D5", "D6", "N1", "N2", "R1", "R2", "O1", "O3")
CLASSES = ("nat", "nat", "nat", "nat", "biz", "res", "pub", "law", "oth")
RESULTS = ("upheld", "corrected", "other", "")


def prepare(folder: str) -> None:
    """Settings, then an empty database with every table."""
    os.environ.setdefault("GONGKAI_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("GONGKAI_SECRET_KEY", "bench-only-" * 6)
    os.environ.setdefault("GONGKAI_SEALING_KEY", "bench-only-sealing-" * 4)
    os.environ["GONGKAI_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def fill(code: str, count: int) -> Any:
    """``count`` applications over three years, one in fifty with a remedy; returns the organ."""
    from django.db import transaction

    from gongkai.agencies.models import Agency
    from gongkai.applications.models import Remedy
    from gongkai.cases.models import Case, Party

    agency = Agency.objects.create(
        code=code, name=code, short_name=code, number_prefix="示", index_code=code
    )
    dice = random.Random(11)
    rows = made(agency, count, dice)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            cases = Case.objects.bulk_create(batch)
            Party.objects.bulk_create(
                Party(case=case, applicant_class=dice.choice(CLASSES)) for case in cases
            )
            Remedy.objects.bulk_create(remedy(case, dice) for case in cases[::50])
    return agency


def made(agency: Any, count: int, dice: random.Random) -> Iterator[Any]:
    from gongkai.cases.models import Case

    first = date(YEAR - 1, 1, 1)
    for number in range(count):
        received = first + timedelta(days=dice.randrange(3 * 365))
        done = received + timedelta(days=dice.randrange(5, 60)) if dice.random() < 0.95 else None
        yield Case(
            agency=agency, number=f"{number}", kind="application", channel="online",
            title="示例", text="示例", submission_key=f"{agency.code}/{number}", code_hash="",
            submitted_at=datetime(received.year, received.month, received.day, tzinfo=UTC),
            stage="answered" if done else "routed", received_on=received, answered_on=done,
            outcome=dice.choice(OUTCOMES) if done else "",
        )  # fmt: skip


def remedy(case: Any, dice: random.Random) -> Any:
    from gongkai.applications.models import Remedy

    result = dice.choice(RESULTS)
    filed = case.received_on + timedelta(days=30)
    return Remedy(
        case=case, kind=dice.choice(("reconsideration", "suit")), filed_on=filed, result=result,
        after_review=dice.random() < 0.3, decided_on=filed + timedelta(days=60) if result else None,
    )  # fmt: skip


def plain_tables(agency: Any) -> dict[str, int]:
    """Tables 2 and 3 by reading every row and adding up."""
    from gongkai.applications.models import Remedy
    from gongkai.cases.models import Case
    from gongkai.statute import outcomes

    rows = {o.code: o.row for o in outcomes()}
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    found: dict[str, int] = {}

    def add(*names: str) -> None:
        for name in names:
            found[name] = found.get(name, 0) + 1

    cases = Case.objects.filter(agency=agency, kind="application")
    told = cases.values_list("party__applicant_class", "received_on", "answered_on", "outcome")
    for kind, received, answered, outcome in told.iterator(chunk_size=BATCH):
        if received > last or (answered and answered < first):
            continue
        done = answered is not None and answered <= last
        parts = ["new" if received >= first else "carried_in", "total" if done else "carried_out"]
        parts += [rows[outcome]] if done else []
        add(*(f"2.{row}.{column}" for row in parts for column in (kind, "tot")))
    remedies = Remedy.objects.filter(case__agency=agency)
    for kind, after, filed, decided, result in remedies.values_list(
        "kind", "after_review", "filed_on", "decided_on", "result"
    ).iterator(chunk_size=BATCH):
        row = "review" if kind != "suit" else "suit_after_review" if after else "suit_direct"
        if decided and decided.year == YEAR:
            add(f"3.{row}.{result}", f"3.{row}.total")
        elif filed <= last and (not decided or decided > last):
            add(f"3.{row}.pending", f"3.{row}.total")
    return found


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The fastest of five runs, and what it returned.

    SQLite works in this process, so its processor time is all there is; a server's is not seen.
    """
    sqlite = os.environ["GONGKAI_DATABASE_URL"].startswith("sqlite")
    seconds = time.process_time if sqlite else time.perf_counter
    took, result = [], None
    for _ in range(5):
        begin = seconds()
        result = work()
        took.append(seconds() - begin)
    return min(took), result


def measure(agency: Any) -> dict[str, Any]:
    """Both ways for one organ, and whether they count the same."""
    from gongkai.reporting.queries import count_cells
    from gongkai.statute import report_form

    plain_took, plain = best(lambda: plain_tables(agency))
    ours_took, ours = best(lambda: count_cells(agency, YEAR))
    tables = [t for t in report_form(YEAR).tables if t.number > 1]
    keys = [f"{t.number}.{row}.{column}" for t in tables for row, column in t.cells()]
    return {
        "seconds": {"plain_loop": round(plain_took, 3), "ours": round(ours_took, 3)},
        "faster_than_plain_loop": round(plain_took / ours_took, 1),
        "same_numbers": all(ours[key] == plain.get(key, 0) for key in keys),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        prepare(folder)
        large, small = fill("large", count), fill("small", max(count // 100, 100))
        result = {
            "what": "tables 1 to 3 of one organ",
            "database": os.environ["GONGKAI_DATABASE_URL"].split("://")[0],
            "cases": count,
            "organ_with_all_cases": measure(large),
            "organ_with_one_in_a_hundred": measure(small),
        }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    organs = (result["organ_with_all_cases"], result["organ_with_one_in_a_hundred"])
    return 0 if all(organ["same_numbers"] for organ in organs) else 1


if __name__ == "__main__":
    sys.exit(main())
