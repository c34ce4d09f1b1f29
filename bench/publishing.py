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
from pathlib import Path
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


def timed(act: object) -> tuple[float, object]:
    begun = time.perf_counter()
    result = act()
    return time.perf_counter() - begun, result


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
    from small_site import item, small_site

    from gongkai.publishing.actions import publish_all, publish_pending

    site = small_site()
    copies(item(site, "第一件信息"), count)
    whole, outcome = timed(publish_all)
    pages = len(outcome.written)
    print(f"full export: {pages} files in {whole:.1f} s, {pages / whole:.0f} a second")
    item(site, "公证便民措施出台")
    one, outcome = timed(publish_pending)
    print(f"one release among {count}: {len(outcome.written)} files, {one:.2f} s until they stand")
    print(f"ratio: {whole / one:.0f} times faster than writing everything anew")


if __name__ == "__main__":
    main()
