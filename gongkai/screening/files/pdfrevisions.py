"""Earlier states of a PDF that an update left in the file, and what stands behind its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from gongkai.screening.files.pdfpage import plain_text
from gongkai.screening.findings import Finding, finding
from gongkai.screening.limits import MAX_PAGES, Unreadable
from gongkai.screening.passages import Passage

_END = re.compile(rb"%%EOF[\r\n]*")
_START = re.compile(rb"startxref\s+\d+")
_MOST = 20
_TRAILING = 16


def texts_of(data: bytes) -> list[str]:
    """The words of each page. Raises ``Unreadable`` when it does not open."""
    try:
        document = pdfium.PdfDocument(data)
        try:
            if len(document) > MAX_PAGES:
                raise Unreadable("PDF页数过多，请拆成几个文件")
            return [plain_text(page) for page in document]
        finally:
            document.close()
    except pdfium.PdfiumError as broken:
        raise Unreadable("PDF已损坏，打不开") from broken


def revisions(data: bytes, place: str, last: list[str]) -> tuple[list[Finding], list[Passage]]:
    """Findings for each earlier state, and the lines in it that the last one (``last``, page by
    page) lacks. A linearised file ends twice by nature.
    """
    ends = [match.end() for match in _END.finditer(data)]
    older = ends[:-1]
    if b"/Linearized" in data[:2048]:
        older = older[1:]
    if len(older) > _MOST:
        raise Unreadable("PDF反复修改过太多次，请重新导出一份新的PDF")
    now = {line.strip() for text in last for line in text.split("\n")}
    findings: list[Finding] = []
    passages: list[Passage] = []
    for number, end in enumerate(older, 1):
        label = f"早期版本{number}"
        gone = list(_gone(data[:end], now, label))
        words = "有现版没有的文字" if gone else "未见文字变动"
        findings.append(
            finding("earlier_revision", f"{place}{label}", excerpt=f"第{number}个%%EOF，{words}",
                    value=f"{number}")
        )  # fmt: skip
        passages += gone
    if not older and len(_START.findall(data)) > len(ends) + (b"/Linearized" in data[:2048]):
        findings.append(finding("earlier_revision", f"{place}早期版本", excerpt="多个交叉引用表"))
    return findings, passages


def _gone(data: bytes, now: set[str], label: str) -> Iterator[Passage]:
    try:
        texts = texts_of(data)
    except Unreadable:
        return
    for number, text in enumerate(texts, 1):
        lines = [line for line in text.split("\n") if line.strip() and line.strip() not in now]
        if lines:
            yield Passage(f"{label}第{number}页", "\n".join(lines), quiet=True)


def trailing(data: bytes) -> Iterator[Passage]:
    """What was put behind the end of the file."""
    ends = [match.end() for match in _END.finditer(data)]
    rest = data[ends[-1] :].strip(b"\0 \r\n\t") if ends else b""
    if len(rest) > _TRAILING:
        text = rest[: 2**20].decode("utf-8", "ignore").replace("\0", "")
        yield Passage("文件结束标志之后", text.strip() or f"{len(rest)}字节", hidden="hidden_text")
