"""The bureau on one day of 2014, for the tests that ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from inspecting import TODAY, on
from people import Bureau, small_bureau


@pytest.fixture
def that_day() -> Iterator[None]:
    with on(TODAY):
        yield


@pytest.fixture
def bureau(db: None) -> Bureau:
    return small_bureau()
