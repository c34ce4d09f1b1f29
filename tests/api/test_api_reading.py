"""Reading by machine: what is released, and no word of anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver
from mailbox_world import ANSWER
from small_site import draft, fresh, item, released

from gongkai.api.urls import api
from gongkai.cases.actions import Person
from gongkai.cases.rules import Channel, Kind
from gongkai.catalogue.actions import create_column, create_draft
from gongkai.catalogue.rules import ColumnKind
from gongkai.enquiries import actions as enquiries
from gongkai.files.actions import store
from gongkai.publishing.actions import publish_all
from gongkai.review.pages import submit_page, withdraw_page

pytestmark = pytest.mark.django_db


def get(path: str, **query: Any) -> Any:
    return Browser().get(f"/api/v1/{path}", query)


def titles(**query: Any) -> list[str]:
    return [row["title"] for row in get("items", **query).json()["items"]]


def test_it_works(site) -> None:
    page = item(site, "公证便民措施出台", genre="通知", summary="减少材料")
    publish_all()
    listed = get("items").json()
    assert (listed["total"], listed["page"], listed["size"]) == (1, 1, 20)
    row = listed["items"][0]
    assert row["index_number"] == page.index_number
    assert row["column_path"] == "/xxgk/gzdt/"
    assert row["address"] == f"http://testserver/xxgk/gzdt/{page.slug}/"
    whole = get(f"items/{page.index_number}").json()
    assert "会议讨论了公共法律服务" in whole["body_text"]
    assert whole["publisher"] == "临江市司法局"
    assert get("sites").json()[0]["code"] == "portal"
    assert [c["path"] for c in get("columns").json()] == ["/xxgk/", "/xxgk/gzdt/", "/xxgk/zcwj/"]
    found = get("search", q="便民措施").json()
    assert found["total"] == 1
    assert found["items"][0]["address"] == row["address"]


def test_items_are_filtered_and_paged(site) -> None:
    item(site, "第一条消息", genre="通知")
    item(site, "第二条消息")
    item(site, "政策文件一份", into=site.policy)
    assert titles() == ["政策文件一份", "第二条消息", "第一条消息"]
    assert titles(column="/xxgk/gzdt/") == ["第二条消息", "第一条消息"]
    assert titles(column="xxgk") == titles()
    assert titles(column="xxgk/gz") == [], "part of a name is no column"
    assert titles(genre="通知") == ["第一条消息"]
    assert titles(year=2026) == titles()
    assert titles(year=2025) == []
    assert titles(site="nowhere") == []
    assert titles(size=2, page=2) == ["第一条消息"]
    assert get("items", size=2, page=2).json()["total"] == 3


def test_a_withdrawn_item_answers_410_and_a_draft_404(site) -> None:
    page, unborn = item(site, "撤回的消息"), draft(site, "草稿一份")
    withdraw_page(fresh(page), by=site.bureau.information_office, reason="数字有误")
    for index_number, status in ((page.index_number, 410), (unborn.index_number, 404)):
        response = get(f"items/{index_number}")
        assert response.status_code == status
        assert set(response.json()["error"]) == {"message", "field", "rule"}
        assert "消息" not in response.content.decode()
    assert titles() == []


def test_an_item_in_a_column_that_is_not_public_is_not_shown(site) -> None:
    page = item(site, "栏目里的消息")
    withdraw = site.news
    type(withdraw).objects.filter(pk=withdraw.pk).update(**{"live": False})
    assert titles() == []
    assert get(f"items/{page.index_number}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/items", "/api/docs"]
)
def test_what_is_not_there_is_said_in_json(site, path: str) -> None:
    response = Browser().get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert "没有找到" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("items?page=0", "page"),
        ("items?size=101", "size"),
        ("items?year=x", "year"),
        ("search", "q"),
    ],
)
def test_a_wrong_parameter_is_named_in_chinese(site, path: str, field: str) -> None:
    response = Browser().get(f"/api/v1/{path}")
    assert response.status_code == 422
    assert response.json()["error"]["field"] == field
    assert f"“{field}”" in response.json()["error"]["message"]


def test_reading_is_all_that_the_reading_routes_do(site) -> None:
    response = Browser().delete("/api/v1/items")
    assert response.status_code == 405
    assert "请求方式" in response.json()["error"]["message"]
    assert response["Allow"] == "GET"


def test_an_unexpected_error_is_json_and_quotes_nothing(site, monkeypatch, caplog) -> None:
    words = CANARY + "姓名"  # the log shows the line that raised, and must not show this

    def fail(*args: object) -> None:
        raise ValueError(words)

    monkeypatch.setattr("gongkai.api.queries.shown_sites", fail)
    response = get("items")
    assert response.status_code == 500
    assert "请稍后重试" in response.json()["error"]["message"]
    assert "ValueError" in caplog.text
    assert words not in caplog.text + response.content.decode()


def test_the_description_names_every_route_and_loads_nothing_from_outside(site) -> None:
    told = get("openapi.json").json()
    assert {"/api/v1/items", "/api/v1/items/{index_number}", "/api/v1/referrals"} <= set(
        told["paths"]
    )
    assert Browser().get("/api/v1/docs").status_code == 404
    for methods in told["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert not operation["description"].isascii()


CANARY = "金丝雀"


def plant(site, settings) -> list[str]:
    """Everything that must not be read; returns the index numbers of drafts."""
    bureau, office = site.bureau, site.bureau.information_office
    first = draft(site, f"{CANARY}草稿标题", summary=f"{CANARY}概述", keywords=f"{CANARY}词")
    second = draft(site, f"{CANARY}送审标题")
    submit_page(second, by=bureau.editor)
    live = item(site, "公开的标题", genre="通知")
    edited = fresh(live).get_latest_revision_as_object()
    edited.title = edited.summary = f"{CANARY}新稿标题"
    edited.save_revision(user=bureau.editor)
    gone = item(site, f"{CANARY}撤回标题")
    withdraw_page(fresh(gone), by=office, reason=f"{CANARY}撤回理由")
    hidden = create_column(
        site.section, by=bureau.editor, title=f"{CANARY}栏目", kind=ColumnKind.NEWS.value,
        unit=bureau.lawyers, slug="hidden",
    )  # fmt: skip
    third = create_draft(hidden, by=bureau.editor, title=f"{CANARY}隐栏", unit=bureau.lawyers)
    file = store(
        f"{CANARY},1\n".encode(), f"{CANARY}附表.csv", agency=bureau.agency, by=bureau.editor
    )
    fourth = draft(site, f"{CANARY}附件稿", attachments=[(file, f"{CANARY}附件名")])
    return [page.index_number for page in (first, second, gone, third, fourth)]


def answered(site, *, consent: bool, upto: int = 6, public: str | None = None) -> Any:
    """A message with a sealed canary of every kind, answered (or not yet)."""
    b = site.bureau
    person = Person(
        name=f"{CANARY}姓名", phone="13812345678", mail="canary@example.org",
        address=f"{CANARY}地址", identity="110101199003070070",
    )  # fmt: skip
    case = enquiries.submit(
        b.agency, Kind.ENQUIRY, channel=Channel.ONLINE,
        title="公证收费" if consent else f"{CANARY}来信标题",
        text=f"我是{CANARY}姓名，电话13812345678，想问公证收费的标准。",
        person=person, consent=consent, topic="notaries",
    ).case  # fmt: skip
    steps = (
        lambda: enquiries.register(case, by=b.information_office),
        lambda: enquiries.route(case, b.lawyers, by=b.information_office, note=f"{CANARY}批注"),
        lambda: enquiries.draft(case, f"{CANARY}处室拟稿。{ANSWER}", by=b.liaison),
        lambda: enquiries.collate(
            case, ANSWER if consent else f"{CANARY}私下答复。{ANSWER}", by=b.information_office,
            public_question="想问公证收费的标准。" if consent else None,
        ),
        lambda: enquiries.approve(case, by=b.leader),
        lambda: enquiries.dispatch(case, by=b.information_office),
    )  # fmt: skip
    for step in steps[:upto]:
        step()
    return case


def routes() -> list[str]:
    """Every route under /api/ that the resolver knows."""

    def below(patterns: list[Any], prefix: str) -> list[str]:
        found = []
        for entry in patterns:
            if isinstance(entry, URLResolver):
                found += below(entry.url_patterns, prefix + str(entry.pattern))
            elif isinstance(entry, URLPattern):
                found.append(prefix + str(entry.pattern))
        return found

    return [route for route in below(get_resolver().url_patterns, "") if route.startswith("api/")]


def test_no_word_of_a_draft_or_of_a_sealed_identity_is_on_any_route(
    site, settings, platform
) -> None:
    numbers = plant(site, settings)
    public = answered(site, consent=True)
    cases = [public, answered(site, consent=False), answered(site, consent=True, upto=4)]
    publish_all()
    values = [
        *numbers, *(case.number for case in cases),
        *(row["index_number"] for row in get("items").json()["items"]), CANARY, "1",
    ]  # fmt: skip
    queries = [
        "", f"?q={CANARY}", "?q=公", f"?q={CANARY}&site=portal", f"?column={CANARY}",
        "?column=hidden", "?column=xxgk/hidden", f"?genre={CANARY}", "?year=2026",
        "?year=2026&month=3", "?size=100",
        "?q=110101199003070070", "?q=13812345678", f"?site={CANARY}", f"?agency={CANARY}",
        "?live=0&draft=1&fields=*", "?q=公&sort=date",
    ]  # fmt: skip
    seen: list[str] = []
    for route in routes():
        filled = [route] if "<" not in route else [_filled(route, value) for value in values]
        for path in filled:
            for query in queries:
                for headers in ({}, platform.headers):
                    seen.append(said(Browser().get(f"/{path}{query}", headers=headers)))
            for method in ("options", "post", "put"):
                seen.append(said(getattr(Browser(), method)(f"/{path}", headers=platform.headers)))
    assert len(routes()) > 9
    assert any("公开的标题" in text for text in seen), "the crawl read nothing"
    assert any("想问公证收费的标准" in text for text in seen), "the crawl read no answer"
    for word in (CANARY, "13812345678", "canary@example.org", "110101199003070070", platform.token):
        assert not [text for text in seen if word in text], word


def said(response: Any) -> str:
    """All that a response says, headers included, with no word hidden behind an escape."""
    text = response.content.decode()
    if "json" in response.get("Content-Type", "") and text:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return text + json.dumps(dict(response.items()), ensure_ascii=False)


def _filled(route: str, value: str) -> str:
    before, _, rest = route.partition("<")
    return before + value + rest.partition(">")[2]


def test_the_canaries_are_seen_once_they_are_released(site, settings) -> None:
    """The negative control: the same words in released things are found by the same means."""
    page = draft(site, f"{CANARY}草稿标题", summary=f"{CANARY}概述")
    assert CANARY not in get("items").content.decode()
    released(page, site.bureau)
    publish_all()
    assert f"{CANARY}概述" in get("items").content.decode()
    assert get("search", q=f"{CANARY}草稿").json()["total"] == 1


def test_answers_and_figures_are_those_of_the_portal(site) -> None:
    case = answered(site, consent=True)
    told = get("answers").json()
    assert (told["total"], told["items"][0]["number"]) == (1, case.number)
    counted = get("statistics", year=2026, month=3).json()[0]
    assert counted["total"] == {"received": 1, "answered": 1, "rate": 100.0, "average_days": 0.0}
    assert counted["by_kind"]["咨询"]["received"] == 1
    assert get("statistics", year=2025).json()[0]["total"]["rate"] is None
    assert get("answers", agency="other").json()["total"] == 0


def test_every_operation_of_the_interface_is_a_read_or_the_one_referral() -> None:
    writing = {
        (path, method)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if method != "get"
    }
    assert writing == {("/api/v1/referrals", "post")}


def test_an_attachment_is_named_only_with_its_item(site) -> None:
    file = store("甲,1\n".encode(), "附表.csv", agency=site.bureau.agency, by=site.bureau.editor)
    page = draft(site, "附表一份", attachments=[(file, "附表")])
    assert get(f"items/{page.index_number}").status_code == 404
    released(page, site.bureau)
    told = get(f"items/{page.index_number}").json()["attachments"][0]
    assert told["title"] == "附表"
    assert told["address"].endswith(f"/files/{file.sha256}/附表.csv")
