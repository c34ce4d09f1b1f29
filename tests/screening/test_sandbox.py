"""The child that opens files: its limits and its death, one for a whole submission, the command."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from docx import Document

from gongkai.screening import (
    run,
    sandbox,
    screen_file,
    screen_file_isolated,
    screen_files_isolated,
    worker,
)
from tests.screening.pdf_made import ID, drawn, line, notice


def test_all_files_of_a_submission_are_screened_by_one_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    start = sandbox.Sandbox._start
    monkeypatch.setattr(sandbox.Sandbox, "_start", lambda box: started.append(1) or start(box))
    files = []
    for number in range(6):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(notice() if number % 2 else drawn(line()))
        files.append((file, file.name))
    reports = screen_files_isolated(files)
    assert [r.verdict for r in reports] == ["block", "clean"] * 3 and len(started) == 1
    assert reports[0] == screen_file(files[0][0], "0.pdf")


def test_a_file_that_kills_the_child_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for name in ("a.txt", "killer.txt", "b.txt", "missing.txt", "c.txt"):
        file = tmp_path / name
        if name != "missing.txt":
            file.write_text(ID if name == "b.txt" else "通知")
        files.append((file, name))
    ask = sandbox._ask

    def deadly(child, job, timeout):  # type: ignore[no-untyped-def]
        if b"killer" in job:
            child.kill()
            child.wait()
        return ask(child, job, timeout)

    monkeypatch.setattr(sandbox, "_ask", deadly)
    verdicts = [r.verdict for r in screen_files_isolated(files)]
    assert verdicts == ["clean", "unreadable", "block", "unreadable", "clean"]


def test_a_scanned_pdf_fits_into_the_child(tmp_path: Path) -> None:
    """Pictures of a page and their comparison stay below the bound of the child."""
    file = tmp_path / "a.pdf"
    file.write_bytes(drawn("1 g " + line()))
    (report,) = screen_files_isolated([(file, "a.pdf")])
    assert report == screen_file(file, "a.pdf")


def word_file(words: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


def test_the_child_gives_the_same_report(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word_file(f"身份证号{ID}"))
    assert screen_file_isolated(file, "a.docx") == screen_file(file, "a.docx")


def test_a_child_that_runs_out_of_time_leaves_the_file_unscreened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_START", 0.0)
    file = tmp_path / "a.txt"
    file.write_text("通知")
    started = time.monotonic()
    report = screen_file_isolated(file, "a.txt", timeout=0.05)
    assert report.verdict == "unreadable" and "超时" in report.findings[0].advice
    assert time.monotonic() - started < 10


def test_a_child_that_dies_is_replaced_for_the_next_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("通知")
    with sandbox.Sandbox() as box:
        assert box.screen(file, "a.txt").verdict == "clean"
        assert box._child is not None
        box._child.kill()
        box._child.wait()
        assert box.screen(file, "a.txt").verdict == "unreadable"
        assert box.screen(file, "a.txt").verdict == "clean"


def test_the_child_is_bounded_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("通知")
    with sandbox.Sandbox() as box:
        box.screen(file, "a.txt")
        assert box._child is not None
        limits = Path(f"/proc/{box._child.pid}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert str(worker.MEMORY) in line


def test_the_command_prints_one_object_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.docx").write_bytes(word_file(f"身份证号{ID}"))
    (tmp_path / "a.txt").write_text("通知")
    rows = list(run([tmp_path, tmp_path / "nowhere.txt"]))
    assert [(Path(r["path"]).name, r["verdict"]) for r in rows] == [
        ("a.txt", "clean"), ("b.docx", "block"), ("nowhere.txt", "unreadable"),
    ]  # fmt: skip
    assert set(rows[1]["findings"][0]) == {"kind", "severity", "place", "excerpt", "rule"}
    assert ID not in json.dumps(rows)
