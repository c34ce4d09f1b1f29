"""The whole application in a folder of its own, and a Chromium to walk through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import serving
from citizen import Citizen
from desk import Desk
from serving import ROOT, Running


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One installation for all journeys: they leave each other's things alone."""
    if serving.NGINX is None:
        pytest.skip("nginx is not installed")
    with serving.installation(tmp_path_factory.mktemp("journeys")) as installed:
        yield installed


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the screens are kept for people to look at."""
    folder = ROOT / "test-results" / "journeys"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def contexts(
    browser: Any, pictures: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Any]]:
    """Opens browser contexts; keeps a picture of what each showed last, and closes them all."""
    opened: list[Any] = []

    def open_context(**facts: Any) -> Any:
        facts.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **facts)
        context.set_default_timeout(30_000)
        opened.append(context)
        return context

    yield open_context
    for number, context in enumerate(opened):
        for page in context.pages:
            page.screenshot(path=pictures / f"last-{request.node.name}-{number}.png")
        context.close()


@pytest.fixture
def at_desk(running: Running, contexts: Callable[..., Any], pictures: Path) -> Callable[..., Desk]:
    """``at_desk("leader", width=375)``: a person, logged in, in a browser of their own."""

    def login(role: str, *, width: int = 1280) -> Desk:
        page = contexts(viewport={"width": width, "height": 900}).new_page()
        return Desk(page, running, pictures, role).login()

    return login


@pytest.fixture
def citizen(running: Running, contexts: Callable[..., Any], pictures: Path) -> Citizen:
    """Somebody without an account, whose browser runs no script."""
    page = contexts(java_script_enabled=False).new_page()
    return Citizen(page, running, pictures)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs all journeys: they share one installation."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("journeys"))
