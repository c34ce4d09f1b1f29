"""What only one module may do is done nowhere else: no way around review, ledger and clock.

A scan of the source, so it also finds what no test happens to run. It knows names, not types: a
call that only looks like one of these is best given another name.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest


class Names:
    """What the names in a module stand for: ``dt`` → ``datetime.datetime``."""

    def __init__(self, tree: ast.AST) -> None:
        self.known: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    first = alias.name.split(".")[0]
                    self.known[alias.asname or first] = alias.name if alias.asname else first
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.known[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def full(self, node: ast.AST) -> str:
        """The dotted name of an expression as far as it can be read, imports resolved."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self.full(node.value)}.{node.attr}"
        if isinstance(node, ast.Call):
            return f"{self.full(node.func)}()"
        return "?"

    def is_module(self, node: ast.AST) -> bool:
        """Whether an expression is an imported module (of ours), not an object."""
        if not isinstance(node, ast.Name) or not node.id.islower():
            return False
        return self.known.get(node.id, "").startswith("gongkai.")


Test = Callable[[ast.Call, Names], bool]


@dataclass(frozen=True)
class Door:
    """One thing that only the ``keepers`` may call, each a path below ``gongkai/``."""

    name: str
    opens: Test
    keepers: frozenset[str]
    planted: str


def method(*names: str) -> Test:
    """A call of an object's method of one of these names, however the object is named."""

    def opens(call: ast.Call, known: Names) -> bool:
        function = call.func
        return (
            isinstance(function, ast.Attribute)
            and function.attr in names
            and not known.is_module(function.value)
        )

    return opens


def named(*wanted: str) -> Test:
    """A call of something that is imported under one of these full names, or lies below it."""

    def opens(call: ast.Call, known: Names) -> bool:
        full = known.full(call.func)
        return any(full == name or full.startswith(f"{name}.") for name in wanted)

    return opens


COPY_FACTS = {
    "recursive", "to", "update_attrs", "copy_revisions", "keep_live", "user", "log_action",
    "exclude_fields", "process_child_object", "reset_translation_key",
}  # fmt: skip


def copies_a_page(call: ast.Call, known: Names) -> bool:
    if method("copy_for_translation", "create_alias")(call, known):
        return True
    return method("copy")(call, known) and bool({k.arg for k in call.keywords} & COPY_FACTS)


PLACES = {f"{order}-{kin}" for order in ("first", "last", "sorted") for kin in ("child", "sibling")}


def moves_a_page(call: ast.Call, known: Names) -> bool:
    if not method("move")(call, known):
        return False
    places = {arg.value for arg in call.args if isinstance(arg, ast.Constant)}
    return bool(places & (PLACES | {"left", "right"}) or {k.arg for k in call.keywords} & {"pos"})


def sets_live_in_bulk(call: ast.Call, known: Names) -> bool:
    return method("update", "bulk_update")(call, known) and any(
        k.arg == "live" for k in call.keywords
    )


def stamps_by_itself(call: ast.Call, known: Names) -> bool:
    return any(k.arg in {"auto_now", "auto_now_add"} for k in call.keywords)


QUERIES = {
    "filter", "exclude", "get", "update", "create", "get_or_create", "update_or_create", "annotate",
    "aggregate", "alias", "order_by", "values",
}  # fmt: skip
REQUEST = {"GET", "POST", "body", "query_params"}


def from_request(node: ast.AST) -> bool:
    """Whether an expression reads what a visitor sent, as far as its own text tells."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in REQUEST)
        or (isinstance(part, ast.Attribute) and part.attr == "data" and "form" in ast.dump(part))
        for part in ast.walk(node)
    )


def spreads_a_request(tree: ast.AST) -> Iterator[int]:
    """Lines of ``query(**what the visitor sent)``, also by way of a local name."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        sent = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and from_request(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            spread = [k.value for k in call.keywords if k.arg is None]
            if call.func.attr in QUERIES and any(
                from_request(value)
                or any(isinstance(n, ast.Name) and n.id in sent for n in ast.walk(value))
                for value in spread
            ):
                yield call.lineno


