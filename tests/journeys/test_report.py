"""The annual report of the running year, counted from what was done, in all its formats."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from docx import Document
from serving import HERE, Running

from gongkai import clock

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed"),
]

Table = dict[str, list[int]]


def report(running: Running, name: str) -> bytes:
    return running.gongkai("report", "annual", "--year", str(clock.today().year), "--format", name)


def applications(running: Running) -> Table:
    found: dict[str, Any] = json.loads(report(running, "json"))
    return dict(found["table2"])


def row_of(rows: list[list[str]], label: str) -> list[int]:
    """The figures that stand after a label, in whichever column it stands."""
    row = next(cells for cells in rows if any(label in cell for cell in cells))
    return [int(cell) for cell in row if cell.strip().isdigit()]


def html_rows(content: bytes) -> list[list[str]]:
    page = lxml.html.fromstring(content.decode())
    return [[cell.text_content() for cell in row] for row in page.iter("tr")]


def docx_rows(content: bytes) -> list[list[str]]:
    tables = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_the_report_counts_the_year_and_says_the_same_in_every_format(
    running: Running, tmp_path: Path
) -> None:
    before = applications(running)
    made = json.loads(running.python(str(HERE / "content.py"), "applications").stdout)
    assert len(made) == 2
    after = applications(running)

    def more(row: str) -> list[int]:
        return [new - old for new, old in zip(after[row], before[row], strict=True)]

    # Both came from natural persons (first column, and the sum in the last); one was answered.
    person = [2, 0, 0, 0, 0, 0, 2]
    assert more("new") == person
    assert more("granted") == [n // 2 for n in person]
    assert more("total") == more("carried_out") == [n // 2 for n in person]
    assert {row for row in after if any(more(row))} == {"new", "granted", "total", "carried_out"}

    shown = html_rows(report(running, "html"))
    assert row_of(shown, "予以公开") == after["granted"]
    assert row_of(shown, "新收") == after["new"]
    printed = docx_rows(report(running, "docx"))
    assert row_of(printed, "予以公开") == after["granted"]
    paper = tmp_path / "report.pdf"
    paper.write_bytes(report(running, "pdf"))
    text = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True
    ).stdout
    line = next(
        line for line in text.splitlines() if "予以公开" in line and line.split()[-1].isdigit()
    )
    assert [int(n) for n in line.split() if n.isdigit()] == after["granted"]

    file = tmp_path / "report.json"
    file.write_bytes(report(running, "json"))
    # What is counted is without contradiction; the cells that somebody must still fill in are told.
    told = json.loads(running.gongkai("report", "check", str(file), code=1))["violations"]
    assert {(fault["rule"], fault["table"], fault["found"]) for fault in told} == {("X4", 1, None)}
