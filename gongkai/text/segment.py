"""Chinese text as overlapping pairs of characters, cut the same way for the index and the query.

Words are not cut: a segmenter decides where a word ends and so loses what people look for
(every second substring, measured). A text becomes a *stream*: one sign for each letter, digit or
Chinese character, and ``BREAK`` wherever punctuation or a border stands. Its tokens are all pairs
of neighbours in the stream, so that a piece of text is found exactly when its pairs stand in a
row. The pair with the closing break carries the last character, so each character is the first of
exactly one pair, and a single character is found as the beginning of a token.
"""

# ruff: noqa: RUF001 - look-alikes are what this module is about

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

BREAK = "|"
#: In ``aligned`` text: a character that is no part of the stream.
SKIP = "\x00"
_SPACE, _LINE, _PARAGRAPH, _GONE = " ", "\n", "\n\n", ""

_BRACKETS = {**dict.fromkeys("〔［[【〖﹝(", "("), **dict.fromkeys("〕］]】〗﹞)", ")")}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
#: Marks that people type or leave out at will; they neither part nor join words.
_QUOTES = dict.fromkeys("《》〈〉「」『』“”„‘’‚\"'`´·•‧∙⋅・", _GONE)
#: The circle that old documents use for the zero in 二〇一四.
_ZERO = dict.fromkeys("○◯", "〇")

_IN_ASCII_WORDS = re.compile(r"(?<=[a-z0-9]) (?=[a-z0-9])")
_BLANKS = re.compile(r"[ \n]+")
#: 示司发 〔 2014 〕 3 号: blanks inside a document number mean nothing.
_NUMBER = re.compile(r"\s*\(\s*([12]\d{3})\s*\)\s*(?:(第)\s*)?(\d{1,5})\s*号")


def _plain(char: str) -> str:
    """One spelling of brackets, dashes, blanks and zeros; invisible characters go."""
    category = unicodedata.category(char)
    if category == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F:
        return _GONE
    if char in "\n\v\f\r\x85\u2028\u2029":
        return _LINE
    if category in ("Cc", "Cs") or category[0] == "Z":
        return _SPACE
    return _BRACKETS.get(char) or _DASHES.get(char) or _ZERO.get(char) or char


def _sign(char: str) -> str:
    """What a normalised character is in the stream: itself, a break, or nothing.

    Private-use and unassigned characters count as letters: old sites spell rare names with them.
    """
    if char in _QUOTES:
        return _GONE
    category = unicodedata.category(char)
    return char if category[0] in "LNM" or category in ("Co", "Cn") else BREAK


class _Table(dict[int, str]):
    """A translation table that works out a character when it is first met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = sign = self._rule(chr(code))
        return sign


def _aligned(char: str) -> str:
    if (plain := _fold(char).translate(_PLAIN)).isspace():
        return _SPACE
    return plain.translate(_SIGN)[:1] or SKIP


_PLAIN, _SIGN, _ALIGN = _Table(_plain), _Table(_sign), _Table(_aligned)
_BREAKS = re.compile(r"\|+")


def _fold(text: str) -> str:
    """NFKC and case folding until nothing changes (folding can undo the composition)."""
    folded = unicodedata.normalize("NFKC", text)
    while (again := unicodedata.normalize("NFKC", folded.casefold())) != folded:
        folded = again
    return folded


def _blank(match: re.Match[str]) -> str:
    return _PARAGRAPH if match.group().count(_LINE) > 1 else _SPACE


def _spelt(text: str) -> str:
    return _fold(_fold(text).replace("\r\n", "\n").translate(_PLAIN))


def normalise(text: str) -> str:
    """``text`` in the one spelling that is indexed and compared.

    Full width becomes half width, capitals small, every bracket round; blanks stay only between
    two Latin words, because in Chinese they are layout (通　知); an empty line stays, as a border.
    """
    spelt = _BLANKS.sub(_blank, _spelt(text))
    while (composed := unicodedata.normalize("NFC", _without_blanks(spelt))) != spelt:
        spelt = composed  # an accent that lost the blank before it may make its letter no Latin one
    return spelt


def _without_blanks(text: str) -> str:
    kept = _IN_ASCII_WORDS.sub("\x00", text)
    return kept.replace(_SPACE, "").replace("\x00", _SPACE).strip()


def stream(text: str) -> str:
    """The signs of ``text`` with a single ``BREAK`` at every border, first and last included."""
    return _BREAKS.sub(BREAK, f"{BREAK}{normalise(text).translate(_SIGN)}{BREAK}")


def pairs(signs: str) -> list[str]:
    """The neighbours in a stream, in order."""
    return [a + b for a, b in pairwise(signs)]


def index_tokens(text: str) -> list[str]:
    """The pairs to index; their positions are consecutive."""
    return pairs(stream(text))


def aligned(text: str) -> str:
    """The signs of ``text`` one for one, blanks kept: to find a term's place in what is shown."""
    return text.translate(_ALIGN)


@dataclass(frozen=True)
class Term:
    """One part of a query that must stand in the text as it is written."""

    signs: str

    @property
    def tokens(self) -> list[str]:
        """The pairs that must follow one another; for one character, the start of a token."""
        return pairs(self.signs) or [self.signs]

    @property
    def is_prefix(self) -> bool:
        """Whether the only token is the beginning of an indexed one (a single character)."""
        return len(self.signs) == 1


@lru_cache(maxsize=4096)
def _term(word: str) -> Term | None:
    signs = stream(word).strip(BREAK)
    return Term(signs) if signs else None


def query_terms(query: str) -> list[Term]:
    """The terms of what a person typed, each once: parted by blanks, except inside a document
    number. A query of blanks and punctuation only has none."""
    joined = _NUMBER.sub(lambda m: f"({m[1]}){m[2] or ''}{m[3]}号", _spelt(query))
    terms = (_term(word) for word in joined.split())
    return list(dict.fromkeys(term for term in terms if term is not None))
