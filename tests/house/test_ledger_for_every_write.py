"""No write without its ledger entry in the same transaction (read from the source of ``actions``).

Every public function of an ``actions`` drawer that writes, itself or through private functions
that it calls, must run in ``transaction.atomic`` and reach ``ledger.record``. Where the drawer is
a package, public is what its ``__init__`` hands out, and what anybody outside imports.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

RECORD = "gongkai.ledger.actions.record"

# Short, and each with its reason. A function that is gone must leave this list.
EXEMPT = {
    RECORD: "it is the ledger",
    "gongkai.clock.actions.set_days": "lies under the ledger; the caller records the notice",
    "gongkai.cases.actions.refold": "writes no act: a copy of the events, which are on record",
    "gongkai.outbox.actions.deliver_due": "claim and result commit alone, around the sending",
    "gongkai.publishing.actions.changed": "notes what to write again for an act that is on record",
    "gongkai.publishing.actions.publish_pending": "one transaction a file, one record a run",
    "gongkai.publishing.actions.publish_all": "as publish_pending",
}

WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
    "add_child", "save_revision", "publish", "unpublish", "raw_update",
}  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Verb:
    """One function of a module: what it calls (full names), whether it writes and is atomic."""

    name: str
    calls: set[str] = field(default_factory=set)
    writes: bool = False
    atomic: bool = False
    private: bool = False


def module_name(path: str) -> str:
    return "gongkai." + path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(tree: ast.Module) -> dict[str, str]:
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return known


def dotted(node: ast.AST, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, known)}.{node.attr}"
    return "?"


def is_write(call: ast.Call) -> bool:
    """Whether a call changes rows; ``update`` counts with keywords: dict.update is none."""
    if not isinstance(call.func, ast.Attribute):
        return False
    return call.func.attr in WRITES or (call.func.attr == "update" and bool(call.keywords))


def opens_transaction(node: ast.AST, known: dict[str, str]) -> bool:
    target = node.func if isinstance(node, ast.Call) else node
    return dotted(target, known).endswith("transaction.atomic")


def verbs_of(path: str, source: str) -> dict[str, Verb]:
    """Every function of a module's top level, by its full name."""
    tree = ast.parse(source)
    home = module_name(path)
    functions = [node for node in tree.body if isinstance(node, Function)]
    known = {**imports_of(tree), **{f.name: f"{home}.{f.name}" for f in functions}}
    found = {}
    for function in functions:
        verb = Verb(f"{home}.{function.name}", private=function.name.startswith("_"))
        verb.atomic = any(opens_transaction(d, known) for d in function.decorator_list)
        for node in ast.walk(function):
            if isinstance(node, ast.With):
                verb.atomic |= any(opens_transaction(i.context_expr, known) for i in node.items)
            if isinstance(node, ast.Call):
                verb.calls.add(dotted(node.func, known))
                verb.writes |= is_write(node)
        found[verb.name] = verb
    return found


def house_of(sources: dict[str, str]) -> dict[str, Verb]:
    """All functions of the house; a name that a package only hands on leads to its origin."""
    house = {n: v for path, text in sources.items() for n, v in verbs_of(path, text).items()}
    handed_out = set()
    for path, text in sources.items():
        for name, origin in imports_of(ast.parse(text)).items():
            if path.endswith("__init__.py") and origin in house:
                house.setdefault(f"{module_name(path)}.{name}", house[origin])
            if path.endswith("__init__.py") or drawer(module_name(path)) != drawer(origin):
                handed_out.add(origin)
    for verb in house.values():
        module = verb.name.rsplit(".", 1)[0]
        if drawer(module) != module:
            verb.private |= not {verb.name, module} & handed_out
    return house


def drawer(name: str) -> str:
    """``gongkai.cases.actions.closing`` → ``gongkai.cases.actions``."""
    return ".".join(name.split(".")[:3])


def reach(verb: Verb, house: dict[str, Verb], *, private_only: bool) -> Iterator[Verb]:
    """The function and all that it calls, transitively."""
    seen, open_ = {verb.name}, [verb]
    while open_:
        at = open_.pop()
        yield at
        for name in at.calls - seen:
            called = house.get(name)
            if called and (called.private or not private_only):
                seen.add(name)
                open_.append(called)


def is_action(name: str) -> bool:
    return ".actions." in name


