"""What a page says of itself to machines: tags, feeds, JSON-LD. Only what is true, and harmless."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import html as parser
from portal.fixtures import PAGES
from portal.fixtures.home import HOME_PAGE, LAW_PAGE
from portal.fixtures.items import COLUMN, ITEM, ITEM_PAGE, VIDEO_PAGE, VOID_PAGE
from portal.fixtures.sites import LAW, PORTAL

from gongkai.portal.contexts import Column, Page, Picture, Validity
from gongkai.portal.linked import linked_data
from gongkai.portal.render import render

HOME = "https://sfj.example.gov.cn"
# Each would end the script, open a comment in it, or break its line.
EVIL = "</script><script>alert(1)</script><!-- \u2028 ]]> & \"'\\"


def tree(page: Page) -> Any:
    return parser.document_fromstring(render(page))


def linked(page: Page) -> dict[str, Any]:
    """The page's JSON-LD by type, as a browser would read it."""
    scripts = tree(page).xpath("//head/script[@type='application/ld+json']/text()")
    assert len(scripts) == 1
    told = json.loads(scripts[0])
    assert told["@context"] == "https://schema.org"
    return {node["@type"]: node for node in told["@graph"]}


def meta(page: Page) -> dict[str, str]:
    return {m.get("name"): m.get("content") for m in tree(page).xpath("//meta[@name]")}


def named(page: Page, **facts: Any) -> Any:
    return replace(page, **facts)


