"""The register of correct names of laws and organs, and what is written instead. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_STATE = "中华人民共和国"
_KINDS = ("条例", "办法", "规定", "规则", "细则", "通则", "决定", "法典", "法")
_TITLE = re.compile(r"《([^《》]{3,60})》")
_SHORTEST, _MOST_ODD = 5, 2


@dataclass(frozen=True, slots=True)
class Misprint:
    """``wrong`` is written for ``right``, except inside the longer words of ``unless``."""

    wrong: str
    right: str
    unless: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Whether the wrong letters stand anywhere outside the words in which they are right."""
        for word in self.unless:
            text = text.replace(word, "")
        return self.wrong in text


@dataclass(frozen=True, slots=True)
class Register:
    """Correct titles without 中华人民共和国, and known misprints."""

    laws: frozenset[str]
    misprints: tuple[Misprint, ...]

    def wrong_titles(self, text: str) -> Iterator[tuple[str, str]]:
        """Titles in 《》 that miss a registered one by a word, each with the registered one."""
        for written in dict.fromkeys(_TITLE.findall(text)):
            known = self._meant(written.removeprefix(_STATE))
            if known:
                state = _STATE if written.startswith(_STATE) else ""
                yield written, state + known

    def wrong_words(self, text: str) -> Iterator[tuple[str, str]]:
        """Known misprints in the text, each with what is right."""
        for misprint in self.misprints:
            if misprint.stands_in(text):
                yield misprint.wrong, misprint.right

    def _meant(self, title: str) -> str:
        if title in self.laws or len(title) < _SHORTEST:
            return ""
        near = [law for law in self.laws if _misses_by_a_word(title, law)]
        return min(near, key=lambda law: (abs(len(law) - len(title)), law), default="")


@cache
def register() -> Register:
    """The shipped register."""
    with (Path(__file__).parent / "data" / "names.toml").open("rb") as file:
        raw = tomllib.load(file)
    return Register(
        frozenset(title.removeprefix(_STATE) for title in raw["laws"]),
        tuple(
            Misprint(row["wrong"], row["right"], tuple(row.get("unless", ())))
            for row in raw["misprint"]
        ),
    )


def _misses_by_a_word(title: str, law: str) -> bool:
    """The same kind of text and up to two signs too many, missing, or one sign changed.

    An annex of the kind (法 against 办法) is another text, not a slip of the pen.
    """
    if len(law) < _SHORTEST or _kind(title) != _kind(law):
        return False
    longer, shorter = sorted((title, law), key=len, reverse=True)
    odd = len(longer) - len(shorter)
    if odd == 0:
        return sum(a != b for a, b in zip(title, law, strict=True)) == 1
    return odd <= _MOST_ODD and any(
        longer[:at] + longer[at + odd :] == shorter for at in range(len(shorter) + 1)
    )


def _kind(title: str) -> str:
    return next((kind for kind in _KINDS if title.endswith(kind)), "")
