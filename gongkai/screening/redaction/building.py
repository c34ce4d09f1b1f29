"""The result: a new file without what the boxes cover.

A page with boxes becomes a picture of itself with the boxes filled, and a layer of the letters
outside. The other pages come from the clean copy, bare; they too become pictures where they share
with a boxed page what would bring the withheld along.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf

from gongkai.screening.cleaning import pdfs
from gongkai.screening.cleaning.pdfnotes import settle
from gongkai.screening.cleaning.result import Dropped
from gongkai.screening.files.pdfopen import Opened, opened
from gongkai.screening.files.pdfpage import plain_text
from gongkai.screening.policy import Policy
from gongkai.screening.redaction import appendix, picture
from gongkai.screening.redaction.boxes import Box, Ground, ensure_fine, tally
from gongkai.screening.redaction.flattening import Flat, Flattener
from gongkai.screening.redaction.layer import FONT, Writing, turn_of
from gongkai.screening.redaction.paper import MOST_PAGES, no
from gongkai.screening.redaction.sharing import tainted, uses
from gongkai.screening.redaction.stripping import bare_root, moved, strip

ByPage = Mapping[int, list[Box]]
MOST_PICTURES = 120
"""Pages that become pictures in one file: about a minute of work."""


@dataclass(slots=True)
class Built:
    """The result, and what the proof has to know: how many pages there are and were appended, and
    which words stood under boxes, with the pages (from 1) where they did, and which words of a page
    (from 0) only its picture keeps.
    """

    data: bytes = b""
    pages: int = 0
    appended: int = 0
    boxed: dict[str, set[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    pictured: dict[int, str] = field(default_factory=dict)


def build(
    data: bytes, boxes: Sequence[Box], grounds: Mapping[str, Ground], policy: Policy
) -> Built:
    """The file without what the boxes cover. ``data``: of a PDF. Raises ``Refused``."""
    built = Built()
    by_page: dict[int, list[Box]] = defaultdict(list)
    with opened(data) as pdf:
        built.pages = len(pdf.drawn)
        ensure_pages(built.pages)
        ensure_fine(boxes, built.pages)
        for box in boxes:
            by_page[box.page - 1].append(box)
        _ensure_few(len(by_page))
        settle(pdf.made, Dropped())
        settled = _bytes(pdf.made)
    with opened(settled) as pdf:
        _compose(Flattener(pdf, grounds, policy), settled, built, by_page)
    return built


def ensure_pages(pages: int) -> None:
    """Raises ``Refused`` for files with too many pages."""
    if pages > MOST_PAGES:
        raise no(f"文件有{pages}页，最多{MOST_PAGES}页。请分成几份办理。")


def _ensure_few(pictures: int) -> None:
    if pictures > MOST_PICTURES:
        raise no(
            f"有{pictures}页要改成图像，一份文件最多{MOST_PICTURES}页。"
            "请把文件分成几份，每份分别办理。"
        )


def _compose(flattener: Flattener, settled: bytes, built: Built, by_page: ByPage) -> None:
    flats = {n: flattener.flatten(n, boxes) for n, boxes in sorted(by_page.items())}
    others = [n for n in range(built.pages) if n not in flats]
    cleaned = pdfs.clean(settled, Dropped()) if others else settled
    pdf = flattener.pdf
    also = _tainted(pdf, set(flats)) | (_textless(pdf, cleaned, others) if others else set())
    _ensure_few(len(flats) + len(also))
    for number in sorted(also):
        flats[number] = flattener.flatten(number, [])
    if also:
        shown = "、".join(str(number + 1) for number in sorted(also))
        flattener.notes.append(
            f"第{shown}页与有方框的页共用字体或图形，或有看不见的内容，也改为图像"
        )
    rows = tally(box for row in by_page.values() for box in row)
    built.data = _written(cleaned, flats, appendix.sheets(rows, flattener.grounds), built)
    if not built.appended:
        flattener.notes.append("本机没有中文字体：方框里没有印理由，文件末尾没有附清单")
    built.boxed, built.notes = flattener.boxed, flattener.notes
    built.pictured = flattener.pictured


def _tainted(pdf: Opened, boxed: set[int]) -> set[int]:
    used = [uses(page) for page in pdf.made.pages]
    gone: set[str] = set()
    kept: set[str] = set()
    for number in range(len(used)):
        page = pdf.drawn[number]
        (gone if number in boxed else kept).update(plain_text(page))
        page.close()
    return tainted(used, boxed, rare=bool(gone - kept))


def _textless(pdf: Opened, cleaned: bytes, others: Sequence[int]) -> set[int]:
    """Pages that cleaning made a picture without words: here they keep those that show."""
    found = set()
    with opened(cleaned) as other:
        for number in others:
            before, after = pdf.drawn[number], other.drawn[number]
            if plain_text(before).strip() and not plain_text(after).strip():
                found.add(number)
            before.close()
            after.close()
    return found


def _written(
    cleaned: bytes, flats: Mapping[int, Flat], sheets: Sequence[appendix.Sheet], built: Built
) -> bytes:
    writing = Writing()
    made = pikepdf.Pdf.new()
    with pikepdf.open(io.BytesIO(cleaned)) as source:
        for number in range(built.pages):
            if number in flats:
                flat = flats[number]
                turn = turn_of(flat.runs, flat.size)
                layer = writing.layer(flat.runs, flat.size, turn)
                picture.put(made, flat.image, flat.size, layer, turn)
            else:
                moved(source.pages[number], made)
        strip(made, [n for n in range(built.pages) if n not in flats])
        for image, runs in sheets:
            layer = writing.layer(runs, appendix.SIZE)
            picture.put(made, picture.encoded(image), appendix.SIZE, layer)
            built.appended += 1
        font = writing.font(made)
        for number in [*flats, *range(built.pages, built.pages + built.appended)]:
            made.pages[number].obj.Resources.Font = pikepdf.Dictionary({str(FONT): font})
        bare_root(made)
        return _bytes(made)


def _bytes(made: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    made.remove_unreferenced_resources()
    made.save(out, deterministic_id=True, fix_metadata_version=False,
              object_stream_mode=pikepdf.ObjectStreamMode.generate)  # fmt: skip
    return out.getvalue()
