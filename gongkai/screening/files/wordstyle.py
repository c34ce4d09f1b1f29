"""Which text of a docx is there but not seen: hidden, white, or too small to read, in runs or
through styles.
"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.screening.files.markup import W

_SMALLEST = 6
"""Half points: text under three points is not read by anybody."""
_WHITE = re.compile("[Ff][A-Fa-f0-9][Ff][A-Fa-f0-9][Ff][A-Fa-f0-9]")
_OFF = {"0", "false", "off", "none"}
Look = dict[str, str]


class Styles:
    """The looks of the styles, with what they inherit."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            self._styles[style.get(f"{W}styleId", "")] = style

    def of_paragraph(self, paragraph: etree._Element) -> str:
        """The style of a paragraph, empty for the default."""
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return found.get(f"{W}val", "") if found is not None else ""

    def hides(self, run: etree._Element, paragraph_style: str) -> bool:
        """Whether a reader does not see the run."""
        look = self._inherited(paragraph_style)
        own = run.find(f"{W}rPr")
        if own is not None:
            character = own.find(f"{W}rStyle")
            if character is not None:
                look |= self._inherited(character.get(f"{W}val", ""))
            look |= _look(own)
        if look.get("vanish", "0") not in _OFF or look.get("webHidden", "0") not in _OFF:
            return True
        tiny = look.get("sz", "21").isdigit() and int(look.get("sz", "21")) < _SMALLEST
        white = bool(_WHITE.fullmatch(look.get("color", ""))) and not _dark(look.get("shade", ""))
        return tiny or white

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
    for name in ("vanish", "webHidden", "sz", "color"):
        found = properties.find(f"{W}{name}")
        if found is not None:
            look[name] = found.get(f"{W}val", "1")
    for name, attribute in (("shd", "fill"), ("highlight", "val")):
        found = properties.find(f"{W}{name}")
        if found is not None:
            look["shade"] = found.get(f"{W}{attribute}", "")
    return look


def _dark(shade: str) -> bool:
    return bool(shade) and shade not in {"auto", "none", "white"} and not _WHITE.fullmatch(shade)
