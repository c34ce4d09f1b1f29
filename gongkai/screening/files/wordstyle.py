"""Which text of a docx is there but not seen: hidden, white, under a black marker, or too small to
read, in runs or through styles.
"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.screening.files.markup import W, local

_SMALLEST = 6
"""Half points: text under three points is not read by anybody."""
_WHITE = re.compile("[Ff][A-Fa-f0-9][Ff][A-Fa-f0-9][Ff][A-Fa-f0-9]")
_BLACK = re.compile("black|[01][0-9A-Fa-f][01][0-9A-Fa-f][01][0-9A-Fa-f]")
_ON = {"1", "true"}
_PAPER = 12_000_000
_FAR_STYLE = re.compile(r"(?:margin-)?(?:left|top):-\d{4,}")
_OFF = {"0", "false", "off", "none"}
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
Look = dict[str, str]


class Styles:
    """The looks of the styles, with what they inherit."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._defaults: Look = {}
        self._default = ""
        self._page = ""
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self._default = name
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = _look(defaults) if defaults is not None else {}

    def background(self, root: etree._Element) -> None:
        """Takes note of a coloured page."""
        page = root.find(f"{W}background")
        self._page = page.get(f"{W}color", "") if page is not None else ""

    def of_paragraph(self, paragraph: etree._Element) -> str:
        """The style of a paragraph."""
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return found.get(f"{W}val", "") if found is not None else self._default

    def hides(self, run: etree._Element, paragraph_style: str) -> bool:
        """Whether a reader does not see the run."""
        look = self._defaults | self._inherited(paragraph_style)
        own = run.find(f"{W}rPr")
        if own is not None:
            character = own.find(f"{W}rStyle")
            if character is not None:
                look |= self._inherited(character.get(f"{W}val", ""))
            look |= _look(own)
        if look.get("vanish", "0") not in _OFF:
            return True
        if look.get("clear"):
            return True
        tiny = look.get("sz", "21").isdigit() and int(look.get("sz", "21")) < _SMALLEST
        return tiny or self._blends(run, look)

    def _blends(self, run: etree._Element, look: Look) -> bool:
        """White on white, or black on black. Word turns "auto" to white on black shading, but
        not on a black marker.
        """
        color = look.get("color", "auto")
        shade = look.get("shade", "")
        if _WHITE.fullmatch(color):
            return not _dark(shade) and not _dark(self._page) and not _on_colour(run, self._styles)
        marked = look.get("marker", "") == "black"
        return bool(_BLACK.fullmatch(shade) and (_BLACK.fullmatch(color) or marked))

    def _inherited(self, name: str) -> Look:
        chain: list[etree._Element] = []
        while name in self._styles and len(chain) < 20:
            chain.append(self._styles[name])
            base = self._styles[name].find(f"{W}basedOn")
            name = base.get(f"{W}val", "") if base is not None else ""
        look: Look = {}
        for style in reversed(chain):
            properties = style.find(f"{W}rPr")
            if properties is not None:
                look |= _look(properties)
        return look


def _look(properties: etree._Element) -> Look:
    look: Look = {}
    for name in ("vanish", "sz", "color"):
        found = properties.find(f"{W}{name}")
        if found is not None:
            look[name] = found.get(f"{W}val", "1")
    for name, attribute in (("shd", "fill"), ("highlight", "val")):
        found = properties.find(f"{W}{name}")
        if found is not None:
            look["shade"] = found.get(f"{W}{attribute}", "")
            look["marker"] = look["shade"] if name == "highlight" else ""
    fill = properties.find(f"{_W14}textFill")
    if fill is not None:
        alphas = [a.get(f"{_W14}val", "0") for a in fill.iter(f"{_W14}alpha")]
        look["clear"] = "1" if "100000" in alphas or fill.find(f"{_W14}noFill") is not None else ""
    return look


def _on_colour(run: etree._Element, styles: dict[str, etree._Element]) -> bool:
    """Whether a coloured cell, paragraph, table style or shape lies under the run."""
    for around in run.iterancestors():
        name = local(around)
        shades = [
            s.get(f"{W}fill", "")
            for path in ("pPr", "tcPr", "tblPr")
            for s in around.iterfind(f"{W}{path}/{W}shd")
        ]
        if name == "tbl":
            used = around.find(f"{W}tblPr/{W}tblStyle")
            style = styles.get(used.get(f"{W}val", "")) if used is not None else None
            shades += (
                [s.get(f"{W}fill", "") for s in style.iter(f"{W}shd")] if style is not None else []
            )
        if name == "wsp":
            shades += [c.get("val", "x") for p in around if local(p) == "spPr" for c in p.iter()
                       if local(c) in {"srgbClr", "schemeClr"} and _filling(c)]  # fmt: skip
        shades.append(around.get("fillcolor", "").lstrip("#").split(" ")[0])
        if any(_dark(shade) for shade in shades):
            return True
    return False


def _filling(color: etree._Element) -> bool:
    """A colour of the area, not of its edge."""
    return color.get("val") not in {"bg1", "lt1"} and not any(
        local(up) == "ln" for up in color.iterancestors()
    )


def _dark(shade: str) -> bool:
    return bool(shade) and shade not in {"auto", "none", "white"} and not _WHITE.fullmatch(shade)


def box_is_unseen(box: etree._Element) -> bool:
    """Whether a text box is switched off, or stands far off any page."""
    for around in box.iterancestors():
        name = local(around)
        if name in {"p", "body"}:
            return False
        style = around.get("style", "").replace(" ", "")
        if "visibility:hidden" in style or _FAR_STYLE.search(style):
            return True
        if name in {"anchor", "inline"}:
            switched = any(local(e) == "docPr" and e.get("hidden") in _ON for e in around)
            return switched or any(_far(e.text) for e in around.iter() if local(e) == "posOffset")
    return False


def _far(offset: str | None) -> bool:
    """English Metric Units; no paper is so large."""
    text = (offset or "").strip()
    return text.lstrip("-").isdecimal() and not -_PAPER <= int(text) <= 3 * _PAPER
