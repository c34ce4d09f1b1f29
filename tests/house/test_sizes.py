"""Files of at most 400 lines, functions of at most 50."""

from __future__ import annotations

import ast
from collections.abc import Iterator

LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 400, 50


def too_large(path: str, source: str) -> Iterator[str]:
    """What in a module is over the limits; decorators and docstring count."""
    lines = source.count("\n") + (not source.endswith("\n") and bool(source))
    if lines > LINES_OF_A_FILE:
        yield f"{path}: {lines} lines, at most {LINES_OF_A_FILE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            length = (node.end_lineno or first) - first + 1
            if length > LINES_OF_A_FUNCTION:
                limit = LINES_OF_A_FUNCTION
                yield f"{path}:{first}: {node.name} has {length} lines, at most {limit}"


def function_of(lines: int) -> str:
    return "def long():\n" + "    a = 1\n" * (lines - 1)


def test_every_module_and_function_is_small(sources: dict[str, str]) -> None:
    found = [problem for path, text in sources.items() for problem in too_large(path, text)]
    assert not found, "\n".join(found)


def test_the_limits_are_reached_and_not_passed() -> None:
    assert not list(too_large("a.py", "a = 1\n" * 400))
    assert not list(too_large("a.py", function_of(50)))


def test_a_file_or_a_function_of_one_line_more_is_found() -> None:
    assert list(too_large("a.py", "a = 1\n" * 401)) == ["a.py: 401 lines, at most 400"]
    assert list(too_large("a.py", function_of(51))) == ["a.py:1: long has 51 lines, at most 50"]
    method = "class A:\n" + "".join(f"    {line}\n" for line in function_of(51).splitlines())
    assert len(list(too_large("a.py", method))) == 1
    assert len(list(too_large("a.py", "@decorated\n" + function_of(50)))) == 1
