"""Files screened in the test's own process: a child for each submission would cost a second."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gongkai.screening import DEFAULT, Policy, Report, screen_file


def screen_files(
    files: Iterable[tuple[Path | str, str]], policy: Policy = DEFAULT, *, timeout: float = 0
) -> list[Report]:
    """What the sandbox answers, without the sandbox; ``timeout`` is not kept."""
    return [screen_file(path, name, policy=policy) for path, name in files]
