"""The words of a shape: paragraphs and tables, parted into what can be read and what is white or
too small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gongkai.screening.files.markup import local

_WHITE = re.compile("[Ff][A-Fa-f0-9][Ff][A-Fa-f0-9][Ff][A-Fa-f0-9]")
_LIGHT = {"bg1", "lt1"}
_SMALLEST = 300
"""Hundredths of a point."""
_FILLS = {"solidFill", "gradFill", "blipFill", "pattFill"}


@dataclass
class Words:
    """Pieces in order: text, whether it is white, whether it is too small or clear."""

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)

    def parted(self, coloured: bool) -> tuple[str, str]:
        """What is seen and what is not; on a coloured ground white is seen."""
        seen = [t for t, white, gone in self.pieces if not gone and (coloured or not white)]
        unseen = [t for t, white, gone in self.pieces if gone or (white and not coloured)]
        return "".join(seen).strip("\n"), "".join(unseen).strip("\n")


def words_of(shape: etree._Element) -> Words:
    """The words of a shape, cells parted by tabs."""
    words = Words()
    table = next((e for e in shape.iter() if local(e) == "tbl"), None)
    if table is None:
        for paragraph in shape.iter():
            if local(paragraph) == "p":
                _paragraph(paragraph, words, False)
                words.pieces.append(("\n", False, False))
        return words
    styled = any(local(e) == "tableStyleId" for e in table.iter())
    for row in (e for e in table if local(e) == "tr"):
        for number, cell in enumerate(e for e in row if local(e) == "tc"):
            words.pieces.append(("\t" if number else "", False, False))
            look = next((e for e in cell if local(e) == "tcPr"), None)
            own = filled(look) if look is not None else None
            coloured = styled if own is None else own
            for paragraph in (e for e in cell.iter() if local(e) == "p"):
                _paragraph(paragraph, words, coloured)
        words.pieces.append(("\n", False, False))
    return words


def _paragraph(paragraph: etree._Element, words: Words, coloured: bool) -> None:
    for run in paragraph:
        name = local(run)
        if name == "br":
            words.pieces.append(("\n", False, False))
        elif name in {"r", "fld"}:
            text = "".join(t.text or "" for t in run if local(t) == "t")
            white, gone = _look(run)
            words.pieces.append((text, white and not coloured, gone))


def _look(run: etree._Element) -> tuple[bool, bool]:
    """White, and too small or fully clear; from the run, else from the lists of the shape."""
    looks = [e for e in run if local(e) == "rPr"]
    looks += _inherited(run)
    size = next((int(e.get("sz", "0")) for e in looks if e.get("sz")), 1800)
    white = gone = False
    for look in looks:
        fills = [e for e in look if local(e) in {"solidFill", "noFill", "gradFill"}]
        if fills:
            white = filled(look) is False and local(fills[0]) == "solidFill"
            gone = local(fills[0]) == "noFill" or _clear(fills[0])
            break
    return white, gone or size < _SMALLEST


def _inherited(run: etree._Element) -> list[etree._Element]:
    """Looks that the list style of the same shape gives to its runs."""
    for around in run.iterancestors():
        if local(around) == "txBody":
            lists = [e for e in around if local(e) == "lstStyle"]
            return [e for part in lists for e in part.iter() if local(e) == "defRPr"][:1]
    return []


def _clear(fill: etree._Element) -> bool:
    return any(local(e) == "alpha" and float(e.get("val", "100000")) < 5000 for e in fill.iter())


def filled(look: etree._Element) -> bool | None:
    """Whether properties fill with something on which white can be read; None: not said."""
    for fill in look:
        name = local(fill)
        if name == "noFill":
            return False
        if name == "solidFill":
            colors = [e for e in fill if e.get("val")]
            white = any(
                _WHITE.fullmatch(c.get("val", "")) or c.get("val") in _LIGHT for c in colors
            )
            darker = any(local(e) in {"lumMod", "shade"} for e in fill.iter())
            return not _clear(fill) and (not white or darker)
        if name in _FILLS:
            return True
    return None
