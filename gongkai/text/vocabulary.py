"""The phrases that a site's titles use, by spelling and by sound: for pinyin and "did you mean".

Words are not cut here either: a phrase is a run of characters that stands in two titles or more,
and is kept only if no longer run stands in as many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gongkai.text.segment import normalise

SHORTEST, LONGEST, MOST = 2, 8, 20_000

_RUN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-z' ]{2,60}")


@dataclass(frozen=True)
class Vocabulary:
    """Phrases with how often they are used and how they sound (``lv shi``)."""

    words: Mapping[str, tuple[int, str]]
    _by_sound: dict[str, str] = field(default_factory=dict, compare=False)
    _by_initials: dict[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for word, (_, sound) in sorted(self.words.items(), key=_most_used):
            self._by_sound.setdefault(sound.replace(" ", ""), word)
            initials = "".join(syllable[0] for syllable in sound.split())
            if len(initials) >= SHORTEST:
                self._by_initials.setdefault(initials, word)

    def suggest(self, query: str) -> str:
        """What was probably meant by a query; empty when there is nothing better to say.

        Each blank-parted term for itself; letters are read as pinyin or initials, characters by
        their sound, then with one of them wrong.
        """
        whole = normalise(query).replace("ü", "v")
        if _LETTERS.fullmatch(whole):
            return self._by_letters(whole)
        parts = query.split()
        meant = [self._by_characters(normalise(part)) or part for part in parts]
        return " ".join(meant) if meant != parts else ""

    def _by_letters(self, letters: str) -> str:
        bare = letters.replace(" ", "").replace("'", "")
        for spelt in (bare, bare.replace("lu", "lv").replace("nu", "nv")):
            if spelt in self._by_sound:
                return self._by_sound[spelt]
        return self._by_initials.get(bare, "") if len(bare) >= SHORTEST else ""

    def _by_characters(self, term: str) -> str:
        if term in self.words or not _RUN.fullmatch(term) or len(term) < SHORTEST:
            return ""
        alike = self._by_sound.get(_sound(term).replace(" ", ""), "")
        return alike or self._with_one_wrong(term)

    def _with_one_wrong(self, term: str) -> str:
        """Of two characters, one wrong is another word."""
        if len(term) <= SHORTEST:
            return ""
        near = [
            (word, kept)
            for word, kept in self.words.items()
            if len(word) == len(term) and sum(a != b for a, b in zip(word, term, strict=True)) == 1
        ]
        return min(near, key=_most_used)[0] if near else ""

    def as_dict(self) -> dict[str, list[int | str]]:
        """Plain types, to be stored as JSON."""
        return {word: [uses, sound] for word, (uses, sound) in self.words.items()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, list[int | str]]) -> Vocabulary:
        return cls({word: (int(kept[0]), str(kept[1])) for word, kept in stored.items()})


def vocabulary_of(titles: Iterable[str], keywords: Iterable[str] = ()) -> Vocabulary:
    """The phrases of ``titles``, and each of ``keywords`` whole, however seldom it is used."""
    uses: Counter[str] = Counter()
    for title in titles:
        uses.update(_phrases(normalise(title)))
    kept = _longest_only({word: n for word, n in uses.items() if n > 1})
    for keyword in keywords:
        word = normalise(keyword)
        if _RUN.fullmatch(word) and SHORTEST <= len(word) <= 2 * LONGEST:
            kept[word] = max(kept.get(word, 0), uses.get(word, 0), 1)
    chosen = sorted(kept.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST]
    return Vocabulary({word: (n, _sound(word)) for word, n in chosen})


def _phrases(title: str) -> set[str]:
    return {
        run[start : start + size]
        for run in _RUN.findall(title)
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(run) - size + 1)
    }


def _longest_only(uses: dict[str, int]) -> dict[str, int]:
    """Without pieces that never stand but in one longer phrase: 共法律 is no word."""
    inside = {
        piece
        for word, n in uses.items()
        if len(word) > SHORTEST
        for piece in (word[1:], word[:-1])
        if uses.get(piece) == n
    }
    return {word: n for word, n in uses.items() if word not in inside}


def _sound(word: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its dictionary costs every process half a second

    return " ".join(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore"))


def _most_used(entry: tuple[str, tuple[int, str]]) -> tuple[int, int, str]:
    word, (uses, _) = entry
    return (-uses, len(word), word)
