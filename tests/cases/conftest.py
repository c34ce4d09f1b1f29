from __future__ import annotations

from collections.abc import Iterator

import pytest
from mailbox_world import MONDAY, Bureau, bureau, on


@pytest.fixture
def b(db: None) -> Iterator[Bureau]:
    with on(MONDAY):
        yield bureau()
