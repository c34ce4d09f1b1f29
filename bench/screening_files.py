"""Speed of screening whole files: a list of 15,000 rows and a PDF of 50 pages, invented data.

Beside each: only opening it with the library that reads it. Seconds of wall time, one process.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

import pypdfium2
from openpyxl import Workbook, load_workbook

from gongkai.screening import screen_file

_ROWS, _PAGES = 15_000, 50
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(serial: int) -> str:
    """An identity number with a right check digit, of a county that does not exist."""
    first = f"990101{1950 + serial % 50}{1 + serial % 12:02}{1 + serial % 28:02}{serial % 1000:03}"
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, _WEIGHTS, strict=True)) % 11]


def sheet() -> bytes:
    """A list of people with their number in the last column."""
    book = Workbook(write_only=True)
    rows = book.create_sheet("名单")
    rows.append(["序号", "姓名", "单位", "事项", "结果", "日期", "备注", "证件号码"])
    for n in range(_ROWS):
        rows.append([n, f"王某{n}", "示例市某单位", "援助", "准予", "2026-03-02", "", identity(n)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def paper() -> bytes:
    """Fifty full pages of clean text."""
    from weasyprint import HTML

    words = "为做好年度政府信息公开工作，现将有关事项通知如下，请各单位遵照执行。"
    page = f"<section style='break-after:page'><p>{words * 28}</p></section>"
    return bytes(HTML(string=f"<meta charset=utf-8>{page * _PAGES}").write_pdf())


def plain_sheet(data: bytes) -> int:
    """Opening it and walking its cells."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def plain_paper(data: bytes) -> int:
    """The text of every page, and nothing else."""
    with pypdfium2.PdfDocument(data) as document:
        return sum(len(page.get_textpage().get_text_bounded()) for page in islice(document, None))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def main() -> None:
    """Prints: what, seconds, how often the plain opening, how much was found."""
    data, document = sheet(), paper()
    for name, goal, plain, ours in (
        (f"xlsx of {_ROWS:,} rows", 10, lambda: plain_sheet(data),
         lambda: screen_file(data, "名单.xlsx")),
        (f"pdf of {_PAGES} pages", 8, lambda: plain_paper(document),
         lambda: screen_file(document, "通知.pdf")),
    ):  # fmt: skip
        base, _ = timed(plain)
        seconds, report = timed(ours)
        found = sum(f.kind == "id18" for f in report.findings)
        sys.stdout.write(
            f"{name:22} {seconds:6.2f} s (goal {goal} s) {seconds / base:6.1f} x opening only; "
            f"{found} identity numbers, {report.verdict}\n"
        )


if __name__ == "__main__":
    main()
