"""One child for all files of a submission; a file that kills it harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.screening import sandbox, screen_file, screen_files_isolated
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
