from __future__ import annotations

import in_process
import pytest
from people import Bureau, small_bureau

from gongkai import screening


@pytest.fixture(autouse=True)
def _screening_without_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "screen_files_isolated", in_process.screen_files)


@pytest.fixture
def b(db: None) -> Bureau:
    return small_bureau()
