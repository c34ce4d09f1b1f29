"""The page of results: nothing found leads to the application, and is remembered as a demand."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from gongkai.catalogue.models import SiteProfile
from gongkai.portal import addresses, contexts, demand
from gongkai.portal.access import profile_for
from gongkai.portal.views.search.asked import PAGE, SCOPES, Asked
from gongkai.portal.views.search.finding import found, meant, narrowing, shown_hit
from gongkai.portal.views.shown import frame, show
from gongkai.text.index import Hit


def find(request: HttpRequest) -> HttpResponse:
    """Results, most relevant or newest first, narrowed by what the found things have."""
    profile = profile_for(request)
    asked = Asked.read(request.GET.dict())
    site = None if asked.everywhere else profile.code
    result = found(asked, site=site)
    if asked.query and asked.number == 1 and not asked.narrow:
        demand.note(profile.code, asked.query, result.total)
    title = f"搜索：{asked.query}" if asked.query else asked.chosen or "搜索"
    page = contexts.SearchPage(
        **frame(profile, title, addresses.SEARCH, ""),
        query=asked.query,
        chosen=asked.chosen,
        scope=asked.scope,
        scopes=SCOPES,
        total=result.total,
        hits=_hits(result.hits, profile),
        filters=(*_sites(asked), *narrowing(asked, site=site)) if asked.asks else (),
        sorts=tuple(
            contexts.Option(label, asked.but(sort=key).address, current=asked.sort == key)
            for key, label in (("relevance", "按相关度"), ("date", "按时间"))
        ),
        suggestion=_suggestion(asked, result.total),
        popular=tuple(
            contexts.Link(query, Asked(query=query).address)
            for query in demand.popular_on(profile.code)
        ),
        pager=_pager(result.total, asked),
        apply_url=addresses.APPLY,
        enquiry_url=f"{addresses.ASK}enquiry/",
    )
    return show(request, page)


def _hits(hits: Iterable[Hit], profile: SiteProfile) -> tuple[contexts.Hit, ...]:
    others = SiteProfile.objects.select_related("site").exclude(pk=profile.pk)
    origins = {other.code: addresses.origin(other) for other in others}
    return tuple(shown_hit(hit, origins.get(hit.site, "")) for hit in hits)


def _sites(asked: Asked) -> tuple[contexts.Filter, ...]:
    if SiteProfile.objects.count() < 2:
        return ()
    here, all_ = asked.but(everywhere=False), asked.but(everywhere=True)
    options = (
        contexts.Option("本站", here.address, current=not asked.everywhere),
        contexts.Option("全部网站", all_.address, current=asked.everywhere),
    )
    return (contexts.Filter("网站", options),)


def _suggestion(asked: Asked, total: int) -> contexts.Link | None:
    """Where nothing was found, or letters were typed that may be pinyin."""
    if total and not asked.query.isascii():
        return None
    query = meant(asked.query)
    return contexts.Link(query, Asked(query=query).address) if query else None


def _pager(total: int, asked: Asked) -> contexts.Pager | None:
    last = (total + PAGE - 1) // PAGE
    if last < 2:
        return None
    number = asked.number
    around = range(max(1, number - 3), min(last, number + 3) + 1)
    return contexts.Pager(
        total=total,
        position=f"第 {number} 页，共 {last} 页",
        links=tuple(
            contexts.PageLink(str(n), asked.but(number=n).address, current=n == number)
            for n in around
        ),
        newer_url=asked.but(number=number - 1).address if number > 1 else "",
        older_url=asked.but(number=number + 1).address if number < last else "",
    )
