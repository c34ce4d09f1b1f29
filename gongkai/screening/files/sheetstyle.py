"""Which cells of an xlsx show nothing although they hold something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from gongkai.screening.files.markup import pieces

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EMPTY_FORMAT = re.compile(r'(?:"")?;(?:"")?;(?:"")?(?:;(?:"")?)?')
_PALE = re.compile("(?:[0-9A-F]{2})?F[A-F0-9]F[A-F0-9]F[A-F0-9]")
_SMALLEST = 3.0
_BLACK = "000000"
_BLACK_INDEX = {"0", "8", "64"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is painted: the colour of the letters, the colour under them, and whether the
    number format shows nothing. What is empty is not said.
    """

    ink: str = ""
    ground: str = ""
    blank: bool = False
    tiny: bool = False

    def over(self, below: Look) -> Look:
        """What this one says, and ``below`` where it says nothing."""
        return Look(
            self.ink or below.ink,
            self.ground or below.ground,
            self.blank or below.blank,
            self.tiny or below.tiny,
        )

    @property
    def hides(self) -> bool:
        """Whether nothing shows. Letters are black and ground is white when nobody says more."""
        ink, ground = self.ink or _BLACK, self.ground or "FFFFFF"
        lost = ink == ground or (_white(ink) and _white(ground))
        return self.blank or self.tiny or lost


class CellStyles:
    """The cell formats of a workbook by number, and those that rules put over them."""

    def __init__(self, root: etree._Element | None) -> None:
        self._looks: list[Look] = []
        self.painted: list[Look] = []
        """The formats of rules (dxf), in order."""
        if root is None:
            return
        empty = {
            f.get("numFmtId")
            for f in root.iterfind(f"{_S}numFmts/{_S}numFmt")
            if EMPTY_FORMAT.fullmatch(bare(f.get("formatCode", "")))
        }
        fonts = list(root.iterfind(f"{_S}fonts/{_S}font"))
        fills = list(root.iterfind(f"{_S}fills/{_S}fill"))
        for xf in root.iterfind(f"{_S}cellXfs/{_S}xf"):
            font, fill = _at(fonts, xf.get("fontId")), _at(fills, xf.get("fillId"))
            blank = xf.get("numFmtId") in empty
            self._looks.append(Look(_colour(font), _fill_colour(fill), blank, _tiny(font)))
        self.painted = [look_of_rule(dxf) for dxf in root.iterfind(f"{_S}dxfs/{_S}dxf")]

    def look(self, style: str) -> Look:
        """The look of a cell of this format."""
        place = int(style) if style.isdecimal() else -1
        return self._looks[place] if 0 <= place < len(self._looks) else Look()

    def coloured(self, style: str) -> bool:
        """Whether the cell has a colour on which white can be read."""
        ground = self.look(style).ground
        return bool(ground) and not _white(ground)


def look_of_rule(dxf: etree._Element) -> Look:
    """The format of a rule. Unlike in a cell, the colour of a full ground is the second one."""
    form, fill = dxf.find(f"{_S}numFmt"), dxf.find(f"{_S}fill")
    second = fill.find(f"{_S}patternFill/{_S}bgColor") if fill is not None else None
    ground = _named(second) if second is not None else _fill_colour(fill)
    font = dxf.find(f"{_S}font")
    blank = form is not None and EMPTY_FORMAT.fullmatch(bare(form.get("formatCode", "")))
    return Look(_colour(font), ground, bool(blank), _tiny(font))


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
    """A colour as text: its value, or how it is referred to. White is theme 0 and index 1 or 9,
    black theme 1 and index 0, 8 or 64.
    """
    tint = color.get("tint", "0")
    if color.get("rgb"):
        return f"{color.get('rgb', '').upper()[-6:]}{'' if float(tint) == 0 else tint}"
    if color.get("theme"):
        if color.get("theme") == "1" and float(tint) == 0:
            return _BLACK
        white = color.get("theme") == "0" and float(tint) > -0.1
        return "FFFFFF" if white else f"theme{color.get('theme')}{tint}"
    if index := color.get("indexed"):
        known = _BLACK if index in _BLACK_INDEX else f"index{index}"
        return "FFFFFF" if index in {"1", "9"} else known
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
