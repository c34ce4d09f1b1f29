"""How alike two applications are: overlapping pairs of characters, which Chinese needs no words
for. Pure; the same pair of texts gives the same number either way round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What every application says; it makes none like another.
_COMMON = re.compile(
    r"申请公开|政府信息|信息公开|依申请|请予以?公开|请求公开|公开|申请|贵局|贵单位|本人|本市|"
    r"相关|有关|文件|材料|信息|复印件"
)
_SIGNS = re.compile(r"[\W_]+")
_FEWEST = 4  # pairs: below, two texts are alike by accident
ALIKE = 0.6


def pairs_of(text: str) -> frozenset[str]:
    """The overlapping pairs of a text, without signs and without what all applications say."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    pieces = _SIGNS.sub(" ", _COMMON.sub(" ", plain)).split()
    return frozenset(
        piece[i : i + 2] for piece in pieces for i in range(max(1, len(piece) - 1))
    )  # fmt: skip


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the share of the shorter text that stands in the longer one.

    Containment and not Jaccard: who repeats an application often wraps it into more words.
    """
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= _FEWEST else 0.0


def most_alike(
    pairs: frozenset[str], known: Iterable[tuple[int, str]], most: int
) -> list[tuple[int, float]]:
    """(key, likeness) of those that are alike, the most alike first; ``known``: key and text."""
    scored = ((key, likeness(pairs, pairs_of(text))) for key, text in known)
    found = [(key, score) for key, score in scored if score >= ALIKE]
    return sorted(found, key=lambda row: (-row[1], -row[0]))[:most]
