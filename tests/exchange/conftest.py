from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_site import item, small_site

from gongkai.exchange.actions import Packed, pack
from gongkai.files.actions import store
from gongkai.publishing.actions import publish_all

KEY = "tests-only-exchange-" * 3


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.TREE_ROOT = tmp_path / "inner/tree"
    settings.FILES_ROOT = tmp_path / "inner/files"
    settings.EXCHANGE_KEY = KEY
    made = small_site()
    file = store(
        "甲,1\n".encode(),
        "关于公证便民措施的附表" * 4 + ".csv",
        agency=made.bureau.agency,
        by=made.bureau.editor,
    )
    item(made, "公证便民措施出台", attachments=[(file, "附表")])
    publish_all()
    return made


@pytest.fixture
def packed(site: Any, tmp_path: Path) -> Packed:
    return pack(tmp_path / "bundle.tar")


@pytest.fixture
def outer(tmp_path: Path) -> Path:
    return tmp_path / "outer"
