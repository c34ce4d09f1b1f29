"""Pinyin for addresses and for sorting."""

from __future__ import annotations

import re

from gongkai.text.segment import normalise

#: The slug of a title in which nothing can be spelt.
NAMELESS = "wuti"

_WORDS = re.compile(r"[a-z0-9]+")


def slug(title: str, max_length: int = 60) -> str:
    """An address part for ``title``: small ASCII letters, digits and single hyphens.

    Whole syllables while they fit in ``max_length`` characters (``guan-yu-gong-kai``), otherwise
    their initials (``gygk``), cut at the end. Never empty, so that a page always has an address;
    not unique, the caller adds what makes it so.
    """
    parts = _spelt(title)
    whole = "-".join(part for part, _ in parts)
    if len(whole) > max_length:
        whole = _initials(parts)[:max_length].strip("-")
    return whole or NAMELESS[:max_length]


def _spelt(title: str) -> list[tuple[str, bool]]:
    """The words of ``title`` in ASCII, each with whether it is one Chinese syllable."""
    from pypinyin import Style, lazy_pinyin  # its dictionary costs every process half a second

    plain = normalise(title)
    parts: list[tuple[str, bool]] = []
    for syllable in lazy_pinyin(plain, style=Style.NORMAL, v_to_u=False, errors=_alone):
        chinese = not syllable.startswith(" ")
        parts += [(word, chinese) for word in _WORDS.findall(syllable)]
    return parts


def _alone(other: str) -> str:
    """What has no pinyin, marked with a blank so that it is told from a syllable."""
    return f" {other}"


def _initials(parts: list[tuple[str, bool]]) -> str:
    made = ""
    after_word = False
    for part, chinese in parts:
        joined = not made or (chinese and not after_word)
        made += ("" if joined else "-") + (part[0] if chinese else part)
        after_word = not chinese
    return made


def pinyin_key(text: str) -> str:
    """A key that sorts as a Chinese dictionary does: syllable by syllable, then tone, then sign.

    Latin words sort among the syllables by their letters; capitals and width do not matter.
    """
    from pypinyin import Style, lazy_pinyin

    plain = normalise(text)
    syllables = lazy_pinyin(plain, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
    return " ".join(syllables) + "\x00" + plain
