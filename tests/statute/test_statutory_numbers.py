"""The law is data: no statutory number stands anywhere else.

A period belongs into ``statute/law``. What is technical and no law (a cache, a session) says so
on its line: ``# not law: why``.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "gongkai"
ROOMS = [
    "applications",
    "enquiries",
    "cases",
    "reporting",
    "review",
    "oversight",
    "catalogue",
    "portal",
    "office",
    "outbox",
]
WORDS = {"days", "working_days", "months", "weeks", "wd", "workdays"}
NAMES = re.compile(r"(DAYS|MONTHS|PERIOD|DEADLINE|WORKDAYS)(_|$)|^(DAYS|MONTHS)_", re.I)
CALLS = {"timedelta", "add_working_days", "add_working_days_to_all", "add_days", "add_months"}
SPOKEN = re.compile(
    r"(\d+|[一二三四五六七八九十百]{1,4})\s*(个?工作日|日内|天内|个月内|日之内|天之内)"
)
EXCUSE = "# not law:"
STEP = 1  # from one day to the next


def numbers_in_code(source: str) -> Iterator[tuple[int, str]]:
    """(line, what) of each period that is written as a number or in words."""
    lines = source.splitlines()
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        for what in _found(node, documentation):
            line = getattr(node, "lineno", 1)
            span = lines[line - 1 : getattr(node, "end_lineno", line)]
            if not any(EXCUSE in text for text in span):
                yield line, what


def _found(node: ast.AST, documentation: set[int]) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        for keyword in node.keywords:
            if keyword.arg in WORDS and _number(keyword.value):
                yield f"{name}({keyword.arg}={ast.unparse(keyword.value)})"
        if name in CALLS:
            yield from (f"{name}({ast.unparse(a)})" for a in node.args if _number(a))
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _number(node.value):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (ast.unparse(node) for t in targets if NAMES.search(ast.unparse(t)))
    elif isinstance(node, ast.Constant) and id(node) not in documentation:
        yield from (m.group() for m in SPOKEN.finditer(str(node.value)))


def _number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value > STEP


def numbers_in_template(source: str) -> Iterator[tuple[int, str]]:
    """(line, what) of each period that a page spells out instead of asking the law."""
    for number, line in enumerate(source.splitlines(), 1):
        if EXCUSE not in line:
            yield from ((number, spoken.group()) for spoken in SPOKEN.finditer(line))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_no_statutory_number(room: str) -> None:
    found = []
    for path in sorted((ROOT / room).rglob("*")):
        if "migrations" in path.parts or path.suffix not in (".py", ".html", ".txt"):
            continue
        look = numbers_in_code if path.suffix == ".py" else numbers_in_template
        found += [
            f"{path.relative_to(ROOT)}:{line}: {what}"
            for line, what in look(path.read_text(encoding="utf-8"))
        ]
    assert found == [], "move the number to statute/law and ask statute for it"


@pytest.mark.parametrize(
    "fault",
    [
        "due = add(start, working_days=20)",
        "due = start + timedelta(days=15)",
        "due = start + timedelta(15)",
        "due = start - timedelta(days=-60)",
        "due = calendar.add_working_days(start, 7)",
        "REPLY_DAYS = 20",
        "max_days: int = 15",
        "text = '请在15个工作日内补正'",
        "text = f'请在二十个工作日内缴费，{name}'",
    ],
)
def test_a_planted_number_is_found(fault: str) -> None:
    assert [line for line, _ in numbers_in_code(f"import x\n{fault}\n")] == [2]


@pytest.mark.parametrize(
    "fine",
    [
        "due = calendar.add_working_days(start, law.period('reply').days)",
        "tomorrow = today + timedelta(days=1)",
        "timeout = timedelta(days=30)  # not law: how long a session lives",
        "'''答复期限为 20个工作日。'''",
        "rows = 20",
        "text = f'请在{period}内补正'",
    ],
)
def test_what_is_no_statutory_number_is_left_alone(fine: str) -> None:
    assert list(numbers_in_code(fine)) == []


def test_a_planted_number_in_a_page_is_found() -> None:
    page = "<p>公开指南</p>\n<p>本机关自收到申请之日起15个工作日内答复。</p>\n{{ period }}内"
    assert list(numbers_in_template(page)) == [(2, "15个工作日")]
