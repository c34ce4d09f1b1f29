"""The stable commands: JSON on standard output, Chinese beside it, 0, 1 or 2 at the end."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from docx import Document
from people import Bureau, small_bureau
from small_site import item, small_site

from gongkai import clock
from gongkai.clock import SHANGHAI

MAIN = "import sys; sys.argv[0] = 'gongkai'; from gongkai.config.command import main; main()"
CHINESE = re.compile(r"[一-龥]")
ZEROS = [0] * 7
HEAD = "id,statute,channel,received,events\n"


def gongkai(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The real command in its own process, with a database that cannot be opened."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_DATA": str(folder / "data"),
        "GONGKAI_DATABASE_URL": f"sqlite:///{folder}/no/such/folder/base.sqlite3",
        "GONGKAI_SECRET_KEY": "tests-only-" * 6,
        "GONGKAI_SEALING_KEY": "tests-only-sealing-" * 4,
    }
    return subprocess.run(
        [sys.executable, "-c", MAIN, *arguments],
        capture_output=True, text=True, cwd=folder, env=environment, timeout=120, check=False,
    )  # fmt: skip


def objects(text: str) -> list[Any]:
    """Every line of standard output as JSON: anything else fails."""
    return [json.loads(line) for line in text.splitlines()]


def called(*arguments: str) -> tuple[int, list[Any], str]:
    """Exit code, objects and messages of a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    except CommandError as error:
        assert error.returncode == 2
        return 2, objects(out.getvalue()), str(error)
    return code, objects(out.getvalue()), err.getvalue()


