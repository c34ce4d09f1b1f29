"""Names that say something, and test modules that do not hide each other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePath

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "services", "common", "misc", "lib", "tools"}


def empty_names(paths: list[str]) -> list[str]:
    """Paths with a module or package whose name says nothing of what is in it."""
    return [path for path in paths if EMPTY_WORDS & {PurePath(path).stem, *PurePath(path).parts}]


def shared_names(paths: list[str]) -> list[str]:
    """Names of test modules that stand in two folders: pytest imports them by their bare name."""
    names = Counter(PurePath(path).name for path in paths)
    return sorted(
        name for name, n in names.items() if n > 1 and name not in {"conftest.py", "__init__.py"}
    )


def test_no_module_is_a_drawer_for_odds_and_ends(sources: dict[str, str]) -> None:
    assert empty_names(list(sources)) == []
    assert empty_names(["cases/utils.py", "common/a.py", "cases/rules.py"]) == [
        "cases/utils.py",
        "common/a.py",
    ]


def test_no_two_test_modules_share_a_name(root: Path) -> None:
    paths = [p.relative_to(root).as_posix() for p in (root / "tests").rglob("*.py")]
    assert shared_names(paths) == []
    assert shared_names(["a/test_x.py", "b/test_x.py", "a/conftest.py", "b/conftest.py"]) == [
        "test_x.py"
    ]
