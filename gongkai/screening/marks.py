"""Marks of secrecy and of internal use: a word counts where it stands as a mark, not where a
text speaks about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

_STAR = re.compile(r"[ \t\u3000]*[★☆⭐✩✭*●◆]")
_TERM = re.compile(r"[ \t\u3000]*(?:[0-9]{1,2}[ \t\u3000]*(?:年|个月)|长期|启用前)")
_LEVEL = re.compile(r"密[ \u3000]*级[ \u3000]*[:：为][ \u3000]*[\[\uff3b【(（]?[ \u3000]*$")
_DECORATION = re.compile(r"[\s\u3000()（）\[\]【】〔〕<>《》★☆*●:：。.,，!！\-—_0-9年月]+")
_NUMBER = re.compile(r"[ \u3000]*(?:[〔\[(（【\uff3b]|[字第发])?[ \u3000]*(?:19|20)?[0-9]{1,4}")
_SECRET_YEAR = re.compile(r"[〔\[(（\uff3b](?:19|20)[0-9]{2}[〕\])）\uff3d][ \u3000]*密")
_THIS_PAPER = re.compile(r"(?:此件|本件|本文件|此文|本材料|此材料)[^。；\n]{0,4}$")
_OTHER_MARKS = re.compile(
    "内部|资料|文件|注意保存|不得外传|保存|特急|加急|长期|启用前|依申请公开|阅后|妥善保管"
)
_LONGEST = 40
_ALWAYS = {
    "此件不公开",
    "此件不予公开",
    "本件不公开",
    "此件不得公开",
    "注意保存",
    "不得外传",
    "严禁外传",
    "请勿外传",
}


def secrecy(source: Source) -> Iterator[Hit]:
    """绝密, 机密, 秘密 with a star, a term, after 密级, or alone on a line."""
    text = source.text
    for _, start, end in source.group("secret"):
        tail = _STAR.match(text, end) or _TERM.match(text, end)
        head = text[max(0, start - 16) : start]
        if tail or _LEVEL.search(head) or _alone(source, start, end):
            yield Hit("secrecy_mark", start, tail.end() if tail else end, text[start:end])


def numbers_of_secrets(source: Source) -> Iterator[Hit]:
    """Document numbers of cipher telegrams and secret letters, marked or not."""
    text = source.text
    for _, start, end in source.group("secret_number"):
        tail = _NUMBER.match(text, end)
        if tail:
            yield Hit("secret_number", start, tail.end(), text[start : tail.end()])
    for _, start, end in source.group("secret_year"):
        match = _SECRET_YEAR.search(text, max(0, start - 5), end)
        if match:
            yield Hit("secret_number", match.start(), match.end(), match.group())


def internal(source: Source) -> Iterator[Hit]:
    """Marks of internal use: grave as a mark, to be looked at inside a sentence."""
    text = source.text
    for _, start, end in source.group("internal"):
        word = re.sub(r"\s", "", text[start:end])
        mark = (
            word in _ALWAYS
            or _alone(source, start, end)
            or _THIS_PAPER.search(text[max(0, start - 12) : start])
        )
        if mark:
            yield Hit("internal_mark", start, end, word)
        elif word.startswith("内部") or word == "仅供内部":
            yield Hit("internal_mark", start, end, word, "review")
    for _, start, end in source.group("lone"):
        if _alone(source, start, end):
            yield Hit("internal_mark", start, end, "内部")


def attributes(source: Source) -> Iterator[Hit]:
    """Marks that ask which way of disclosure was decided, and drafts."""
    for _, start, end in source.group("attribute"):
        word = source.text[start:end]
        if word.startswith(("此件", "本件")) or _alone(source, start, end):
            yield Hit("publication_mark", start, end, word)
    consulted = bool(source.group("consultation"))
    for _, start, end in source.group("draft"):
        word = source.text[start:end]
        open_draft = consulted and word == "征求意见稿"
        yield Hit("draft_mark", start, end, word, "note" if open_draft else None)


def _alone(source: Source, start: int, end: int) -> bool:
    """Whether nothing but the word and decoration stands on its line. A cell of a table is a
    line, too.
    """
    first, last = source.line(start)
    left = max(first, source.text.rfind("\t", first, start) + 1)
    tab = source.text.find("\t", end, last)
    right = last if tab < 0 else tab
    if right - left > _LONGEST:
        return False
    rest = source.text[left:start] + source.text[end:right]
    return not _DECORATION.sub("", _OTHER_MARKS.sub("", rest))
