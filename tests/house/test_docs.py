"""The generated pages say what the house says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


def test_the_page_of_the_rooms_is_up_to_date(
    script: Callable[[str], ModuleType], root: Path
) -> None:
    written = (root / "docs/architecture.md").read_text(encoding="utf-8")
    assert written == script("make_docs").architecture(), "run: make docs"


def test_a_room_that_changed_its_sentence_makes_the_page_old(
    script: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = script("make_docs")
    before = module.architecture()
    monkeypatch.setattr(module, "sentence", lambda room: f"Does {room}.")
    assert module.architecture() != before
    assert module.architecture().count("Does ledger.") == 1
