"""The sources of the house, and the scripts that guard it, for the tests beside this file."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sources() -> dict[str, str]:
    """Path below ``gongkai/`` → text, of every module but the migrations."""
    house = ROOT / "gongkai"
    found = {
        path.relative_to(house).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(house.rglob("*.py"))
        if "migrations" not in path.parts
    }
    assert len(found) > 50, "the scan looks at the wrong folder"
    return found


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    """Loads ``scripts/NAME.py`` as a module."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / f"scripts/{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # dataclasses look their module up
        spec.loader.exec_module(module)
        return module

    return load
