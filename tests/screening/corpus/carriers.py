"""One line of text in each kind of file that holds text."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape

from docx import Document
from openpyxl import Workbook

from tests.screening import office_made
from tests.screening.old_made import Run, doc
from tests.screening.pdf_made import notice

NOTICE = "关于做好政府信息公开工作的通知"


def saved(thing: object) -> bytes:
    """The bytes of a document or a workbook."""
    out = io.BytesIO()
    thing.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def docx(line: str) -> bytes:
    """A paragraph."""
    document = Document()
    document.add_paragraph(NOTICE)
    document.add_paragraph(line)
    return saved(document)


def xlsx(line: str) -> bytes:
    """A cell."""
    book = Workbook()
    book.active.append([NOTICE])
    book.active.append([line])
    return saved(book)


def pptx(line: str) -> bytes:
    """A text box; a break makes a new paragraph."""
    broken = "</a:t></a:r></a:p><a:p><a:r><a:t>"
    text = escape(line).replace("\r\n", broken).replace("\n", broken)
    return office_made.pptx(office_made.slide(office_made.shape(text)))


def ofd(line: str) -> bytes:
    """A text object for each line of text."""
    pieces = escape(line).splitlines()
    return office_made.ofd(
        *(office_made.words(p, at=f"20 {40 + 8 * n} 150 6") for n, p in enumerate(pieces))
    )


def pdf(line: str) -> bytes:
    """A paragraph; not kept, each costs a rendering."""
    return notice.__wrapped__(f"<pre>{escape(line)}</pre>")


CARRIERS: dict[str, Callable[[str], bytes]] = {
    "txt": lambda line: f"{NOTICE}\n{line}\n".encode(),
    "csv": lambda line: f'事项\n"{line}"\n'.encode("gb18030"),
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "pdf": pdf,
    "ofd": ofd,
    "doc": lambda line: doc(Run(NOTICE + "\r" + line.replace("\r\n", "\r").replace("\n", "\r"))),
    "zip": lambda line: office_made.packed({"a.zip": office_made.packed({"a.docx": docx(line)})}),
}
TOGETHER = {"pdf"}
"""Rendering costs: one file carries all spellings, and every number in it is counted."""
