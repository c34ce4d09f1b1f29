"""A small site with its bureau, and clients that are logged in as somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import in_process
import pytest
from django.test import Client
from people import Bureau
from small_site import SmallSite, read_again

from gongkai import clock, screening
from gongkai.clock import SHANGHAI

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _screening_without_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same screening in this process: a child for each letter takes a second."""
    monkeypatch.setattr(screening, "screen_files_isolated", in_process.screen_files)


@pytest.fixture
def monday() -> Iterator[None]:
    with clock.set_to(datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)):
        yield


@pytest.fixture
def b(site: SmallSite) -> Bureau:
    return site.bureau


@pytest.fixture
def site(one_small_site: SmallSite, db: None, monday: None) -> SmallSite:
    return read_again(one_small_site)


@pytest.fixture
def as_user(client: Client) -> Callable[..., Client]:
    """``as_user(bureau.leader)``: the client, logged in as that person."""

    def login(user: object) -> Client:
        client.force_login(user)  # type: ignore[arg-type]
        return client

    return login
