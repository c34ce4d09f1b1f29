"""Every room of the plan stands, says what it is for, and looks downwards only."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

# The plan, top floor first. A room more or less is a decision: it is written down here too.
ROOMS = [
    "config", "demo", "office", "api", "exchange", "publishing", "portal", "oversight", "channels",
    "imports", "reporting", "applications", "enquiries", "cases", "catalogue", "assets", "review",
    "files", "agencies", "outbox", "ledger", "clock", "statute", "screening", "text",
]  # fmt: skip


def objection_to_docstring(source: str) -> str:
    """Why a room's docstring is not one sentence, or ""."""
    text = ast.get_docstring(ast.parse(source))
    if not text:
        return "has no docstring"
    if not text.endswith(".") or re.search(r"[.!?。]\s", text) or "\n\n" in text:
        return f"says more or less than one sentence: {text!r}"
    return ""


def lint_imports(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy_of_the_house(root: Path, tmp_path: Path) -> Path:
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(
        root / "gongkai", tmp_path / "gongkai",
        ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")],
    )  # fmt: skip
    return tmp_path


def test_every_room_of_the_plan_is_a_package_and_no_other_is(root: Path) -> None:
    there = {p.parent.name for p in (root / "gongkai").glob("*/__init__.py")}
    assert there == set(ROOMS)


def test_every_room_says_in_one_sentence_what_it_does(root: Path) -> None:
    for room in ROOMS:
        source = (root / "gongkai" / room / "__init__.py").read_text(encoding="utf-8")
        assert objection_to_docstring(source) == "", room


def test_the_check_of_docstrings_finds_none_two_and_an_unfinished_one() -> None:
    assert objection_to_docstring('"""Counts working days."""') == ""
    for planted in ("a = 1", '"""Counts. Pauses."""', '"""Counts"""', '"""Counts.\n\nMore."""'):
        assert objection_to_docstring(planted)


def test_the_contract_names_every_room_once(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    house = contracts["tool"]["importlinter"]["contracts"][0]
    named = [room for layer in house["layers"] for room in layer.split(" | ")]
    assert sorted(named) == sorted([*ROOMS, "refusal"])
    assert house["exhaustive"] is True


def test_rooms_import_downwards_only(root: Path) -> None:
    done = lint_imports(root)
    assert done.returncode == 0, done.stdout[-3000:]


def test_an_import_upwards_breaks_the_contract(copy_of_the_house: Path) -> None:
    ledger = copy_of_the_house / "gongkai/ledger/__init__.py"
    ledger.write_text(ledger.read_text(encoding="utf-8") + "\nimport gongkai.portal.render\n")
    done = lint_imports(copy_of_the_house)
    assert done.returncode != 0
    assert "gongkai.ledger -> gongkai.portal.render" in done.stdout
