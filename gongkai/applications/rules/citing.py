"""Articles as a letter cites them."""

from __future__ import annotations

import re

from gongkai.statute import Law
from gongkai.text.numerals import numeral

_PLACE = re.compile(r"第(\d+)(条|款|项)")
_FEES = "信息处理费管理办法"


def formal(article: str, law: Law) -> str:
    """条例（2019）第36条第1项 → 《中华人民共和国政府信息公开条例》第三十六条第（一）项."""
    for short, full in ((law.short, law.title), (_FEES, f"政府信息公开{_FEES}")):
        article = article.replace(short, f"《{full}》")
    return _PLACE.sub(_spelt, article)


def _spelt(found: re.Match[str]) -> str:
    number = numeral(int(found[1]))
    return f"第（{number}）项" if found[2] == "项" else f"第{number}{found[2]}"


def joined(articles: list[str]) -> str:
    """Several citations without naming the same law twice in a row."""
    told, last = [], ""
    for article in articles:
        title = article[: article.find("》") + 1]
        told.append(article.removeprefix(title) if title and title == last else article)
        last = title
    return "、".join(told)