def report(**changes: Any) -> dict[str, Any]:
    """A small report in which everything agrees."""
    from gongkai.statute import report_form

    table = {row.key: list(ZEROS) for row in report_form(2024).table(2).rows}
    for row in ("new", "granted", "total"):
        table[row] = [2, 0, 0, 0, 0, 0, 2]
    return {"year": 2024, "format": "2021", "table2": table, "prose": {"received": 2}, **changes}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Good and bad inputs of every command."""
    (tmp_path / "ok.csv").write_text(HEAD + "a,2019,online,2021-03-01,\n", "utf-8")
    (tmp_path / "bad.csv").write_text(HEAD + "a,2019,online,yesterday,\n", "utf-8")
    (tmp_path / "good.json").write_text(json.dumps(report()), "utf-8")
    (tmp_path / "wrong.json").write_text(json.dumps(report(prose={"received": 3})), "utf-8")
    (tmp_path / "broken.json").write_text("{", "utf-8")
    (tmp_path / "clean.txt").write_text("律师工作座谈会召开。", "utf-8")
    (tmp_path / "secret.txt").write_text("申请人身份证号 11010519491231002X。", "utf-8")
    (tmp_path / "ledger.jsonl").write_text(json.dumps({"format": "gongkai-ledger-1"}), "utf-8")
    return tmp_path


@pytest.mark.system
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("deadlines ok.csv", 0),
        ("deadlines bad.csv", 2),
        ("deadlines none.csv", 2),
        ("report check good.json", 0),
        ("report check wrong.json", 1),
        ("report check good.json --previous broken.json", 2),
        ("screen clean.txt --json", 0),
        ("screen clean.txt secret.txt", 1),
        ("screen none.txt --json", 2),
        ("ledger verify ledger.jsonl", 1),
        ("ledger verify none.jsonl", 2),
        ("search 律师", 2),
        ("report figures --year 2014", 2),
        ("ledger verify", 2),
        ("assets import ok.csv", 2),
        ("publish --verify", 2),
    ],
)
def test_without_a_database_what_needs_none_works_and_the_rest_says_so(
    files: Path, arguments: str, code: int
) -> None:
    done = gongkai(*arguments.split(), folder=files)
    assert done.returncode == code, done.stderr
    objects(done.stdout)
    assert "Traceback" not in done.stderr
    if code == 2:
        assert CHINESE.search(done.stderr) and len(done.stderr.strip().splitlines()) == 1
    else:
        assert done.stdout


def test_deadlines_prints_a_line_a_row(files: Path) -> None:
    code, lines, _ = called("deadlines", str(files / "ok.csv"))
    assert code == 0
    assert [list(line) for line in lines] == [["id", "due", "provisional", "counted"]]
    assert lines[0]["due"] == "2021-03-29" and lines[0]["counted"]


def test_report_check_prints_one_object(files: Path) -> None:
    code, (found,), told = called("report", "check", str(files / "wrong.json"))
    assert code == 1 and list(found) == ["violations", "warnings"]
    assert found["violations"] == [
        {
            "rule": "X7",
            "table": "text",
            "row": "received",
            "column": None,
            "expected": 2,
            "found": 3,
        }
    ]
    assert CHINESE.search(told)
    before = report(year=2023)
    before["table2"]["carried_out"] = [1, 0, 0, 0, 0, 0, 1]
    (files / "before.json").write_text(json.dumps(before), "utf-8")
    code, (found,), _ = called(
        "report", "check", str(files / "good.json"), "--previous", str(files / "before.json")
    )
    assert code == 1 and {fault["rule"] for fault in found["violations"]} == {"X5"}


def test_screen_prints_an_object_a_file_and_masks(files: Path) -> None:
    code, lines, told = called("screen", str(files / "clean.txt"), str(files / "secret.txt"))
    assert code == 1
    assert [line["verdict"] for line in lines] == ["clean", "block"]
    assert set(lines[1]["findings"][0]) == {"kind", "severity", "place", "excerpt", "rule"}
    assert "11010519491231002X" not in json.dumps(lines) + told
    code, lines, told = called("screen", str(files / "clean.txt"), "--json")
    assert (code, told) == (0, "")


@pytest.fixture
def b(db: None) -> Iterator[Bureau]:
    with clock.set_to(datetime(2014, 11, 21, 10, tzinfo=SHANGHAI)):
        yield small_bureau()


def test_report_figures_and_annual(b: Bureau, tmp_path: Path) -> None:
    code, (found,), _ = called("report", "figures", "--year", "2014")
    assert code == 0 and list(found)[:3] == ["sites", "sections", "service_columns"]
    assert found["computers"]["total"] == 0
    code, (found,), _ = called("report", "annual", "--year", "2014", "--agency", "sfj")
    assert code == 0 and found["format"] == "2007" and found["table1"]["received"] == 0
    for name, start in (("html", b"<!doctype"), ("docx", b"PK"), ("pdf", b"%PDF")):
        file = tmp_path / f"report.{name}"
        arguments = ("--format", name, "--output", str(file))
        code, nothing, told = called("report", "annual", "--year", "2014", *arguments)
        assert (code, nothing) == (0, []) and CHINESE.search(told)
        assert file.read_bytes().startswith(start)
    assert len(Document(str(tmp_path / "report.docx")).tables) == 1


@pytest.mark.parametrize("year", ["2006", "2015"])
def test_a_bad_year_or_agency_is_refused_in_chinese(b: Bureau, year: str) -> None:
    for act in ("figures", "annual"):
        code, nothing, told = called("report", act, "--year", year)
        assert (code, nothing) == (2, []) and f"{year} 年" in told
    code, _, told = called("report", "figures", "--year", "2014", "--agency", "none")
    assert code == 2 and "没有这个机关" in told
    small_bureau("other", "别处司法局")
    code, _, told = called("report", "figures", "--year", "2014")
    assert code == 2 and "--agency" in told


def test_ledger_verifies_exports_and_finds_a_change(b: Bureau, tmp_path: Path) -> None:
    code, (live,), _ = called("ledger", "verify")
    assert code == 0 and live["entries"] > 0 and live["fault"] is None
    file = tmp_path / "ledger.jsonl"
    code, (told,), _ = called("ledger", "export", str(file))
    assert code == 0 and told["entries"] == live["entries"]
    assert called("ledger", "verify", str(file))[:2] == (0, [live])
    lines = file.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace('"verb": "', '"verb": "x')
    file.write_text("\n".join(lines), "utf-8")
    code, (found,), told = called("ledger", "verify", str(file))
    assert code == 1 and "第 3 条" in found["fault"] and "第 3 条" in told
    file.write_text("\n".join(lines[:-2]), "utf-8")
    assert called("ledger", "verify", str(file))[0] == 1


def test_publish_search_and_verify(db: None, settings: Any, tmp_path: Path) -> None:
    settings.TREE_ROOT, settings.FILES_ROOT = tmp_path / "tree", tmp_path / "files"
    page = item(small_site(), "公证便民措施出台")
    code, (told,), _ = called("publish", "--all")
    assert code == 0 and told["written"] > 0
    assert called("publish")[:2] == (0, [{"written": 0, "removed": 0}])
    assert called("publish", "--verify")[:2] == (0, [])

    code, (found,), _ = called("search", "便民措施", "--site", "portal", "--limit", "5")
    assert code == 0 and list(found) == ["total", "took_ms", "hits"] and found["total"] == 1
    (hit,) = found["hits"]
    assert list(hit) == ["title", "url", "index_number", "published", "highlight"]
    assert hit["index_number"] == page.index_number

    code, (told,), _ = called("publish", "--output", str(tmp_path / "copy"))
    assert code == 0 and tmp_path / "tree" == settings.TREE_ROOT
    assert contents(tmp_path / "copy") == contents(tmp_path / "tree")
    (tmp_path / "copy/sites/portal/stray.html").write_text("x")
    code, differing, _ = called("publish", "--verify", "--output", str(tmp_path / "copy"))
    assert (code, differing) == (1, [{"path": "portal/stray.html", "how": "extra"}])
    assert called("publish", "--output", str(tmp_path / "copy"))[1] == [
        {"written": 0, "removed": 1}
    ]

    (tmp_path / "tree/sites/portal/index.html").write_text("x")
    code, differing, told = called("publish", "--verify")
    assert (code, differing) == (1, [{"path": "portal/index.html", "how": "differs"}])
    assert CHINESE.search(told)


def contents(root: Path) -> dict[str, bytes]:
    return {
        f.relative_to(root).as_posix(): f.read_bytes() for f in (root / "sites").rglob("*.html")
    }


def test_assets_import_tells_each_row(b: Bureau, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    rows = [
        "资产编号,设备类型,使用处室,管理人,用途,启用日期",
        "XF-001,台式机,律师管理处,赵一,处理内部信息,2014-03-01",
        "XF-002,台式机,没有的处,赵一,处理内部信息,2014-03-01",
    ]
    file.write_text("\n".join(rows), "utf-8")
    code, lines, told = called("assets", "import", str(file), "--dry-run")
    assert code == 1 and [line["verdict"] for line in lines] == ["new", "refused"]
    assert CHINESE.search(told) and CHINESE.search(lines[1]["reason"])
    file.write_text("\n".join(rows[:2]), "utf-8")
    assert called("assets", "import", str(file))[0] == 0
    code, (line,), _ = called("assets", "import", str(file))
    assert (code, line["verdict"]) == (0, "unchanged")
    keeper = b.network_security.username
    assert called("assets", "import", str(file), "--by", keeper, "--agency", "sfj")[0] == 0
    for arguments in (("--by", "nobody-of-that-name"), ("--by", b.editor.username)):
        assert called("assets", "import", str(file), *arguments)[0] == 2
    assert called("assets", "import", str(tmp_path / "none.csv"))[0] == 2
