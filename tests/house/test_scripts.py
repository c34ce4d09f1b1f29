"""The scripts that guard locks, licences, vendored files and hosts find what is planted."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Script = Callable[[str], ModuleType]


def test_the_development_lock_holds_all_that_the_base_lock_pins(root: Path, script: Script) -> None:
    """./demo relies on it: an environment made for ./test is not installed anew."""
    pins = script("check_licences").pins
    base, dev = (
        {r.name: str(r.specifier) for r in pins((root / f"requirements/{lock}.txt").read_text())}
        for lock in ("base", "dev")
    )
    assert base
    assert {name: dev.get(name) for name in base} == base


def test_every_pin_of_a_lock_has_a_hash(root: Path) -> None:
    for lock in ("base", "dev"):
        lines = (root / f"requirements/{lock}.txt").read_text().splitlines()
        pins = [number for number, line in enumerate(lines) if "==" in line and line[0] != " "]
        assert pins
        assert all(lines[number + 1].lstrip().startswith("--hash=sha256:") for number in pins)


@pytest.mark.parametrize(
    ("statements", "accepted"),
    [
        (["MIT"], True),
        (["LGPL-3.0-only"], True),
        (["License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"], True),
        (["GPL-2.0-only OR MPL-2.0"], True),
        (["Apache-2.0 OR BSD-3-Clause"], True),
        (["GPL-3.0-or-later"], False),
        (["AGPL-3.0-only"], False),
        (["License :: OSI Approved :: GNU Affero General Public License v3"], False),
        (["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"], False),
        (["MIT AND GPL-3.0-only"], False),
        (["Proprietary"], False),
        ([], False),
    ],
)
def test_licences_are_told_apart(script: Script, statements: list[str], accepted: bool) -> None:
    assert (script("check_licences").objection(statements) == "") is accepted


HOST = "https:" + "//packages.example.org/simple"


@pytest.mark.parametrize(
    ("path", "planted"),
    [
        ("requirements/base.txt", f"a @ {HOST}/a.whl"),
        ("requirements/base.txt", "--find-links wheels"),
        ("mkdocs.yml", f"pip: --index-url {HOST}"),
        ("package-lock.json", "{}"),
        ("gongkai/portal/templates/portal/a.html", f'<script src="{HOST}/a.js"></script>'),
        ("gongkai/portal/templates/portal/a.html", '<img src="//cdn.example.org/a.png">'),
        ("gongkai/portal/static/portal/a.css", f"a {{ background: url({HOST}/a.png) }}"),
        ("gongkai/portal/static/portal/a.css", f'@import "{HOST}/a.css";'),
        ("gongkai/config/settings.py", 'DATA = "/' + 'work/main/var"'),
        ("docs/index.md", "cd /" + "home/somebody/gongkai"),
    ],
)
def test_a_planted_host_or_machine_path_is_found(script: Script, path: str, planted: str) -> None:
    assert list(script("check_hosts").problems(path, planted))


@pytest.mark.parametrize(
    ("path", "harmless"),
    [
        ("requirements/base.txt", "a==1.0 \\\n    --hash=sha256:00"),
        ("gongkai/portal/templates/portal/a.html", '<svg xmlns="http://www.w3.org/2000/svg">'),
        ("gongkai/portal/templates/portal/a.html", '<a href="{{ link.url }}">{# a // b #}</a>'),
        ("gongkai/portal/static/portal/a.css", "a { background: url(a.png) }"),
        ("Makefile", "\tuv pip compile --no-emit-index-url"),
        ("docs/index.md", "`/home/` 是首页；`var/work/a`"),
    ],
)
def test_what_only_looks_alike_is_left_alone(script: Script, path: str, harmless: str) -> None:
    assert not list(script("check_hosts").problems(path, harmless))


@pytest.fixture
def vendored(tmp_path: Path) -> Path:
    folder = tmp_path / "static/vendor/thing-1.0"
    folder.mkdir(parents=True)
    for name in ("LICENSE", "thing.css"):
        (folder / name).write_text(name)
    sums = {n: hashlib.sha256(n.encode()).hexdigest() for n in ("LICENSE", "thing.css")}
    facts = {"name": "thing", "version": "1.0", "licence": "MIT", "sha256": sums}
    (folder / "VENDOR.json").write_text(json.dumps(facts))
    return folder


def test_vendored_files_as_recorded_pass(script: Script, vendored: Path) -> None:
    assert not list(script("check_vendored").problems(vendored / "VENDOR.json"))


def test_a_changed_missing_or_added_vendored_file_is_found(script: Script, vendored: Path) -> None:
    problems = script("check_vendored").problems
    (vendored / "thing.css").write_text("changed")
    (vendored / "added.js").write_text("added")
    (vendored / "LICENSE").unlink()
    found = "\n".join(problems(vendored / "VENDOR.json"))
    for word in ("thing.css: was changed", "added.js: is not recorded", "LICENSE: is missing"):
        assert word in found


def test_a_vendored_folder_without_a_record_is_found(script: Script, vendored: Path) -> None:
    (vendored / "VENDOR.json").unlink()
    assert list(script("check_vendored").unrecorded(vendored.parents[2]))


def test_a_value_that_would_add_a_directive_to_nginx_is_refused(script: Script) -> None:
    module = script("render_nginx")
    with pytest.raises(ValueError, match="HOSTS"):
        module.render(
            module.TEMPLATE.read_text(encoding="utf-8"),
            tree=Path("t"), app="127.0.0.1:1", listen="80", sites={"sfj": ["a; return 200"]},
        )  # fmt: skip


def closed(script: Script, *, ci: bool, **facts: object) -> tuple[int, ModuleType]:
    module = script("run_tests")
    module.CI = ci
    part = module.Part("browser", "浏览器", ["pytest"], strict_skips=True)
    return module.report([module.Result(part, **facts)]), module


def test_a_part_that_did_not_run_fails_the_build_server_only(
    script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    assert closed(script, ci=False, reason="没有 chromium")[0] == 0
    assert "浏览器：没有 chromium" in capsys.readouterr().out
    assert closed(script, ci=True, reason="没有 chromium")[0] == 1
    assert closed(script, ci=True, code=0, skipped=["tests/a.py:1: no Chromium"])[0] == 1
    assert closed(script, ci=True, code=0)[0] == 0
    assert closed(script, ci=False, code=1)[0] == 1


def test_the_counts_of_a_pytest_run_are_read(script: Script) -> None:
    module = script("run_tests")
    result = module.Result(module.Part("a", "a", ["python", "-m", "pytest"]), code=1)
    module.read_pytest(result, [
        "SKIPPED [1] tests/a.py:3: no nginx",
        "FAILED tests/a.py::test - took 5 passed in 3.0s of luck",
        "===== 2 failed, 41 passed, 1 skipped, 1 error in 3.21s =====",
    ])  # fmt: skip
    assert result.counts == {"failed": 3, "passed": 41, "skipped": 1}
    assert result.skipped == ["tests/a.py:3: no nginx"]


def test_only_a_folder_of_its_own_is_removed_with_a_database(root: Path, tmp_path: Path) -> None:
    """``pg_tmp.sh stop`` removes a folder: only one that it made itself."""
    kept = tmp_path / "kept"
    kept.mkdir()
    done = subprocess.run(
        [root / "scripts/pg_tmp.sh", "stop", kept], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert kept.exists()


@pytest.mark.parametrize("name", ["demo", "test"])
def test_the_two_commands_explain_themselves(root: Path, name: str) -> None:
    done = subprocess.run([root / name, "--help"], capture_output=True, text=True, check=True)
    assert f"./{name}" in done.stdout
