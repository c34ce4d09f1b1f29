"""What the person who draws boxes needs to see: the pages, and where words stand."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from gongkai.screening.cleaning.pdfnotes import settle
from gongkai.screening.cleaning.result import Dropped
from gongkai.screening.files.pdfopen import opened
from gongkai.screening.policy import DEFAULT, Policy
from gongkai.screening.redaction import glyphs
from gongkai.screening.redaction.boxes import Box
from gongkai.screening.redaction.building import ensure_pages
from gongkai.screening.redaction.paper import as_pdf, no, readable
from gongkai.screening.redaction.searching import Proposed, findings_on, keyed_on, phrase_on
from gongkai.screening.redaction.words import words_under

T = TypeVar("T")
_WIDEST, _HIGHEST = 1400, 4200


@dataclass(frozen=True, slots=True)
class Found:
    """Boxes by a search; ``blind``: the pages (from 1) without words that a machine can search."""

    boxes: list[Box]
    blind: list[int]
    kinds: list[str]


def page_count(data: bytes, name: str) -> int:
    """How many pages the file has. Raises ``Refused`` for files that cannot be redacted."""
    with readable(), opened(as_pdf(data, name)) as pdf:
        ensure_pages(len(pdf.drawn))
        settle(pdf.made, Dropped())
        return len(pdf.drawn)


def page_picture(data: bytes, name: str, number: int, width: int) -> bytes:
    """Page ``number`` (from 1) as PNG, upright, ``width`` pixels wide."""
    with readable(), opened(as_pdf(data, name)) as pdf:
        if not 1 <= number <= len(pdf.drawn):
            raise no(f"没有第{number}页，文件共{len(pdf.drawn)}页。")
        page = pdf.drawn[number - 1]
        wide, high = page.get_size()
        scale = min(min(width, _WIDEST) / max(wide, 1.0), _HIGHEST / max(high, 1.0))
        bitmap = page.render(scale=scale)
        image: Image.Image = bitmap.to_pil().convert("RGB")
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


def find_phrase(data: bytes, name: str, phrase: str, ground: str) -> Found:
    """Boxes around the phrase on every page. Raises ``Refused`` for a phrase of one letter."""
    if len("".join(phrase.split())) < 2:
        raise no("要遮盖的词语至少写两个字，一个字会遮住许多无关的内容。")
    found = _each(data, name, lambda page, number: phrase_on(page, number, phrase, ground))
    return Found([box for row in found.values() for box in row], _blind(found), [])


def find_findings(
    data: bytes, name: str, grounds: Mapping[str, str], policy: Policy = DEFAULT
) -> Found:
    """Boxes around what screening finds, each on the ground that its kind is given."""

    def look(page: glyphs.Page, number: int) -> list[Proposed]:
        return findings_on(page, number, grounds, policy)

    found = _each(data, name, look)
    rows = [row for rows in found.values() for row in rows]
    return Found([row.box for row in rows], _blind(found), [row.kind for row in rows])


def find_again(
    data: bytes, name: str, boxes: list[Box], keys: Mapping[str, str],
    *, policy: Policy = DEFAULT, pepper: bytes = b"",
) -> Found:  # fmt: skip
    """Boxes around boxed words wherever else they stand; ``keys``: of ``Still``, with grounds."""
    words: set[str] = set()

    def collect(page: glyphs.Page, number: int) -> list[Box]:
        touched = page.touched(box.area for box in boxes if box.page == number)
        words.update(words_under(page, touched, policy) if touched else ())
        return []

    _each(data, name, collect)
    found = _each(data, name, lambda page, n: keyed_on(page, n, sorted(words), keys, pepper))
    return Found([box for row in found.values() for box in row], _blind(found), [])


class _Blind(list[T]):
    """What was found on a page without words."""


def _blind(found: Mapping[int, list[T]]) -> list[int]:
    return [number for number, rows in found.items() if isinstance(rows, _Blind)]


def _each(
    data: bytes, name: str, look: Callable[[glyphs.Page, int], list[T]]
) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    with readable(), opened(as_pdf(data, name)) as pdf:
        ensure_pages(len(pdf.drawn))
        for number in range(1, len(pdf.drawn) + 1):
            page = pdf.drawn[number - 1]
            words = page.get_textpage()
            read = glyphs.read(page, words)
            found[number] = look(read, number) if read.glyphs else _Blind()
            words.close()
            page.close()
    return found
