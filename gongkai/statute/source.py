"""Reading the law files."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "law"


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``law/<name>.toml``."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def in_force(row: dict[str, Any], on: date) -> bool:
    """Whether the row's ``in_force`` and ``until`` (both included, both optional) hold ``on``."""
    return bool(row.get("in_force", date.min) <= on <= row.get("until", date.max))
