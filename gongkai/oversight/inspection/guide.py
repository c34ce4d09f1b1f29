"""The disclosure guide (公开指南): what the Regulations ask it to hold. Pure.

R19 art 12: classification, arrangement and ways to obtain; name, address, hours, phone, fax and
internet contact of the disclosure office. Supervision and remedies as the guides of organs have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"[^0-9]{0,12}(?:0\d{2,3}[-—– ]?\d{7,8}|1\d{10}|\d{7,8}|12345|12348)"
ELEMENTS = {
    "信息的分类": r"分类|类别|包括.{0,60}信息|公开.{0,12}(?:范围|内容)",
    "查找和获取的方式": r"查阅|查询|查找|获取",
    "主动公开的时限": r"20\s*个?工作日|二十个工作日",  # not law: how a guide words it
    "申请的途径": r"当面|邮寄|信函|网站.{0,12}(?:申请|提交)|在线",
    "申请应当写明的内容": r"身份证明|联系方式",
    "答复的期限": r"答复",
    "工作机构名称": r"工作机构|受理机构|(?:办公室|信息办|公开办).{0,20}(?:负责|承办|受理)",
    "办公地址": r"(?:地址|地点)\s*[:：为是在]\s*[^。；\s]{5,}|位于[^。；\s]{5,}",
    "办公时间": r"(?:办公|工作|受理)时间",
    "联系电话": rf"(?<!监督)(?<!投诉)(?<!举报)电话{_NUMBER}",
    "传真": rf"传真{_NUMBER}",
    "互联网联系方式": r"[\w.+-]+@[\w-]+\.[\w.]+|https?://|www\.",
    "监督电话或者投诉渠道": rf"(?:监督|投诉|举报)电话{_NUMBER}|(?:监督|投诉|举报).{{0,40}}@",
    "行政复议和行政诉讼": r"复议.{0,20}诉讼|诉讼.{0,20}复议",
}
PLACEHOLDERS = re.compile(
    r"(?<![A-Za-z])[Xx\uff38×]{2,}(?![A-Za-z])|_{3,}|待补充|待定|待完善|此处填写|请填写|\b(?:TODO|TBD)\b|（略）"
)


def missing(text: str) -> list[str]:
    """The elements that a guide lacks, by their names."""
    return [name for name, pattern in ELEMENTS.items() if not re.search(pattern, text)]


def placeholders(text: str) -> Iterator[str]:
    """What somebody forgot to fill in, each once, with the words before it."""
    seen = set()
    for found in PLACEHOLDERS.finditer(text):
        if found.group() not in seen:
            seen.add(found.group())
            yield text[max(0, found.start() - 8) : found.end()].strip()
