"""Marks of secrecy and of internal use: a word counts where it stands as a mark, not where a
text speaks about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.source import Hit, Source

_STAR = re.compile(r"[ \t\u3000]*[★☆⭐✩✪✫✬✭✮✯✰⋆*●◆■▲]")
_TERM = re.compile(
    r"[ \t\u3000]*[·.(（—\-]?[ \t\u3000]*"
    r"(?:[0-9一二三四五六七八九十]{1,2}[ \t\u3000]*(?:年|个月)|长期|启用前)"
)
_HOW_LONG = re.compile(
    r"[ \u3000]*[:：][ \u3000]*(?:[0-9一二三四五六七八九十]{1,2}[ ]*(?:年|个月)|长期)"
)
_LEVEL = re.compile(r"密[ \u3000]*级[ \u3000]*[:：为]?[ \u3000]*[\[\uff3b【(（]?[ \u3000]*$")
_DECORATION = re.compile(r"[\s\u3000()（）\[\]【】〔〕<>《》★☆*●:：。.,，!！\-—_0-9年月]+")
_NUMBER = re.compile(r"[ \u3000]*(?:[〔\[(（【\uff3b]|[字第发])?[ \u3000]*(?:19|20)?[0-9]{1,4}")
_SECRET_YEAR = re.compile(r"[〔\[(（\uff3b](?:19|20)[0-9]{2}[〕\])）\uff3d][ \u3000]*密")
_THIS_PAPER = re.compile(r"(?:此件|本件|本文件|此文|本材料|此材料)[^。；\n]{0,4}$")
_ASKED = re.compile(r"公开(?:属性|方式|选项|类别|类型|形式)[ \t\u3000]*[:：]?[ \t\u3000]*$")
_OTHER = "内部|资料|文件|注意保存|不得外传|保存|特急|加急|长期|启用前|依申请公开|阅后|妥善保管"
_OTHER_MARKS = re.compile(_OTHER)
_BESIDE = {"", *_OTHER, *" \t\r\n\v\f\u3000()（）[]【】〔〕<>《》★☆*●:：。.,，!！-—_年月0123456789"}
"""What may touch a mark that stands alone; looked at first, because most words fail here."""
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


def terms(source: Source) -> Iterator[Hit]:
    """How long a paper stays secret, as its cover says it."""
    for _, start, end in source.group("term"):
        answer = _HOW_LONG.match(source.text, end)
        if answer:
            yield Hit("secrecy_mark", start, answer.end(), source.text[start:end])


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
            or _answer(source, start)
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
        if (
            word.startswith(("此件", "本件"))
            or _answer(source, start)
            or _alone(source, start, end)
        ):
            yield Hit("publication_mark", start, end, word)
    consulted = bool(source.group("consultation"))
    for _, start, end in source.group("draft"):
        word = source.text[start:end]
        if word.startswith("会签") and not _alone(source, start, end):
            continue
        open_draft = consulted and word == "征求意见稿"
        yield Hit("draft_mark", start, end, word, "note" if open_draft else None)


def _answer(source: Source, start: int) -> bool:
    """Whether it answers the question how a paper is disclosed, as on its approval form."""
    before = source.text[max(0, start - 12) : start]
    return "公开" in before and _ASKED.search(before) is not None


def _alone(source: Source, start: int, end: int) -> bool:
    """Whether nothing but the word and decoration stands on its line. A cell of a table is a
    line, too.
    """
    if (start and source.text[start - 1] not in _BESIDE) or (
        source.text[end : end + 1] not in _BESIDE
    ):
        return False
    first, last = source.line(start)
    left = max(first, source.text.rfind("\t", max(first, start - _LONGEST - 1), start) + 1)
    tab = source.text.find("\t", end, min(last, end + _LONGEST + 1))
    right = last if tab < 0 else tab
    if right - left > _LONGEST:
        return False
    rest = source.text[left:start] + source.text[end:right]
    return not _DECORATION.sub("", _OTHER_MARKS.sub("", rest))
