"""What anybody's machine may read."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.api import queries, schemas
from gongkai.api.errors import Withdrawn
from gongkai.catalogue.models import ItemPage
from gongkai.enquiries.queries import Figures, statistics
from gongkai.files.models import StoredFile
from gongkai.portal import addresses
from gongkai.portal.index import index_path
from gongkai.portal.pages.items import item_page
from gongkai.text.index import NoIndex, Result, search

router = Router(tags=["已公开的信息"])

Month = Annotated[int | None, Query(ge=1, le=12)]


@router.get("sites", response=list[schemas.Site], summary="站点", description="全部已开通的站点。")
def sites(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "code": shown.profile.code,
            "name": shown.profile.site.site_name,
            "kind": shown.profile.kind,
            "agency": shown.profile.agency.code,
            "agency_name": shown.profile.agency.name,
            "address": f"{shown.origin}/",
        }
        for shown in queries.shown_sites()
    ]


@router.get(
    "columns",
    response=list[schemas.Column],
    summary="栏目",
    description="已公开的栏目，按栏目树次序。",
)
def columns(request: HttpRequest, site: str = "") -> list[dict[str, Any]]:
    return [
        {
            "site": shown.profile.code,
            "title": column.title,
            "path": addresses.path_of(column, shown.home),
            "kind": column.get_kind_display(),
            "address": column.address or shown.address(column),
        }
        for shown in queries.shown_sites(site)
        for column in shown.columns.values()
    ]


@router.get(
    "items", response=schemas.ItemPage, summary="信息列表",
    description="已公开的信息，新的在前；栏目按路径筛选，含下级栏目；年份按公开时间。",
)  # fmt: skip
def items(request: HttpRequest, asked: Query[schemas.ItemsAsked]) -> dict[str, Any]:
    shown = queries.shown_sites(asked.site)
    found = queries.public_items(shown, column=asked.column, year=asked.year, genre=asked.genre)
    return asked.over(found.count()) | {"items": [_row(item, shown) for item in found[asked.part]]}


@router.get(
    "items/{path:index_number}",
    response={200: schemas.Item, 404: schemas.Error, 410: schemas.Error},
    summary="一条信息", description="按索引号读取；索引号中的斜线照写。撤回的信息答 410。",
)  # fmt: skip
def item(request: HttpRequest, index_number: str) -> dict[str, Any]:
    shown = queries.shown_sites()
    found = queries.public_items(shown).filter(index_number=index_number).first()
    if found is None:
        raise Withdrawn if queries.was_withdrawn(index_number) else Http404
    return _row(found, shown) | _whole(found, shown)


@router.get(
    "answers", response=schemas.AnswerPage, summary="公开的答复",
    description="经来件人同意公开的答复，个人信息已遮蔽，新的在前。",
)  # fmt: skip
def answers(request: HttpRequest, asked: Query[schemas.AnswersAsked]) -> dict[str, Any]:
    found = queries.answers_of(queries.answering_agencies(asked.agency))
    rows = [{"agency": owner.code, **_fields(answer)} for owner, answer in found[asked.part]]
    return asked.over(len(found)) | {"items": rows}


@router.get(
    "search", response=schemas.HitPage, summary="检索",
    description="在已发布的检索库中查找；词之间用空格隔开，须全部出现。",
)  # fmt: skip
def find(request: HttpRequest, asked: Query[schemas.SearchAsked]) -> dict[str, Any]:
    origins = {shown.profile.code: shown.origin for shown in queries.shown_sites()}
    result = Result(total=0, took_ms=0.0, hits=())
    with suppress(NoIndex):  # nothing has been published yet
        result = search(
            index_path(), asked.q, site=asked.site, column=asked.column, year=asked.year,
            genre=asked.genre, limit=asked.size, offset=asked.part.start,
        )  # fmt: skip
    hits = [
        {**_fields(hit), "address": f"{origins[hit.site]}{hit.url}"}
        for hit in result.hits
        if hit.site in origins
    ]
    return asked.over(result.total) | {"took_ms": result.took_ms, "items": hits}


@router.get(
    "statistics", response=list[schemas.Statistics], summary="咨询投诉统计",
    description="收到、答复和用时；不填年份为今年。",
)  # fmt: skip
def figures(
    request: HttpRequest, agency: str = "", year: schemas.Year = None, month: Month = None
) -> list[dict[str, Any]]:
    agencies = queries.answering_agencies(agency)
    return [_counted(one, year or clock.today().year, month) for one in agencies]


def _row(item: ItemPage, sites: list[queries.Shown]) -> dict[str, Any]:
    shown, column = queries.place_of(item, sites)
    return {
        "index_number": item.index_number,
        "title": item.title,
        "site": shown.profile.code,
        "column": column.title,
        "column_path": addresses.path_of(column, shown.home),
        "address": shown.address(item),
        "publisher": item.agency.name,
        "document_number": item.document_number,
        "signed_on": item.signed_on,
        "released_at": item.released_at and item.released_at.astimezone(clock.SHANGHAI),
        "theme": item.theme,
        "genre": item.genre,
        "validity": item.get_validity_display() if item.validity else "",
        "summary": item.summary,
    }


def _whole(item: ItemPage, sites: list[queries.Shown]) -> dict[str, Any]:
    """What the item's page says beside its line: read from the page's own context."""
    shown, column = queries.place_of(item, sites)
    told = item_page(item, column, shown.profile).item
    return {
        "keywords": told.keywords,
        "source": told.source,
        "disclosure": told.disclosure,
        "body_html": told.body,
        "body_text": item.body_text,
        "attachments": _attachments(item, shown),
        "interprets": _links(told.interprets, shown),
        "interpreted_by": _links(told.interpreted_by, shown),
    }


def _attachments(item: ItemPage, shown: queries.Shown) -> list[dict[str, Any]]:
    return [
        {
            "title": attachment.title or attachment.file.name,
            "address": shown.origin + addresses.file_path(attachment.file),
            "type": attachment.file.suffix,
            "size": attachment.file.size,
        }
        for attachment in item.attachments.select_related("file")
        if attachment.file.state == StoredFile.State.RELEASED
    ]


def _links(links: Any, shown: queries.Shown) -> list[dict[str, str]]:
    return [{"title": link.title, "address": shown.origin + link.url} for link in links]


def _counted(agency: Agency, year: int, month: int | None) -> dict[str, Any]:
    counted = statistics(agency, year, month)
    groups = {name: getattr(counted, name) for name in ("by_kind", "by_topic", "by_unit")}
    return {
        "agency": agency.code,
        "agency_name": agency.name,
        "year": year,
        "month": month,
        "counted_on": clock.today(),
        "total": _figures(counted.total),
        **{n: {label: _figures(f) for label, f in group.items()} for n, group in groups.items()},
    }


def _figures(one: Figures) -> dict[str, Any]:
    return {
        "received": one.received, "answered": one.answered, "rate": one.rate,
        "average_days": one.average_days,
    }  # fmt: skip


def _fields(row: Any) -> dict[str, Any]:
    """The fields of a dataclass; the schema drops what it does not name."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
