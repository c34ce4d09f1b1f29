"""The demo bureau, built once for all tests of this folder, and rolled back after the last."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction


@dataclass(frozen=True)
class Demo:
    """What ``gongkai demo`` printed, and the folder of the published sites."""

    printed: str
    sites: Path

    def page(self, site: str, address: str) -> str:
        """The published page at an address of a site; fails if there is none."""
        path = self.sites / site / address.lstrip("/") / "index.html"
        assert path.is_file(), f"{site}{address} is not published"
        return path.read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """Built by the command itself; nothing of it is left for other tests."""
    folder = tmp_path_factory.mktemp("demo")
    before = settings.TREE_ROOT, settings.FILES_ROOT
    settings.TREE_ROOT, settings.FILES_ROOT = folder / "tree", folder / "files"
    out = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", port=8010, stdout=out, stderr=io.StringIO())
        yield Demo(out.getvalue(), folder / "tree" / "sites")
        transaction.set_rollback(True)
    settings.TREE_ROOT, settings.FILES_ROOT = before


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep this folder's tests together, before those that empty tables: one build is enough."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))
    items.sort(key=lambda item: here not in item.path.parents)
