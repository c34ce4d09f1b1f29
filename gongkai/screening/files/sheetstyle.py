"""Which cells of an xlsx show nothing although they hold something."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.screening.files.markup import pieces

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EMPTY_FORMAT = re.compile(r'(?:"")?;(?:"")?;(?:"")?(?:;(?:"")?)?')
_PALE = re.compile("(?:[0-9A-F]{2})?F[A-F0-9]F[A-F0-9]F[A-F0-9]")
_SMALLEST = 3.0


class CellStyles:
    """The cell formats of a workbook by number."""

    def __init__(self, root: etree._Element | None) -> None:
        self._hidden: set[str] = set()
        self._coloured: set[str] = set()
        if root is None:
            return
        empty = {
            f.get("numFmtId")
            for f in root.iter(f"{_S}numFmt")
            if EMPTY_FORMAT.fullmatch(bare(f.get("formatCode", "")))
        }
        fonts = list(root.iterfind(f"{_S}fonts/{_S}font"))
        fills = list(root.iterfind(f"{_S}fills/{_S}fill"))
        for number, xf in enumerate(root.iterfind(f"{_S}cellXfs/{_S}xf")):
            font, fill = _at(fonts, xf.get("fontId")), _at(fills, xf.get("fillId"))
            filled = _fill_colour(fill)
            same = filled and filled == _colour(font)
            if filled and not _white(filled):
                self._coloured.add(str(number))
            white = _white(_colour(font)) and (not filled or _white(filled))
            if xf.get("numFmtId") in empty or white or same or _tiny(font):
                self._hidden.add(str(number))

    def hides(self, style: str) -> bool:
        """Whether a cell of this format shows nothing."""
        return style in self._hidden

    def coloured(self, style: str) -> bool:
        """Whether the cell has a colour on which white can be read."""
        return style in self._coloured


def pale_words(item: etree._Element) -> str:
    """The pieces of a text that are written in white or too small."""
    return "".join(pieces(run) for run in item.iterfind(f"{_S}r") if _pale(run))


def _pale(run: etree._Element) -> bool:
    look = run.find(f"{_S}rPr")
    return look is not None and (_white(_colour(look)) or _tiny(look))


def bare(code: str) -> str:
    """A number format without its colours: [White];;; is as empty as ;;;."""
    return re.sub(r"\[[^\]]*\]|\s", "", code)


def _at(values: list[etree._Element], index: str | None) -> etree._Element | None:
    place = int(index or 0)
    return values[place] if 0 <= place < len(values) else None


def _tiny(font: etree._Element | None) -> bool:
    size = font.find(f"{_S}sz") if font is not None else None
    return size is not None and float(size.get("val", "11")) < _SMALLEST


def _colour(font: etree._Element | None) -> str:
    color = font.find(f"{_S}color") if font is not None else None
    return _named(color) if color is not None else ""


def _named(color: etree._Element) -> str:
    """A colour as text: its value, or how it is referred to. White is theme 0 and index 1 or 9."""
    tint = color.get("tint", "0")
    if color.get("rgb"):
        return f"{color.get('rgb', '').upper()[-6:]}{'' if float(tint) == 0 else tint}"
    if color.get("theme"):
        white = color.get("theme") == "0" and float(tint) > -0.1
        return "FFFFFF" if white else f"theme{color.get('theme')}{tint}"
    if color.get("indexed"):
        return "FFFFFF" if color.get("indexed") in {"1", "9"} else f"index{color.get('indexed')}"
    return ""


def _white(colour: str) -> bool:
    return bool(_PALE.fullmatch(colour))


def _fill_colour(fill: etree._Element | None) -> str:
    """The colour under the text, empty for none."""
    if fill is None:
        return ""
    pattern = fill.find(f"{_S}patternFill")
    if pattern is None:
        return "gradient" if fill.find(f"{_S}gradientFill") is not None else ""
    if pattern.get("patternType", "none") in {"none", "gray125"}:
        return ""
    color = pattern.find(f"{_S}fgColor")
    return _named(color) if color is not None else "pattern"
