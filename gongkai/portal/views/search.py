"""Search over what is published: the index on disk, no database."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from gongkai.portal import addresses, contexts
from gongkai.portal.access import profile_for
from gongkai.portal.index import index_path
from gongkai.portal.views.shown import frame, show
from gongkai.text.index import Hit, NoIndex, Result, Scope, Sort, search

PAGE = 20
SCOPES = (
    ("all", "全文"),
    ("title", "标题"),
    ("document_number", "文号"),
    ("index_number", "索引号"),
)
_MARK = re.compile(r"<mark>(.*?)</mark>", re.S)


def find(request: HttpRequest) -> HttpResponse:
    """Results, newest or most relevant first; nothing found leads to the application."""
    profile = profile_for(request)
    query = request.GET.get("q", "").strip()[:100]
    scope = request.GET.get("scope", "all")
    sort: Sort = "date" if request.GET.get("sort") == "date" else "relevance"
    number = _page_number(request.GET.get("page", "1"))
    result = found(query, site=profile.code, scope=scope, sort=sort, number=number)
    page = contexts.SearchPage(
        **frame(profile, f"搜索：{query}" if query else "搜索", addresses.SEARCH, ""),
        query=query,
        scope=scope,
        scopes=SCOPES,
        total=result.total,
        hits=tuple(shown_hit(hit) for hit in result.hits),
        sorts=tuple(
            contexts.Option(label, _address(query, scope, key), current=sort == key)
            for key, label in (("relevance", "按相关度"), ("date", "按时间"))
        ),
        pager=_pager(result.total, number, query, scope, sort),
        apply_url=addresses.APPLY,
        enquiry_url=f"{addresses.ASK}enquiry/",
    )
    return show(request, page)


def found(
    query: str,
    *,
    site: str,
    scope: str = "all",
    sort: Sort = "relevance",
    number: int = 1,
    limit: int = PAGE,
) -> Result:
    """What the index finds; nothing when no index has been published yet."""
    wanted = cast(Scope, scope if scope in {key for key, _ in SCOPES} else "all")
    first = (number - 1) * limit
    try:
        return search(
            index_path(), query, site=site, limit=limit, offset=first, sort=sort, scope=wanted
        )
    except NoIndex:
        return Result(total=0, took_ms=0.0, hits=())


def shown_hit(hit: Hit) -> contexts.Hit:
    """A hit in pieces of plain text, the found ones marked."""
    return contexts.Hit(
        title=(contexts.Piece(hit.title),),
        url=hit.url,
        excerpt=_pieces(hit.highlight),
        column=hit.column,
        on=date.fromisoformat(hit.published[:10]),
        document_number=hit.document_number,
        index_number=hit.index_number,
    )


def _pieces(highlight: str) -> tuple[contexts.Piece, ...]:
    parts = _MARK.split(highlight)
    return tuple(
        contexts.Piece(unescape(text), hit=place % 2 == 1)
        for place, text in enumerate(parts)
        if text
    )


def _page_number(text: str) -> int:
    return min(max(int(text), 1), 500) if text.isascii() and text.isdigit() else 1


def _address(query: str, scope: str, sort: str, number: int = 1) -> str:
    asked = {"q": query, "scope": scope, "sort": sort} | ({"page": number} if number > 1 else {})
    return f"{addresses.SEARCH}?{urlencode(asked)}"


def _pager(total: int, number: int, query: str, scope: str, sort: str) -> contexts.Pager | None:
    last = (total + PAGE - 1) // PAGE
    if last < 2:
        return None
    around = range(max(1, number - 3), min(last, number + 3) + 1)
    return contexts.Pager(
        total=total,
        position=f"第 {number} 页，共 {last} 页",
        links=tuple(
            contexts.PageLink(str(n), _address(query, scope, sort, n), current=n == number)
            for n in around
        ),
        newer_url=_address(query, scope, sort, number - 1) if number > 1 else "",
        older_url=_address(query, scope, sort, number + 1) if number < last else "",
    )
