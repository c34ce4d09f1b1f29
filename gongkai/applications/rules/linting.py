"""What a drafter may type into a reply that the law does not bear out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.applications.rules.citing import formal
from gongkai.statute import Law, grounds, outcomes
from gongkai.text.numerals import numeral, parse_numeral

_DIGITS = "0-9一二三四五六七八九十百"
# Other laws are called 条例 too: alone the word means ours only after a preposition or a sign.
_ALONE = r"(?<=根据|依据|依照|按照)条例|(?<=[《，。、；：（])条例"
_OURS = rf"(?:政府信息公开条例|{_ALONE})》?(?:（\d{{4}}）)?"
_PLACE = rf"[、和]?第[{_DIGITS}]+条(?:第（?[{_DIGITS}]+）?[款项])*"
_CITED = re.compile(rf"{_OURS}((?:{_PLACE})+)")
_ARTICLE = re.compile(rf"第([{_DIGITS}]+)条")
_WORKING_DAYS = re.compile(rf"(?<![第{_DIGITS}])([{_DIGITS}]+)\s*个?工作日")
_ABOUT_THE_REPLY = re.compile(r"答复|延长|延期")
# The article on replies in general, which any reply may cite.
_GENERAL = {"2007": 21, "2019": 36}


def wrong_articles(letter: str, own: str, law: Law) -> list[str]:
    """Articles of the Regulations that decide another outcome than this one; ``own`` is what this
    outcome rests on.
    """
    right = _numbers(own) | {_GENERAL[law.id]}
    cited = {number for found in _CITED.finditer(letter) for number in _numbers(found[1])}
    wrong = sorted(cited & deciding_articles(law) - right)
    return [
        f"答复书引用了条例第{numeral(n)}条，与所选的答复类型不符，请改正条款或者改选答复类型。"
        for n in wrong
    ]


def deciding_articles(law: Law) -> frozenset[int]:
    """The articles by which one outcome is told from another."""
    return frozenset(number for text in _deciding(law) for number in _numbers(text)) - {
        _GENERAL[law.id]
    }


def wrong_working_days(letter: str, law: Law) -> list[str]:
    """Periods for a reply, typed by hand, that are neither the law's period nor its extension."""
    right = {law.period("reply").days, law.period("extension").days}
    told = {
        parse_numeral(number)
        for sentence in re.split(r"[。；;\n]", letter)
        if _ABOUT_THE_REPLY.search(sentence)
        for number in _WORKING_DAYS.findall(sentence)
    }
    return [
        f"“{n}个工作日”不是{law.short}的答复期限（{law.period('reply')}），请改正或者删去。"
        for n in sorted(told - right)
    ]


def _deciding(law: Law) -> Iterator[str]:
    for found in outcomes():
        if law.id == "2007":
            yield found.answer_2007
        elif found.article.startswith(law.short):
            yield formal(found.article, law)
    yield from (ground.article for ground in grounds(law.id))


def _numbers(text: str) -> set[int]:
    return {parse_numeral(number) for number in _ARTICLE.findall(text)}
