"""What lies around the pages of a PDF: properties, annotations, bookmarks, form fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.screening.passages import Passage

_LABELS = {
    "/Author": "作者",
    "/Creator": "制作软件",
    "/Producer": "制作程序",
    "/Title": "标题",
    "/Subject": "主题",
    "/Keywords": "关键词",
}
_HIDDEN_FLAGS = 0b100010
"""Hidden, and not to be viewed."""
_MAX_TITLES = 20_000
APART = "\n；\n"
"""Between texts that stand alone: chapter numbers in a row are no identity number."""


def words(value: Any) -> str:
    """A text of a PDF; names and numbers as they are written; empty for anything else."""
    if value is None or isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream):
        return ""
    try:
        return str(value)
    except (UnicodeError, ValueError):
        return ""


def children(thing: Any, key: str) -> list[Any]:
    """The members of an array; nothing where there is none."""
    value = thing.get(key) if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else None
    return list(value) if isinstance(value, pikepdf.Array) else []


def properties(made: pikepdf.Pdf) -> Iterator[Passage]:
    """Document properties; a person in them is a finding of its own."""
    information = made.trailer.get("/Info")
    if isinstance(information, pikepdf.Dictionary):
        for key, value in information.items():
            if (text := words(value)).strip():
                kind = "properties" if key == "/Author" else ""
                label = f"文件属性：{_LABELS.get(key, key)}"
                yield Passage(label, text, hidden=kind, quiet=not kind)


def xmp(data: bytes) -> str:
    """The words of a metadata stream."""
    codec = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    text = data.decode(codec, "ignore")
    values = re.findall(r"=\s*[\"']([^\"']{4,2000})[\"']", text)
    return "\n".join([re.sub(r"<[^>]*>", " ", text), *values])


def notes(page: pikepdf.Page, label: str) -> Iterator[Passage]:
    """Notes, links and marks on a page, each by what it is."""
    for note in children(page.obj, "/Annots"):
        if not isinstance(note, pikepdf.Dictionary):
            continue
        kind = words(note.get("/Subtype"))
        text = " ".join(
            t for k in ("/Contents", "/T", "/RC", "/Subj", "/V") if (t := words(note.get(k)))
        )
        if kind == "/Redact":
            yield Passage(f"{label}未执行的涂黑标记", text or "涂黑标记", hidden="hidden_text")
        elif kind == "/Widget":
            hidden = _flags(note) & _HIDDEN_FLAGS and words(note.get("/V"))
            yield Passage(
                f"{label}的表单域", text, hidden="hidden_text" if hidden else "", quiet=not hidden
            )
        elif text and kind != "/Link":
            yield Passage(f"{label}的批注", text, hidden="comment")
        elif text:
            yield Passage(f"{label}的链接", text, quiet=True)


def _flags(note: pikepdf.Dictionary) -> int:
    try:
        return int(note.get("/F", 0))
    except (TypeError, ValueError):
        return 0


def outline(made: pikepdf.Pdf) -> Iterator[Passage]:
    """The titles of the bookmarks."""
    root = made.Root.get("/Outlines")
    waiting: list[Any] = [root.get("/First")] if isinstance(root, pikepdf.Dictionary) else []
    titles: list[str] = []
    known: set[tuple[int, int]] = set()
    while waiting and len(titles) < _MAX_TITLES:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in known:
            continue
        if item.objgen != (0, 0):
            known.add(item.objgen)
        titles.append(words(item.get("/Title")))
        waiting += [item.get("/Next"), item.get("/First")]
    if titles:
        yield Passage("书签", APART.join(titles), quiet=True)


def forms(made: pikepdf.Pdf) -> Iterator[Passage]:
    """Names, hints and values of the form fields."""
    form = made.Root.get("/AcroForm")
    waiting = children(form, "/Fields")
    lines: list[str] = []
    known: set[tuple[int, int]] = set()
    while waiting and len(lines) < _MAX_TITLES:
        field = waiting.pop(0)
        if not isinstance(field, pikepdf.Dictionary) or field.objgen in known:
            continue
        if field.objgen != (0, 0):
            known.add(field.objgen)
        values = [words(field.get(key)) for key in ("/T", "/TU", "/V", "/DV")]
        values += [words(option) for option in children(field, "/Opt")]
        lines.append("\t".join(value for value in values if value))
        waiting += children(field, "/Kids")
    if any(lines):
        yield Passage("表单", "\n".join(lines), quiet=True)
