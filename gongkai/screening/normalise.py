"""Makes hidden spellings plain (full width, circled digits, zero width, look-alikes) and
remembers where they were.

Ordinary Chinese punctuation is left as it is: the detectors accept both widths, and a clean text
then costs one look.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_ODD = re.compile(
    "[^\x00-\x7f\u4e00-\u9fff\u3000-\u3006\u3008-\u3017，：；！？（）\uff05\uff5e“”\u2018\u2019—…·]+"
)
_NUMERALS = "〇零一二三四五六七八九○壹贰叁肆伍陆柒捌玖"
_NUMERAL_RUN = re.compile(f"[{_NUMERALS}]" + f"[ \u3000]?[{_NUMERALS}]" * 10)
"""Eleven classes one by one: a repeat count would cost five times as much on clean text."""
_NUMERAL_STRETCH = re.compile(f"[{_NUMERALS}](?:[ \u3000]?[{_NUMERALS}]){{10,}}")
_TO_DIGITS = str.maketrans(_NUMERALS, "00123456789" + "0" + "123456789")
_LOOKALIKES = str.maketrans(
    {
        "\u03a7": "X",
        "χ": "x",
        "\u0425": "X",
        "\u0445": "x",
        "\u041e": "0",
        "\u043e": "0",
        "\u039f": "0",
        "\u03bf": "0",
        "\u2179": "x",
        "\u2169": "X",
        "\u2010": "-",
        "‑": "-",
        "\u2012": "-",
        "–": "-",
        "\u2212": "-",
        "﹣": "-",
        "•": "·",
        "∙": "·",
        "⋅": "·",
        "・": "·",
        "\uff0a": "*",
        "\u204e": "*",
        "\u2217": "*",
        "✱": "*",
        "﹡": "*",
    }
)
_DROPPED = {"Cf", "Mn", "Me", "Cc"}
_HALF = "Cs"
"""Half of a pair: no encoder takes it."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """``text`` to search in; ``origin`` says where a character of it stood in the original."""

    text: str
    _at: tuple[int, ...] = (0,)
    _from: tuple[int, ...] = (0,)
    _last: tuple[int, ...] = (sys.maxsize,)

    def origin(self, index: int) -> int:
        """Position in the original of the character at ``index``. A character that became several
        is the origin of each of them.
        """
        step = bisect_right(self._at, index) - 1
        return min(self._from[step] + index - self._at[step], self._last[step])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``text[start:end]`` came from."""
        return self.origin(start), (self.origin(end - 1) + 1 if end > start else self.origin(start))


@lru_cache(maxsize=4096)
def fold(char: str) -> str:
    """One odd character as plain ones; nothing for what cannot be seen."""
    alike = char.translate(_LOOKALIKES)
    if alike != char:
        return alike
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in _DROPPED:
        return ""
    if category == _HALF:
        return "\ufffd"
    return unicodedata.normalize("NFKC", char)


def normalise(text: str) -> Normalised:
    """NFKC character by character, every kind of digit as 0–9, invisible characters gone."""
    if _ODD.search(text) is None:
        return Normalised(_digits(text))
    pieces: list[str] = []
    at, origin, last = [0], [0], [sys.maxsize]
    here = done = 0
    for match in _ODD.finditer(text):
        pieces.append(text[done : match.start()])
        here += match.start() - done
        done = match.end()
        for place, char in enumerate(match.group(), match.start()):
            plain = fold(char)
            pieces.append(plain)
            length = len(plain)
            if length != 1:
                at += (here, here + length)
                origin += (place, place + 1)
                last += (place, sys.maxsize)
            here += length
    pieces.append(text[done:])
    return Normalised(_digits("".join(pieces)), tuple(at), tuple(origin), tuple(last))


def _digits(text: str) -> str:
    """Long rows of Chinese numerals as digits; the length stays."""
    if _NUMERAL_RUN.search(text) is None:
        return text
    return _NUMERAL_STRETCH.sub(lambda m: m.group().translate(_TO_DIGITS), text)
