"""What stood under the boxes, as words that may stand elsewhere too.

A long passage is withheld as a whole: its everyday words say nothing on other pages. So words are
taken from it only where the detectors know them for a person's; from a short box every word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.screening.findings import key_of
from gongkai.screening.normalise import normalise
from gongkai.screening.people import PERSONAL
from gongkai.screening.policy import Policy
from gongkai.screening.redaction.glyphs import Page
from gongkai.screening.text import hits_in, read

_SHORT = 14
"""Chinese letters in one box, beyond which it covers a passage, not a name."""
_NUMBER = re.compile(r"[0-9A-Za-z](?:[ \-.·/()]{0,2}[0-9A-Za-z])*")
_PARTED = re.compile(r"[ \-.·/()]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+(?:·[\u3400-\u9fff]+)*")
_LEAST_NUMBER, _LEAST_HAN, _SAFE_INSIDE = 4, 2, 8
_NAMED = {*PERSONAL, "person_name", "minor", "email", "plate", "landline"}
_FORM_WORDS = {
    "姓名", "性别", "电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "住址", "地址",
    "家庭住址", "身份证", "身份证号", "身份证号码", "证件号码", "申请人", "法定代表人", "负责人",
    "出生日期", "开户行", "账号", "银行账号", "签名", "签字", "日期", "单位",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Still:
    """A word under a box that is still to be read. ``excerpt`` shows no more of it than needed to
    find it; ``pages`` count from 1; ``boxed`` are the pages where it was boxed.
    """

    key: str
    excerpt: str
    pages: tuple[int, ...]
    boxed: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """What the person is told."""
        where = "、".join(str(page) for page in self.pages)
        return f"同一内容“{self.excerpt}”在第 {where} 页仍可见"


def words_under(page: Page, touched: set[int], policy: Policy) -> set[str]:
    """The words under the boxes of one page, plain and without what parts their letters."""
    found: set[str] = set()
    for text in _stretches(page, touched):
        plain = normalise(text).text
        for match in _NUMBER.finditer(plain):
            bare = _PARTED.sub("", match.group())
            if len(bare) >= _LEAST_NUMBER:
                found.add(bare.casefold())
        names = [m.group() for m in _HAN.finditer("".join(plain.split()))]
        if sum(map(len, names)) <= _SHORT:
            found |= {n for n in names if len(n) >= _LEAST_HAN and n not in _FORM_WORDS}
    return found | _known(page, touched, policy)


def _stretches(page: Page, touched: set[int]) -> list[str]:
    """Text under boxes, broken where a letter between stays or a line ends."""
    pieces: list[str] = [""]
    for char, place in zip(page.text, page.places, strict=True):
        if char == "\n" or (place >= 0 and place not in touched):
            pieces.append("")
        else:
            pieces[-1] += char
    return [piece for piece in pieces if piece.strip()]


def _known(page: Page, touched: set[int], policy: Policy) -> set[str]:
    source = read(page.text, policy)
    found = set()
    for hit in hits_in(source):
        start, end = source.normalised.span(hit.start, hit.end)
        mine = [p for p in page.places[start:end] if p >= 0]
        if hit.kind in _NAMED and mine and all(p in touched for p in mine):
            bare = "".join(_PARTED.sub("", normalise(page.text[start:end]).text).split())
            if len(bare) >= _LEAST_HAN:
                found.add(bare.casefold())
    return found


def still_visible(
    boxed: Mapping[str, set[int]], pages: Iterable[tuple[int, str]], pepper: bytes
) -> list[Still]:
    """The words (with the pages where they were boxed) that stand in the text of a page."""
    seen: dict[str, list[int]] = {word: [] for word in boxed}
    for number, text in pages:
        plain = normalise(text).text.casefold()
        tight, bare = "".join(plain.split()), "".join(_PARTED.sub("", plain).split())
        for word, where in seen.items():
            if stands_in(word, tight) or stands_in(word, bare):
                where.append(number)
    return [
        Still(key_of("still_visible", "", word, pepper), hinted(word), tuple(where),
              tuple(sorted(boxed[word])))
        for word, where in sorted(seen.items()) if where
    ]  # fmt: skip


def stands_in(word: str, text: str) -> bool:
    """Whether a text (without blanks, in small letters) holds the word. Short numbers have to
    stand alone: four digits are in any longer number.
    """
    if word not in text:
        return False
    if len(word) >= _SAFE_INSIDE or not word.isascii():
        return True
    return re.search(rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])", text) is not None


def hinted(word: str) -> str:
    """The word with its middle out."""
    ends = 1 if len(word) < _SAFE_INSIDE else 2
    last = ends if len(word) > 2 * ends else 0
    return word[:ends] + "*" * (len(word) - ends - last) + word[len(word) - last :]
