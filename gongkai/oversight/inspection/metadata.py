"""The tags that the national rule on government sites asks of each page (网页标签)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.oversight.inspection.pages import Page, day_of_moment

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT = ("ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource")
REQUIRED = {"site": SITE, "column": SITE + COLUMN, "content": SITE + CONTENT}
"""By kind of page; the names are case-sensitive as printed."""

_SITE_CODE = re.compile(r"\d{10}|bm\d{8}")


def faults(page: Page, kind: str) -> Iterator[str]:
    """What is wrong with the tags of one page."""
    if not page.utf8:
        yield "没有声明 UTF-8 字符集，或者含有乱码"
    for name in REQUIRED[kind]:
        value = page.meta.get(name)
        if value is None:
            yield f"缺少标签 {name}"
        elif not value:
            yield f"标签 {name} 没有内容"
        elif not _fits(name, value):
            yield f"标签 {name} 的写法不对"


def _fits(name: str, value: str) -> bool:
    if name == "SiteIDCode":
        return bool(_SITE_CODE.fullmatch(value))
    return name != "PubDate" or day_of_moment(value) is not None
