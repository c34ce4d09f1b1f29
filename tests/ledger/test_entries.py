from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.ledger import queries
from gongkai.ledger.actions import record
from gongkai.ledger.models import Entry, Head
from gongkai.ledger.verify import main, verify_export

pytestmark = pytest.mark.django_db


def three_entries() -> None:
    for number in (1, 2, 3):
        record("case.opened", f"case:SQ-2014-000{number}", by="public", data={"n": number})


def test_it_works() -> None:
    three_entries()
    assert queries.live_fault() == (3, None)
    assert [e.subject for e in queries.entries_about("case:SQ-2014-0002")] == ["case:SQ-2014-0002"]


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_stand_apart_from_the_act() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record("case.opened", "case:1")


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_entry() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("case.opened", "case:1")
        raise ZeroDivisionError
    assert queries.live_fault() == (0, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.filter(seq=2).update(subject="case:other"),
        lambda: Entry.objects.filter(seq=3).delete(),
        lambda: Head.objects.filter(pk=1).update(seq=1),
        lambda: Head.objects.all().delete(),
    ],
    ids=["update", "delete", "shorten", "behead"],
)
def test_the_database_refuses(change) -> None:
    three_entries()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert queries.live_fault() == (3, None)


@pytest.fixture
def unguarded():
    """An attacker who can drop the triggers."""
    from gongkai.ledger import guards

    with transaction.atomic():
        guards.remove(connection)
        yield
        transaction.set_rollback(True)


FAULTS = {
    "altered": (lambda: Entry.objects.filter(seq=2).update(data={"n": 9}), "第 2 条的内容被改动"),
    "deleted": (lambda: Entry.objects.filter(seq=2).delete(), "第 2 条缺失"),
    "cut off": (lambda: Entry.objects.filter(seq=3).delete(), "第 2 条之后被截断"),
    "reordered": (
        lambda: [
            Entry.objects.filter(seq=2).update(seq=99),
            Entry.objects.filter(seq=3).update(seq=2),
            Entry.objects.filter(seq=99).update(seq=3),
        ],
        "第 2 条",
    ),
    "inserted": (
        lambda: Entry.objects.create(
            seq=4,
            at="2014-01-01T00:00Z",
            actor="x",
            verb="x",
            subject="x",
            previous=Entry.objects.get(seq=3).hash,
            hash="f" * 64,
        ),
        "第 4 条的内容被改动",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_verifier_names_the_first_bad_entry(name: str, unguarded) -> None:
    three_entries()
    change, message = FAULTS[name]
    change()
    assert message in (queries.live_fault()[1] or "")


def exported(tmp_path: Path) -> tuple[Path, list[str]]:
    three_entries()
    lines = list(queries.export_lines())
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return path, lines


def test_an_export_is_verified_without_a_database(tmp_path: Path, capsys) -> None:
    path, _ = exported(tmp_path)
    assert main([str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"entries": 3, "fault": None}


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        (lambda ls: ls[:-1], "缺少文件尾"),
        (lambda ls: [*ls[:-2], ls[-1]], "文件尾记有 3 条"),
        (lambda ls: [ls[0], *ls[2:]], "第 1 条缺失"),
        (lambda ls: [*ls[:2], ls[2].replace("0002", "0009"), *ls[3:]], "第 2 条的内容被改动"),
        (lambda ls: [ls[0], ls[2], ls[1], *ls[3:]], "第 1 条"),
        (lambda ls: ls[1:], "文件头"),
        (lambda ls: [*ls[:2], "not json\n", *ls[2:]], "第 2 条缺失"),
    ],
)
def test_a_changed_export_is_found(tmp_path: Path, cut, message: str) -> None:
    _, lines = exported(tmp_path)
    assert message in (verify_export(cut(lines))[1] or "")


def test_a_forged_footer_is_found_by_a_checkpoint_kept_elsewhere(tmp_path: Path) -> None:
    _, lines = exported(tmp_path)
    head = json.loads(lines[-1])["head"]
    second = json.loads(lines[2])["hash"]
    forged = [*lines[:3], json.dumps({"entries": 2, "head": second})]
    assert verify_export(forged) == (2, None)
    assert "校验点" in (verify_export(forged, head=head)[1] or "")
