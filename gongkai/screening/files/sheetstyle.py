"""Which cells of an xlsx show nothing although they hold something."""

from __future__ import annotations

import re

from lxml import etree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NOTHING = re.compile(r'(?:"")?;(?:"")?;(?:"")?(?:;(?:"")?)?|;;;')
_WHITE = {"FFFFFFFF", "00FFFFFF", "FFFFFF"}


class CellStyles:
    """The cell formats of a workbook by number."""

    def __init__(self, root: etree._Element | None) -> None:
        self._hidden: set[str] = set()
        if root is None:
            return
        empty = {
            f.get("numFmtId")
            for f in root.iter(f"{_S}numFmt")
            if _NOTHING.fullmatch(f.get("formatCode", "").strip())
        }
        fonts = [_white(font) for font in root.iterfind(f"{_S}fonts/{_S}font")]
        fills = [_filled(fill) for fill in root.iterfind(f"{_S}fills/{_S}fill")]
        for number, xf in enumerate(root.iterfind(f"{_S}cellXfs/{_S}xf")):
            white = _at(fonts, xf.get("fontId")) and not _at(fills, xf.get("fillId"))
            if xf.get("numFmtId") in empty or white:
                self._hidden.add(str(number))

    def hides(self, style: str) -> bool:
        """Whether a cell of this format shows nothing."""
        return style in self._hidden


def _at(values: list[bool], index: str | None) -> bool:
    place = int(index or 0)
    return place < len(values) and values[place]


def _white(font: etree._Element) -> bool:
    color = font.find(f"{_S}color")
    size = font.find(f"{_S}sz")
    tiny = size is not None and float(size.get("val", "11")) < 3
    return tiny or (
        color is not None and (color.get("rgb", "").upper() in _WHITE or color.get("theme") == "0")
    )


def _filled(fill: etree._Element) -> bool:
    pattern = fill.find(f"{_S}patternFill")
    if pattern is None or pattern.get("patternType", "none") in {"none", "gray125"}:
        return False
    color = pattern.find(f"{_S}fgColor")
    return color is None or (
        color.get("rgb", "").upper() not in _WHITE and color.get("theme") != "0"
    )
