"""pdf: pages, and what lies around them: properties, annotations, bookmarks, forms, attachments,
earlier revisions.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from gongkai.screening.files.pdfpage import read_page
from gongkai.screening.findings import Finding, finding
from gongkai.screening.limits import MAX_PAGES, Unreadable
from gongkai.screening.passages import Passage

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
_END = re.compile(rb"%%EOF[\r\n]*")
_LABELS = {
    "/Author": "作者",
    "/Creator": "制作软件",
    "/Producer": "制作程序",
    "/Title": "标题",
    "/Subject": "主题",
    "/Keywords": "关键词",
}
_BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    ArithmeticError,
)
"""What pypdf raises on damaged files; a damaged file is unreadable, never clean."""


def look(data: bytes, place: str) -> tuple[list[Finding], list[Passage], list[tuple[str, bytes]]]:
    """Findings about the file, its texts, and the files attached to it."""
    try:
        reader = _open(data)
        findings, passages = _pages(reader, place)
        passages += [*_properties(reader), *_outline(reader), *_forms(reader)]
        findings += list(_scripts(reader, place))
        attached = [(name, blob) for name, blobs in reader.attachments.items() for blob in blobs]
    except _BROKEN as broken:
        raise Unreadable("PDF已损坏，打不开") from broken
    older, old_passages = _revisions(data, place)
    return findings + older, passages + old_passages, attached


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable("文件已加密，请去掉密码后再上传")
    if len(reader.pages) > MAX_PAGES:
        raise Unreadable("PDF页数过多，请拆成几个文件")
    return reader


def _pages(reader: PdfReader, place: str) -> tuple[list[Finding], list[Passage]]:
    findings: list[Finding] = []
    passages: list[Passage] = []
    for number, page in enumerate(reader.pages, 1):
        label = f"第{number}页"
        seen, unseen, pictures = read_page(page)
        passages.append(Passage(label, seen))
        if unseen.strip():
            passages.append(Passage(f"{label}看不见的文字", unseen, hidden="hidden_text"))
        if pictures and len("".join(seen.split())) < 10:
            findings.append(finding("image_page", f"{place}{label}"))
        passages += list(_annotations(page, label))
    return findings, passages


def _annotations(page: PageObject, label: str) -> Iterator[Passage]:
    for reference in page.get("/Annots") or ():
        note: Any = reference.get_object()
        subtype = str(note.get("/Subtype", ""))
        link = note.get("/A")
        address = str(link.get_object().get("/URI", "")) if link is not None else ""
        words = " ".join(str(note[k]) for k in ("/Contents", "/T", "/RC", "/V") if note.get(k))
        if address:
            yield Passage(f"{label}的链接", address, quiet=True)
        if words and subtype not in {"/Link", "/Widget"}:
            yield Passage(f"{label}的批注", words, hidden="comment")
        elif words:
            yield Passage(f"{label}的表单或链接", words, quiet=True)
        elif subtype == "/Redact":
            yield Passage(f"{label}未执行的涂黑标记", "Redact", hidden="hidden_text")


def _properties(reader: PdfReader) -> Iterator[Passage]:
    for key, value in (reader.metadata or {}).items():
        if str(value).strip():
            kind = "properties" if key == "/Author" else ""
            yield Passage(
                f"文件属性：{_LABELS.get(key, key)}", str(value), hidden=kind, quiet=not kind
            )
    stream: Any = reader.root_object.get("/Metadata")
    if stream is not None:
        words = re.sub(r"<[^>]*>", " ", stream.get_object().get_data().decode("utf-8", "ignore"))
        yield Passage("文件属性：XMP", words, quiet=True)


def _outline(reader: PdfReader) -> Iterator[Passage]:
    titles: list[str] = []
    waiting: list[Any] = list(reader.outline)
    while waiting and len(titles) < 10_000:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        else:
            titles.append(str(item.title))
    if titles:
        yield Passage("书签", "\n".join(titles), quiet=True)


def _forms(reader: PdfReader) -> Iterator[Passage]:
    fields = reader.get_fields() or {}
    words = [f"{name}\t{field.get('/V', '')}" for name, field in fields.items()]
    if words:
        yield Passage("表单", "\n".join(words), quiet=True)


def _scripts(reader: PdfReader, place: str) -> Iterator[Finding]:
    root = reader.root_object
    action: Any = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    names: Any = root.get("/Names")
    scripted = names is not None and "/JavaScript" in names.get_object()
    if scripted or (
        isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch", "/URI"}
    ):
        yield finding("script", f"{place}文档动作", excerpt="JavaScript/Launch")


def _revisions(data: bytes, place: str) -> tuple[list[Finding], list[Passage]]:
    """Earlier states that an update left in the file. A linearised file ends twice by nature."""
    ends = [match.end() for match in _END.finditer(data)]
    older = ends[:-1]
    if b"/Linearized" in data[:2048]:
        older = older[1:]
    findings: list[Finding] = []
    passages: list[Passage] = []
    for number, end in enumerate(older[:20], 1):
        label = f"早期版本{number}"
        findings.append(
            finding("earlier_revision", f"{place}{label}", excerpt=f"第{number}个%%EOF")
        )
        try:
            texts = [read_page(page)[0] for page in _open(data[:end]).pages]
        except (*_BROKEN, Unreadable):
            continue
        passages += [
            Passage(f"{label}第{n}页", text, quiet=True) for n, text in enumerate(texts, 1)
        ]
    return findings, passages