def unrecorded(sources: dict[str, str]) -> list[str]:
    """What is wrong, a line each."""
    house, wrong = house_of(sources), []
    for verb in {verb.name: verb for verb in house.values()}.values():
        if not is_action(verb.name) or verb.private or verb.name in EXEMPT:
            continue
        if not any(part.writes for part in reach(verb, house, private_only=True)):
            continue
        if not verb.atomic:
            wrong.append(f"{verb.name} writes outside transaction.atomic")
        if not any(RECORD in part.calls for part in reach(verb, house, private_only=False)):
            wrong.append(f"{verb.name} writes and records nothing in the ledger")
    return wrong


def test_every_action_that_writes_is_atomic_and_recorded(sources: dict[str, str]) -> None:
    found = unrecorded(sources)
    assert not found, "\n".join(found)


def test_the_scan_sees_the_actions(sources: dict[str, str]) -> None:
    house = house_of(sources)
    writing = [v for v in house.values() if is_action(v.name) and v.writes]
    assert len(writing) > 10
    assert house["gongkai.agencies.actions.found_agency"].atomic


def test_every_exemption_still_names_a_function_that_needs_it(sources: dict[str, str]) -> None:
    house = house_of(sources)
    for name in EXEMPT:
        assert any(part.writes for part in reach(house[name], house, private_only=True)), name


HEAD = "from django.db import transaction\nfrom gongkai.ledger.actions import record\n"
GOOD = HEAD + "@transaction.atomic\ndef act(x):\n    x.save()\n    record('a', 'b')\n"


def planted(source: str, path: str = "cases/actions.py") -> list[str]:
    return unrecorded({path: source})


def test_a_good_action_passes() -> None:
    assert planted(GOOD) == []
    assert (
        planted(GOOD.replace("record('a', 'b')", "_note()") + "def _note():\n    record('a')\n")
        == []
    )


def test_a_write_without_record_or_transaction_is_found() -> None:
    assert planted(GOOD.replace("    record('a', 'b')\n", "")) == [
        "gongkai.cases.actions.act writes and records nothing in the ledger"
    ]
    assert planted(GOOD.replace("@transaction.atomic\n", "")) == [
        "gongkai.cases.actions.act writes outside transaction.atomic"
    ]


def test_a_write_behind_a_private_function_is_found() -> None:
    hidden = HEAD + "def act(x):\n    _keep(x)\n\ndef _keep(x):\n    x.objects.create(a=1)\n"
    assert len(planted(hidden)) == 2


@pytest.mark.parametrize(
    ("path", "user"),
    [
        ("cases/actions/__init__.py", "from gongkai.cases.actions.closing import act"),
        ("office/views.py", "from gongkai.cases.actions.closing import act"),
        ("office/views.py", "from gongkai.cases.actions import closing"),
    ],
)
def test_a_drawer_that_became_a_package_is_looked_into(path: str, user: str) -> None:
    part = {"cases/actions/closing.py": "def act(x):\n    x.delete()\n"}
    assert unrecorded(part) == []
    assert len(unrecorded({**part, path: user})) == 2


def test_what_a_package_keeps_to_itself_counts_as_its_users_own() -> None:
    sources = {
        "cases/actions/__init__.py": "from gongkai.cases.actions.closing import close",
        "cases/actions/closing.py": "from gongkai.cases.actions.parts import keep\n"
        "def close(x):\n    keep(x)\n",
        "cases/actions/parts.py": "def keep(x):\n    x.save()\n",
    }
    assert {line.split()[0] for line in unrecorded(sources)} == {
        "gongkai.cases.actions.closing.close"
    }


def test_a_name_that_a_package_hands_on_is_followed() -> None:
    caller = GOOD.replace("record('a', 'b')", "close(x)").replace(
        "from gongkai.ledger.actions import record", "from gongkai.cases.actions import close"
    )
    sources = {
        "enquiries/actions.py": caller,
        "cases/actions/__init__.py": "from gongkai.cases.actions.closing import close\n",
        "cases/actions/closing.py": GOOD.replace("def act", "def close"),
    }
    assert unrecorded(sources) == []
    sources["cases/actions/closing.py"] = "def close(x):\n    pass\n"
    assert unrecorded(sources) == [
        "gongkai.enquiries.actions.act writes and records nothing in the ledger"
    ]


def test_a_record_kept_by_another_room_counts() -> None:
    other = HEAD + "@transaction.atomic\ndef act(x):\n    x.save()\n    append(x)\n"
    other = other.replace(HEAD, HEAD + "from gongkai.cases.actions import append\n")
    sources = {
        "applications/actions.py": other,
        "cases/actions.py": GOOD.replace("def act", "def append"),
    }
    assert unrecorded(sources) == []
