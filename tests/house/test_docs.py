"""The generated pages say what the house says; the written ones name only what exists."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import get_commands

Script = Callable[[str], ModuleType]

# Words of Wagtail's own screens, which stand in its catalogue and not in our sources.
WAGTAILS = {"页面", "报告", "添加子页面", "保存草稿", "取消工作流", "提交给公开审查", "帐号", "＋"}
QUOTED = re.compile(r"“([^”]+)”")
COMMAND = re.compile(r"(?:^\s*|`)(?:\S*/)?gongkai ([a-z_]+)", re.MULTILINE)
LOADED = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//")
IMPORTED = re.compile(r"(?:url\(|@import\s*)[\"']?(?:https?:)?//")


def written(root: Path) -> Iterator[tuple[str, str]]:
    """The pages that people write, by name."""
    for path in [*sorted(root.glob("docs/how-to/*.md")), root / "docs/operations.md"]:
        yield path.name, path.read_text(encoding="utf-8")


def strange_words(text: str, known: str) -> list[str]:
    """The quoted words (labels, buttons, headings) that no screen shows."""
    quoted = {word.strip("…") for word in QUOTED.findall(text)} - WAGTAILS
    return sorted(word for word in quoted if word not in known)


def loads_from_outside(page: str) -> bool:
    """Whether a page or a style sheet fetches anything from another host by itself."""
    return bool(LOADED.search(page) or IMPORTED.search(page))


@pytest.fixture(scope="module")
def shown(root: Path) -> str:
    """Everything that a screen may say."""
    house = root / "gongkai"
    files = [p for kind in ("*.py", "*.html", "*.toml") for p in house.rglob(kind)]
    told = [path for path in files if "demo" not in path.relative_to(house).parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in told)


def test_every_generated_page_is_up_to_date(script: Script) -> None:
    assert script("make_docs").old() == [], "run: make docs"


def test_a_room_that_changed_its_sentence_makes_the_page_old(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = script("make_docs")
    before = module.architecture()
    monkeypatch.setattr(module, "sentence", lambda room: f"Does {room}.")
    assert module.architecture() != before
    assert module.architecture().count("Does ledger.") == 1
    assert module.old() == ["docs/architecture.md"]


def test_a_page_that_was_edited_or_is_missing_is_old(script: Script, tmp_path: Path) -> None:
    module = script("make_docs")
    for name, make in module.PAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(make(), encoding="utf-8")
    assert module.old(tmp_path) == []
    edited, missing = tmp_path / "docs/reference/law.md", tmp_path / "docs/reference/states.md"
    edited.write_text(edited.read_text(encoding="utf-8").replace("答复", "回复", 1))
    missing.unlink()
    assert module.old(tmp_path) == ["docs/reference/states.md", "docs/reference/law.md"]


def test_the_tables_follow_the_rules(script: Script) -> None:
    from gongkai.agencies.rules import DUTIES, LABELS, Duty
    from gongkai.screening.kinds import KINDS
    from gongkai.statute import outcomes

    module = script("make_docs")
    rows = dict(line[2:].split(" | ", 1) for line in module.duties().splitlines() if "|" in line)
    for duty in Duty:
        told = set(rows[module.DUTY_WORDS[duty]].replace(" |", "、").replace(" ", "").split("、"))
        assert told - {""} == {LABELS[role] for role in DUTIES[duty]}
    assert all(f"| {found.code} |" in module.law() for found in outcomes())
    assert all(kind.rule in module.screening() for kind in KINDS.values())


def test_a_duty_without_words_stops_the_writing(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = script("make_docs")
    monkeypatch.delitem(module.DUTY_WORDS, "ledger.read")
    with pytest.raises(KeyError, match=r"ledger\.read"):
        module.duties()


def test_the_pages_name_only_words_that_screens_show(root: Path, shown: str) -> None:
    found = {name: strange_words(text, shown) for name, text in written(root)}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_button_that_does_not_exist_is_found(shown: str) -> None:
    planted = "点“统一答复”，再点“一键" + "公开”，然后“保存草稿”。"
    assert strange_words(planted, shown) == ["一键" + "公开"]


def test_the_pages_name_only_commands_that_exist(root: Path) -> None:
    known = get_commands()
    named = {(name, word) for name, text in written(root) for word in COMMAND.findall(text)}
    assert len(named) > 8, "the scan looks at the wrong thing"
    assert [pair for pair in sorted(named) if pair[1] not in known] == []


@pytest.mark.django_db
def test_the_first_set_up_of_the_manual_works(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.agencies.models import User
    from gongkai.agencies.permissions import may
    from gongkai.agencies.rules import Duty
    from gongkai.catalogue.models import HomePage

    monkeypatch.setattr("getpass.getpass", lambda prompt: "correct horse battery")
    manual = (root / "docs/operations.md").read_text(encoding="utf-8")
    block = manual.split("```python\n")[1].split("```")[0]
    exec(compile(block, "operations.md", "exec"), {})
    admin, home = User.objects.get(), HomePage.objects.get()
    assert may(admin, Duty.AGENCY_MANAGE, home.agency)
    assert not home.live, "a home page is reviewed like everything else"


def test_the_site_builds_and_fetches_nothing_from_outside(root: Path, tmp_path: Path) -> None:
    mkdocs = [
        str(Path(sys.executable).parent / "mkdocs"),
        "build",
        "--strict",
    ]  # with --quiet nothing is counted
    command = [*mkdocs, "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    pages = [p for kind in ("*.html", "*.css") for p in tmp_path.rglob(kind)]
    assert len(pages) > 20
    texts = {page.name: page.read_text(encoding="utf-8") for page in pages}
    assert [name for name, text in texts.items() if loads_from_outside(text)] == []
    # The theme would fetch the drawing library for a page with such a block.
    assert not any("mermaid" in text for name, text in texts.items() if name.endswith(".html"))


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        ('<script src="https:' + '//cdn.example.org/a.js"></script>', True),
        ("<link rel=stylesheet href=//fonts.example.org/css>", True),
        ("body { background: url(https:" + "//example.org/a.png) }", True),
        ('<a href="https:' + '//example.org/">去看</a><img src="../a.png">', False),
        ("body { background: url(../a.png) }", False),
    ],
)
def test_what_is_fetched_is_told_from_what_is_linked(text: str, loads: bool) -> None:
    assert loads_from_outside(text) is loads
