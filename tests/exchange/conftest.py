from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from small_site import item, small_site

from gongkai.exchange.actions import Packed, pack
from gongkai.files.actions import store
from gongkai.publishing.actions import publish_all

KEY = "tests-only-exchange-" * 3


@pytest.fixture(scope="module")
def published_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, Path]]:
    """A site and the folder that it was published to; rolled back after the module."""
    folder = tmp_path_factory.mktemp("inner")
    places = {"TREE_ROOT": folder / "tree", "FILES_ROOT": folder / "files"}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**places):
            made = small_site()
            file = store(
                "甲,1\n".encode(),
                "关于公证便民措施的附表" * 4 + ".csv",
                agency=made.bureau.agency,
                by=made.bureau.editor,
            )
            item(made, "公证便民措施出台", attachments=[(file, "附表")])
            publish_all()
        yield made, folder
        transaction.set_rollback(True)


@pytest.fixture
def site(published_once: tuple[Any, Path], db: None, settings: Any, tmp_path: Path) -> Any:
    """The site with a copy of its folder, which the test may spoil."""
    made, folder = published_once
    shutil.copytree(folder, tmp_path / "inner")
    settings.TREE_ROOT = tmp_path / "inner/tree"
    settings.FILES_ROOT = tmp_path / "inner/files"
    settings.EXCHANGE_KEY = KEY
    return made


@pytest.fixture
def packed(site: Any, tmp_path: Path) -> Packed:
    return pack(tmp_path / "bundle.tar")


@pytest.fixture
def outer(tmp_path: Path) -> Path:
    return tmp_path / "outer"
