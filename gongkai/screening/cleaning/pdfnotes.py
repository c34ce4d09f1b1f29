"""Annotations of a PDF: comments go; stamps and filled fields become part of the page; harmless
links stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array

from gongkai.screening.cleaning.result import Dropped, no
from gongkai.screening.files.pdfaround import children, words
from gongkai.screening.text import screen_text

_KEPT = {"/Widget", "/Watermark", "/Stamp"}


def settle(made: pikepdf.Pdf, dropped: Dropped) -> None:
    """Comments go; stamps, filled fields and watermarks become part of the page."""
    if any(words(n.get("/Subtype")) == "/Redact" for _, n in _all_notes(made)):
        raise no("PDF里有未执行的涂黑标记。请在原软件里执行“应用密文”后另存上传。")
    for page in made.pages:
        kept = [note for note in children(page.obj, "/Annots") if _keeps(note, dropped)]
        page.obj.Annots = Array(kept)
    if "/AcroForm" in made.Root:
        made.generate_appearance_streams()
    made.flatten_annotations("screen")
    for page in made.pages:
        links = [n for n in children(page.obj, "/Annots") if words(n.get("/Subtype")) == "/Link"]
        for link in links:
            for key in ("/AA", "/PA", "/NM", "/M", "/Contents", "/T", "/StructParent"):
                if key in link:
                    del link[key]
        page.obj.Annots = Array(links)


def _all_notes(made: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Page, Any]]:
    for page in made.pages:
        for note in children(page.obj, "/Annots"):
            if isinstance(note, pikepdf.Dictionary):
                yield page, note


def _keeps(note: Any, dropped: Dropped) -> bool:
    if not isinstance(note, pikepdf.Dictionary):
        return False
    kind = words(note.get("/Subtype"))
    if kind == "/Link":
        fine = _harmless(note)
        if not fine:
            dropped.add("指向内部地址、本机文件或脚本的链接")
        return fine
    if int(note.get("/F", 0)) & 0b100010:
        dropped.add("隐藏的表单域和批注")
        return False
    if kind in _KEPT:
        return True
    dropped.add("批注")
    return False


def _harmless(note: Any) -> bool:
    action: Any = note.get("/A")
    if not isinstance(action, pikepdf.Dictionary):
        return "/Dest" in note
    if words(action.get("/S")) == "/GoTo":
        return "/Next" not in action
    address = words(action.get("/URI"))
    plain = address.lower().startswith(("http://", "https://", "mailto:"))
    return plain and "/Next" not in action and not screen_text(address)
