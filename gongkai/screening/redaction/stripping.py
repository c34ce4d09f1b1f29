"""Pages that stay as they are lose everything but what is drawn: notes, links, marks of structure
with their spoken texts, private data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

from gongkai.screening.files.pdfaround import words

_KEPT = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Resources", "/Contents", "/Rotate",
         "/UserUnit", "/Group"}  # fmt: skip
_MARKING = {"BMC", "BDC", "EMC", "MP", "DP"}
_TOLD = ("/Metadata", "/PieceInfo", "/StructParent", "/StructParents", "/OC", "/OPI", "/Alternates",
         "/LastModified", "/Properties", "/Measure", "/PtData", "/AF", "/Name")  # fmt: skip


def moved(page: pikepdf.Page, made: Pdf) -> None:
    """Appends a bare copy of the page to another file."""
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        inherited = _inherited(page, key)
        if inherited is not None:
            page.obj[key] = inherited
    for key in [k for k in page.obj.keys() if k not in _KEPT]:  # noqa: SIM118
        del page.obj[key]
    made.pages.append(page)


def strip(made: Pdf, numbers: Iterable[int]) -> None:
    """Takes the marks out of what these pages (from 0) draw, and private data from every object."""
    for page in (made.pages[number] for number in numbers):
        page.contents_coalesce()
        page.obj.Contents = made.make_stream(_unmarked(page))
    for thing in made.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if isinstance(thing, pikepdf.Stream) and words(thing.get("/Subtype")) == "/Form":
            thing.write(_unmarked(thing))
        for key in _TOLD:
            if key in thing and not _needed(thing, key):
                del thing[key]


def _needed(thing: Any, key: str) -> bool:
    """Names of fonts that their programs are known by."""
    return key == "/Name" and words(thing.get("/Type")) == "/Font"


def _unmarked(content: Any) -> bytes:
    kept = [
        step for step in pikepdf.parse_content_stream(content)
        if str(step.operator) not in _MARKING
    ]  # fmt: skip
    return pikepdf.unparse_content_stream(kept)


def _inherited(page: pikepdf.Page, key: str) -> Any:
    at: Any = page.obj
    for _ in range(64):
        if key in at:
            return at[key]
        at = at.get("/Parent")
        if not isinstance(at, pikepdf.Dictionary):
            return None
    return None


def bare_root(made: Pdf) -> None:
    """Nothing but the pages."""
    for key in [k for k in made.Root.keys() if k not in {"/Type", "/Pages"}]:  # noqa: SIM118
        del made.Root[key]
    for key in ("/Info",):
        if key in made.trailer:
            del made.trailer[key]
    made.Root.Type = Name.Catalog
