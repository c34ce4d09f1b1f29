"""Kinds of columns, index numbers, checks of metadata. Pure."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

LINK_CHECK_DAYS = 90  # not law: this house's own
"""After this many days a link out of the site is opened again by a person of its unit."""


class ColumnKind(StrEnum):
    """What a column is for; it decides template and update rule."""

    SECTION = "section"
    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    GUIDE = "guide"
    VIDEO = "video"
    PICTURES = "pictures"
    LINKS = "links"
    CONTACTS = "contacts"
    LEADERS = "leaders"
    CATALOGUE = "catalogue"
    REPORTS = "reports"
    FORMS = "forms"
    QUESTIONS = "questions"
    STATISTICS = "statistics"
    DIRECTORY = "directory"
    STANDARD = "standard"


KIND_LABELS = {
    ColumnKind.SECTION: "一级栏目",
    ColumnKind.NEWS: "动态新闻",
    ColumnKind.NOTICE: "通知公告",
    ColumnKind.POLICY: "政策文件",
    ColumnKind.GUIDE: "办事指南",
    ColumnKind.VIDEO: "视频",
    ColumnKind.PICTURES: "图片新闻",
    ColumnKind.LINKS: "链接",
    ColumnKind.CONTACTS: "通讯录",
    ColumnKind.LEADERS: "领导信息",
    ColumnKind.CATALOGUE: "公开目录",
    ColumnKind.REPORTS: "年度报告",
    ColumnKind.FORMS: "办理入口",
    ColumnKind.QUESTIONS: "常见问答",
    ColumnKind.STATISTICS: "统计数据",
    ColumnKind.DIRECTORY: "办事服务目录",
    ColumnKind.STANDARD: "标准目录",
}


# Columns that list no items of their own.
WITHOUT_LIST = frozenset({
    ColumnKind.SECTION, ColumnKind.LINKS, ColumnKind.CONTACTS, ColumnKind.LEADERS,
    ColumnKind.FORMS, ColumnKind.STANDARD,
})  # fmt: skip


class Validity(StrEnum):
    """Whether a document is in force."""

    NOT_YET = "not_yet"
    VALID = "valid"
    AMENDED = "amended"
    EXPIRED = "expired"
    REPEALED = "repealed"


VALIDITY_LABELS = {
    Validity.NOT_YET: "尚未生效",
    Validity.VALID: "有效",
    Validity.AMENDED: "已修改",
    Validity.EXPIRED: "失效",
    Validity.REPEALED: "废止",
}

PAGE_SIZE = 20

# Ten digits, the first six the region; ministries write bm and eight digits.
_SITE_CODE = re.compile(r"\d{10}|bm\d{8}")

_YEAR = re.compile(r"[〔\[【（(]\s*(\d{4})\s*[〕\]】）)]")


def numbered_page_of(sequence: int) -> int:
    """The listing page on which an item stands for ever: page 1 holds the oldest items.

    Counting from the oldest lets one new item rewrite one page, whatever the column's size.
    """
    return (sequence - 1) // PAGE_SIZE + 1


def objection_to_site_code(code: str) -> str:
    """Why a text is no 政府网站标识码, in Chinese; empty when it is one."""
    if _SITE_CODE.fullmatch(code):
        return ""
    return "政府网站标识码是 10 位数字（前 6 位为行政区划代码），部委网站写作 bm 加 8 位数字。"


def objections(
    *, signed_on: date | None, released_on: date, document_number: str, validity: str
) -> dict[str, str]:
    """What contradicts itself in the metadata, by field, in Chinese."""
    found = {}
    if signed_on and signed_on > released_on:
        found["signed_on"] = "成文日期晚于公开日期，请核对。"
    year = _YEAR.search(document_number)
    if signed_on and year and int(year.group(1)) != signed_on.year:
        found["document_number"] = "文号中的年份与成文日期不一致，请核对。"
    if document_number and not validity:
        found["validity"] = "有文号的文件须注明有效性。"
    return found
