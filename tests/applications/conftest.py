from __future__ import annotations

from collections.abc import Iterator

import in_process
import pytest
from applying import MONDAY, on
from people import Bureau, small_bureau

from gongkai import screening

ISOLATED = "test_from_form_to_reply_under_the_law_of_2019"


@pytest.fixture(autouse=True)
def _screening_without_a_child_process(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The same screening in this process: a child for each letter takes a second."""
    if request.node.name != ISOLATED:
        monkeypatch.setattr(screening, "screen_files_isolated", in_process.screen_files)


@pytest.fixture
def b(db: None) -> Iterator[Bureau]:
    with on(MONDAY):
        yield small_bureau()
