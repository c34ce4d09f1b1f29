"""One release into a large site: files written, time until they stand, beside a full export.

    python bench/publishing.py [--items 5000]

The plain alternative is what a site without recorded dependencies has to do: write everything
anew. The items are copies of one that went through the real review, put in by SQL.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
STEP = 4
"""Characters that a step of a page's path has (treebeard)."""


def copies(of: object, count: int) -> None:
    """``count`` more rows like the page ``of``, in the same column."""
    from django.db import connection
    from wagtail.models import Page

    from gongkai.catalogue.models import ItemPage

    first = Page.objects.latest("pk").pk + 1
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

    def step(number: int) -> str:
        signs = ""
        for _ in range(STEP):
            number, rest = divmod(number, len(alphabet))
            signs = alphabet[rest] + signs
        return signs

    def rows(table: str, key: str, changes: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" WHERE {key} = %s', [of.pk])
            names = [column[0] for column in cursor.description]
            known = dict(zip(names, cursor.fetchone(), strict=True))
            made = [{**known, **changes(n)} for n in range(count)]
            places = ", ".join(["%s"] * len(names))
            quoted = ", ".join(f'"{name}"' for name in names)
            cursor.executemany(
                f'INSERT INTO "{table}" ({quoted}) VALUES ({places})',
                [[row[name] for name in names] for row in made],
            )

    begin = of.path[:-STEP]
    rows(Page._meta.db_table, "id", lambda n: {
        "id": first + n, "path": begin + step(n + 100), "slug": f"copy-{n}",
        "url_path": f"{of.url_path.rsplit('/', 2)[0]}/copy-{n}/", "title": f"第{n}件信息",
        "translation_key": uuid4().hex if connection.vendor == "sqlite" else uuid4(),
    })  # fmt: skip
    rows(ItemPage._meta.db_table, "page_ptr_id", lambda n: {
        "page_ptr_id": first + n, "index_number": f"copy/{n}", "sequence": of.sequence + 1 + n,
    })  # fmt: skip


@dataclass
class Spent:
    """Seconds by the wall, and of processor in all processes: these leave out what others do."""

    wall: float
    processor: float
    load: float


def timed(act: Callable[[], Any]) -> tuple[Spent, Any]:
    begun, before = time.perf_counter(), sum(os.times()[:4])
    result = act()
    spent = Spent(time.perf_counter() - begun, sum(os.times()[:4]) - before, os.getloadavg()[0])
    return spent, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=5000)
    count = parser.parse_args().items
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "GONGKAI_PUBLISH_IN_BACKGROUND": "true",  # the bench publishes itself, and measures
            "DJANGO_SETTINGS_MODULE": "gongkai.config.settings_test",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(count)


def measure(count: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from small_site import item, small_site

    from gongkai.publishing.actions import publish_all, publish_pending
    from gongkai.publishing.making import Making
    from gongkai.publishing.processes import cores

    site = small_site()
    copies(item(site, "第一件信息"), count)
    whole, outcome = timed(lambda: publish_all(cores()))
    files = len(outcome.written)
    print(
        f"full export: {files} files, gzip and brotli, {cores()} processes, search index\n"
        f"  {files / whole.wall:.0f} a second by the wall ({whole.wall:.1f} s, "
        f"load {whole.load:.1f})"
        f"\n  {1000 * whole.processor / files:.2f} ms of processor each: "
        f"{2 * files / whole.processor:.0f} a second on two cores that do nothing else"
    )
    item(site, "公证便民措施出台")
    making, spent = Making.batch, []

    def watched(self: Making, targets: Any) -> Any:
        took, made = timed(lambda: making(self, targets))
        spent.append(took)
        return made

    Making.batch = watched  # type: ignore[method-assign]
    with CaptureQueriesContext(connection) as captured:
        one, outcome = timed(publish_pending)
    print(
        f"one release among {count}: {len(outcome.written)} files, {len(captured)} queries, "
        f"{one.wall:.2f} s until they stand\n  processor: {1000 * one.processor:.0f} ms, of these "
        f"{1000 * sum(s.processor for s in spent):.0f} ms reading, rendering and writing the files"
    )
    print(f"ratio: {whole.processor / one.processor:.0f} times less than writing everything anew")


if __name__ == "__main__":
    main()