def test_it_works() -> None:
    found = linked(HOME_PAGE)
    assert sorted(found) == ["GovernmentOrganization", "WebSite"]
    assert found["GovernmentOrganization"]["name"] == PORTAL.organiser
    action = found["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{HOME}/search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"
    assert found["WebSite"]["publisher"]["@id"] == found["GovernmentOrganization"]["@id"]
    assert linked(LAW_PAGE)["WebSite"]["name"] == LAW.name


def test_the_way_to_a_page_is_told_in_order() -> None:
    steps = linked(ITEM_PAGE)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert [step["name"] for step in steps][1:3] == ["信息公开", "政策文件"]
    assert [step["item"] for step in steps][::3] == [f"{HOME}/", ITEM_PAGE.canonical]
    assert sorted(linked(COLUMN)) == ["BreadcrumbList"]


def test_an_item_is_what_it_is() -> None:
    law = linked(ITEM_PAGE)["Legislation"]
    assert law["legislationIdentifier"] == "示司规〔2026〕12号"
    assert law["legislationDate"] == "2026-11-18"
    assert law["legislationLegalForce"] == "https://schema.org/InForce"
    assert law["datePublished"] == "2026-11-24T09:30:00+08:00"
    assert law["sourceOrganization"]["name"] == ITEM.source
    assert law["associatedMedia"][0]["contentUrl"] == f"{HOME}/files/gf.pdf"
    void = replace(ITEM, validity=Validity(word="废止"), source=ITEM.publisher)
    told = linked(named(ITEM_PAGE, item=void))["Legislation"]
    assert told["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert "sourceOrganization" not in told
    assert "NewsArticle" in linked(VIDEO_PAGE)
    assert "Article" in linked(VOID_PAGE)  # without a document number it is no legislation
    report = replace(ITEM, genre="报告", document_number="")
    assert "Report" in linked(named(ITEM_PAGE, item=report))


def test_nothing_is_said_that_is_not_known() -> None:
    bare = replace(
        ITEM, summary="", keywords=(), attachments=(), signed_on=None, validity=None, picture=None
    )
    page = named(ITEM_PAGE, item=bare)
    assert not [
        key for key, value in linked(page)["Legislation"].items() if value in ("", [], None)
    ]
    assert {"Keywords", "Description", "Image", "Author"} & set(meta(page)) == set()
    assert [tag for tag, content in meta(page).items() if content == ""] == []
    assert "SiteIDCode" not in meta(named(COLUMN, site=replace(PORTAL, code="")))
    assert meta(COLUMN)["SiteIDCode"] == PORTAL.code


def test_a_picture_is_named_by_its_whole_address() -> None:
    page = named(
        ITEM_PAGE, item=replace(ITEM, picture=Picture(src="/files/图 1.jpg", width=1, height=1))
    )
    assert (
        meta(page)["Image"]
        == f"{HOME}/files/%E5%9B%BE%201.jpg"
        == linked(page)["Legislation"]["image"]
    )
    shared = {m.get("property"): m.get("content") for m in tree(page).xpath("//meta[@property]")}
    assert shared["og:image"] == meta(page)["Image"]
    assert (shared["og:title"], shared["og:url"]) == (ITEM.title, page.canonical)
    assert tree(COLUMN).xpath("//meta[@property]") == []


def evil_page() -> Any:
    item = replace(ITEM, title=EVIL, summary=EVIL, keywords=(EVIL,), publisher=EVIL, source="甲",
                   index_number=EVIL, document_number=EVIL)  # fmt: skip
    return named(ITEM_PAGE, item=item, title=EVIL, column=Column(name=EVIL, kind="政策文件"))


def test_no_text_breaks_out_of_the_script() -> None:
    page = evil_page()
    text = linked_data(page)
    assert not set("<>&\u2028\u2029") & set(text)
    assert linked(page)["Legislation"]["headline"] == EVIL
    assert linked(page)["BreadcrumbList"]["itemListElement"][-1]["name"] == EVIL
    run = tree(page).xpath("//script[not(@src) and not(@type='application/ld+json')]")
    assert run == []
    assert meta(page)["ArticleTitle"] == EVIL


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_that_nobody_may_index_says_nothing(name: str) -> None:
    """Those pages show what a person typed; all others tell at least the way to them."""
    page = PAGES[name]()
    said = tree(page).xpath("//script[@type='application/ld+json']")
    assert len(said) == (0 if page.robots or not (page.crumbs or page.path == "/") else 1)
    if page.robots:
        assert said == [] and tree(page).xpath("//link[@rel='canonical']") == []


def test_each_feed_is_linked_by_its_own_type() -> None:
    def links(page: Page) -> list[tuple[str, str, str]]:
        found = tree(page).xpath("//head/link[@rel='alternate']")
        return [(link.get("type"), link.get("href"), link.get("title")) for link in found]

    title = "示例市司法局·政策文件"
    assert links(COLUMN) == [
        ("application/rss+xml", "/gk/6/feed.xml", title),
        ("application/atom+xml", "/gk/6/atom.xml", title),
        ("application/feed+json", "/gk/6/feed.json", title),
    ]
    assert [(href, name) for _, href, name in links(ITEM_PAGE)] == [
        (f"/{name}", PORTAL.name) for name in ("feed.xml", "atom.xml", "feed.json")
    ]
    assert links(LAW_PAGE) == []  # this one has no feed


def test_the_browser_finds_the_search() -> None:
    found = tree(HOME_PAGE).xpath("//head/link[@rel='search']")[0]
    assert (found.get("href"), found.get("title")) == ("/opensearch.xml", PORTAL.name)


def test_the_time_of_publication_is_written_as_the_rule_says() -> None:
    late = replace(
        ITEM, published_at=datetime(2026, 12, 31, 16, 5, tzinfo=UTC), signed_on=date(2026, 1, 1)
    )
    page = named(ITEM_PAGE, item=late)
    assert meta(page)["PubDate"] == "2027-01-01 00:05"
    assert linked(page)["Legislation"]["datePublished"] == "2027-01-01T00:05:00+08:00"


@pytest.mark.browser
def test_the_policy_lets_the_data_stand_and_runs_nothing(browser) -> None:
    """Under the policy of the sites Chromium reports no violation; the evil title stays text."""
    policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'"
    page = browser.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: asked.append(message.text))

    def answer(route: Any) -> None:
        if route.request.url.endswith("/page"):
            route.fulfill(
                body=render(evil_page()), content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": policy},
            )  # fmt: skip
        else:
            route.fulfill(
                body="",
                content_type="text/css" if ".css" in route.request.url else "text/javascript",
            )

    page.route("**/*", answer)
    page.goto("http://127.0.0.1/page")
    read = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    assert page.evaluate(read)["@graph"][0]["headline"] == EVIL
    assert asked == []
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    assert any("Content Security Policy" in text for text in asked)  # it would have been heard
    page.close()