DOORS = [
    Door(
        "a page is put into the tree", method("add_child", "add_sibling", "add_root"),
        frozenset({"catalogue/actions/writing.py"}), "column.add_child(instance=item)",
    ),
    Door(
        "a page becomes public or leaves", method("publish", "unpublish"),
        frozenset({"review/pages.py"}), "page.get_latest_revision().publish()",
    ),
    Door(
        "Wagtail's own acts on pages",
        lambda call, known: known.full(call.func).startswith("wagtail.actions."),
        frozenset({"review/pages.py"}),
        "from wagtail import actions\nactions.publish_revision.PublishRevisionAction(page)",
    ),
    Door("a page is copied", copies_a_page, frozenset(), "page.copy(to=column, keep_live=True)"),
    Door("a page is moved", moves_a_page, frozenset({"review/pages.py"}),
         "page.move(column, pos='last-child')"),
    Door("pages become live in bulk", sets_live_in_bulk, frozenset(),
         "Page.objects.filter(pk=1).update(live=True)"),
    Door("the door of the release", named("gongkai.review.release.door", "door"),
         frozenset({"review/release.py"}),
         "from gongkai.review import release\nwith release.door():\n    pass"),
    Door(
        "the machine's time",
        named(
            "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
            "datetime.date.today", "django.utils.timezone.now", "django.utils.timezone.localdate",
            "django.db.models.functions.Now", "time.time",
        ),
        frozenset({"clock/time.py"}), "import datetime as d\nd.datetime.now(tz=None)",
    ),
    Door("a time set by itself", stamps_by_itself, frozenset(),
         "models.DateTimeField(auto_now_add=True)"),
    Door(
        "the ledger is written",
        named(
            "gongkai.ledger.models.Entry.objects.create",
            "gongkai.ledger.models.Entry.objects.bulk_create",
            "gongkai.ledger.models.Entry.objects.update",
            "gongkai.ledger.models.Head.objects.create",
            "gongkai.ledger.models.Head.objects.filter().update",
            "gongkai.ledger.models.Entry.objects.filter().update",
            "gongkai.ledger.models.Entry.objects.filter().delete",
            "gongkai.ledger.models.Entry.objects.all().delete",
        ),
        frozenset({"ledger/actions.py"}),
        "from gongkai.ledger import models\nmodels.Entry.objects.filter(seq=1).delete()",
    ),
    Door(
        "a ledger entry is made",
        lambda call, known: known.full(call.func)
        in {"gongkai.ledger.models.Entry", "gongkai.ledger.models.Head"},
        frozenset({"ledger/actions.py"}),
        "from gongkai.ledger.models import Entry as E\nE(seq=1).save()",
    ),
    Door("the ledger's guards are lifted", named("gongkai.ledger.guards.remove"), frozenset(),
         "from gongkai.ledger import guards\nguards.remove(connection)"),
    Door(
        "a file is released", named("gongkai.files.actions.mark_released"),
        frozenset({"review/release.py"}),
        "from gongkai.files import actions\nactions.mark_released(file, by=user)",
    ),
]  # fmt: skip


@cache
def calls_in(source: str) -> tuple[list[ast.Call], Names]:
    tree = ast.parse(source)
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)], Names(tree)


def lines_that_open(door: Door, source: str) -> list[int]:
    calls, known = calls_in(source)
    return sorted(call.lineno for call in calls if door.opens(call, known))


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_only_its_keepers_open_the_door(door: Door, sources: dict[str, str]) -> None:
    found = [
        f"{path}:{line}: {door.name}"
        for path, text in sources.items()
        if path not in door.keepers
        for line in lines_that_open(door, text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_planted_side_door_is_found(door: Door) -> None:
    assert lines_that_open(door, door.planted)


@pytest.mark.parametrize(
    "door", [door for door in DOORS if door.keepers], ids=lambda door: door.name
)
def test_a_keeper_still_uses_its_door(door: Door, sources: dict[str, str]) -> None:
    for keeper in door.keepers:
        assert lines_that_open(door, sources[keeper]), f"{keeper} no longer needs this right"


@pytest.mark.parametrize(
    "harmless",
    [
        "{}.copy()",
        "from gongkai.publishing import actions\nactions.publish(all=True)",
        "from gongkai import clock\nclock.now()",
        "from gongkai.ledger.models import Entry\nEntry.objects.filter(seq=1).first()",
        "import shutil\nshutil.move('a', 'b')",
        "Sheet.objects.update(state='open')",
    ],
)
def test_what_only_looks_alike_is_left_alone(harmless: str) -> None:
    assert not [door.name for door in DOORS if lines_that_open(door, harmless)]


def test_no_query_takes_what_a_visitor_sent_as_its_arguments(sources: dict[str, str]) -> None:
    found = [
        f"{path}:{line}"
        for path, text in sources.items()
        for line in spreads_a_request(ast.parse(text))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "Case.objects.filter(**request.GET.dict())",
        "facts = json.loads(request.body)\n    case.update(**facts)",
        "Case.objects.create(**{**self.request.POST})",
        "Case.objects.create(**form.data)",
    ],
)
def test_a_planted_spread_of_a_request_is_found(planted: str) -> None:
    assert list(spreads_a_request(ast.parse(f"def view(request, form):\n    {planted}\n")))


def test_arguments_that_the_program_chose_are_left_alone() -> None:
    view = "def view(request, form):\n    facts = {'a': 1}\n    Case.objects.filter(**facts)\n"
    assert not list(spreads_a_request(ast.parse(view)))
