"""What machines read of a site: true, well formed, bounded, and gone with what is withdrawn."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from lxml import html
from portal import feed_rules
from portal.machine_world import contents, part_of, path_of, published_site
from small_site import SmallSite, draft, fresh, item, released

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.files.actions import store
from gongkai.portal.pages.machine import files, parts
from gongkai.publishing import actions, queries
from gongkai.review.pages import withdraw_page
from gongkai.review.queries import released_hash

pytestmark = pytest.mark.django_db

FORMULA = "=HYPERLINK(1,2) 与 <b>&</b> “引号”"


@pytest.fixture
def site(one_small_site, settings, tmp_path: Path) -> SmallSite:
    return published_site(one_small_site, settings, tmp_path)


def machine_files() -> dict[str, bytes]:
    return {path: text for path, text in contents().items() if not path.endswith(".html")}


def test_it_works(site: SmallSite) -> None:
    page = item(site, FORMULA, summary="一、\t二、")
    actions.publish_pending()
    made = contents()
    for folder in ("/", "/xxgk/gzdt/"):
        assert list(feed_rules.rss_faults(made[f"{folder}feed.xml"])) == []
        assert list(feed_rules.atom_faults(made[f"{folder}atom.xml"])) == []
        assert list(feed_rules.json_feed_faults(made[f"{folder}feed.json"])) == []
        for name in ("feed.xml", "atom.xml", "feed.json"):
            assert f"/xxgk/gzdt/{page.slug}/".encode() in made[folder + name]
    assert json.loads(made["/feed.json"])["items"][0]["title"] == FORMULA
    assert list(feed_rules.dcat_faults(made["/opendata/dcat.jsonld"])) == []
    named = json.loads(made["/opendata/dcat.jsonld"])["dcat:dataset"]
    for distribution in (d for dataset in named for d in dataset["dcat:distribution"]):
        assert path_of(distribution["dcat:downloadURL"]["@id"]) in made
    for folder in ("/opendata/", "/publications/"):
        for part in json.loads(made[f"{folder}index.json"])["parts"]:
            told = [part[kind] for kind in ("csv", "json", "url") if kind in part]
            assert told and all(path_of(address) in made for address in told)
    assert f"/opendata/items-{part_of(page)}.csv" in made["/opendata/index.html"].decode()
    assert '<a href="/opendata/">数据开放</a>' in made["/index.html"].decode()


@pytest.mark.parametrize(
    ("faults", "content"),
    [
        (feed_rules.rss_faults, b"<rss version='2.0'><channel><title>a</title></channel></rss>"),
        (feed_rules.atom_faults, b"<feed xmlns='http://www.w3.org/2005/Atom'><title>a</title></feed>"),
        (feed_rules.json_feed_faults, b'{"version": "1", "items": [{"id": 5}]}'),
        (feed_rules.map_faults, b"<urlset><url/></urlset>"),
    ],
)  # fmt: skip
def test_the_rules_find_a_broken_file(faults: Callable[[bytes], Iterator[str]], content) -> None:
    assert list(faults(content))


def test_the_rules_find_each_planted_fault(site: SmallSite) -> None:
    item(site)
    actions.publish_pending()
    made = contents()
    for name, faults, good, bad in (
        ("feed.xml", feed_rules.rss_faults, "<pubDate>", "<pubDate>on "),
        ("feed.xml", feed_rules.rss_faults, 'isPermaLink="false"', ""),
        ("atom.xml", feed_rules.atom_faults, "<updated>", "<updated>on "),
        ("atom.xml", feed_rules.atom_faults, "<id>http", "<id>"),
        ("atom.xml", feed_rules.atom_faults, 'rel="self"', 'rel="alternate"'),
        ("feed.json", feed_rules.json_feed_faults, '"content_text"', '"text"'),
        ("feed.json", feed_rules.json_feed_faults, 'published": "', 'published": "on '),
        ("sitemap-columns.xml", feed_rules.map_faults, "<loc>http", "<loc>"),
        ("sitemap.xml", feed_rules.map_faults, "<lastmod>", "<lastmod>on "),
        ("sitemap.xml", feed_rules.map_faults, "<sitemap>", "<sitemap><loc>http://a/</loc>"),
        ("opendata/dcat.jsonld", feed_rules.dcat_faults, "dct:publisher", "dct:by"),
        ("opendata/dcat.jsonld", feed_rules.dcat_faults, '"foaf:homepage"', '"rdfs:homepage"'),
    ):
        content = made[f"/{name}"]
        assert good in content.decode(), (name, good)
        assert list(faults(content)) == []
        assert list(faults(content.replace(good.encode(), bad.encode()))), (name, good)


def test_the_maps_name_every_page_and_nothing_else(site: SmallSite) -> None:
    """Each once, with the China day of its present version; robots.txt leads to the index."""
    page = item(site)
    actions.publish_pending()
    made = contents()
    sitemap = made["/robots.txt"].decode().rpartition("Sitemap: ")[2].strip()
    assert path_of(sitemap) == "/sitemap.xml"
    maps = [path_of(address) for address in feed_rules.addresses(made["/sitemap.xml"])]
    assert sorted(maps) == sorted(p for p in made if p.startswith("/sitemap-"))
    for path in ("/sitemap.xml", *maps):
        assert list(feed_rules.map_faults(made[path])) == []
    named = [path_of(address) for path in maps for address in feed_rules.addresses(made[path])]
    assert len(set(named)) == len(named)
    pages = {path for path in made if path.endswith("/index.html")}
    listings = re.compile(r"/(p\d+|validity-\w+)/index\.html$")  # the same items once more
    assert set(named) == {path for path in pages if not listings.search(path)}
    day = clock.day_of(page.released_at).isoformat()
    assert f"<lastmod>{day}</lastmod>" in made[f"/sitemap-{part_of(page)}.xml"].decode()


def test_every_written_page_carries_its_tags(site: SmallSite) -> None:
    """The groups that the national rule asks for, on pages that were read from the database."""
    Agency.objects.update(site_code="0000000001")
    column = fresh(site.news).get_latest_revision_as_object()
    column.intro = "<p>本局的<b>工作</b>动态。</p>"
    released(column, site.bureau)
    page = item(site)
    actions.publish_all()
    found = {
        path: {m.get("name"): m.get("content") for m in html.fromstring(text).iter("meta")}
        for path, text in contents().items()
        if path.endswith(".html")
    }
    group = {"SiteName", "SiteDomain", "SiteIDCode"}
    of_column = {"ColumnName", "ColumnType"}
    assert [path for path, tags in found.items() if not all(map(tags.get, group))] == []
    tags = found["/xxgk/gzdt/index.html"]
    assert all(map(tags.get, of_column | {"ColumnKeywords"}))
    assert tags["ColumnDescription"] == "本局的工作动态。"
    tags = found[f"/xxgk/gzdt/{page.slug}/index.html"]
    assert all(map(tags.get, of_column | {"ArticleTitle", "PubDate", "ContentSource", "Url"}))
    shown = page.released_at.astimezone(clock.SHANGHAI)
    assert tags["PubDate"] == f"{shown:%Y-%m-%d %H:%M}"
    assert [name for name in found["/index.html"] if name and name.startswith("Column")] == []


def test_days_are_chinas(site: SmallSite) -> None:
    """After 16:00 UTC it is tomorrow in China."""
    late = clock.now().replace(hour=17, minute=0) - timedelta(days=2)
    with clock.set_to(late):
        page = item(site)
    actions.publish_pending()
    day = (late + timedelta(days=1)).date().isoformat()
    assert f"<lastmod>{day}</lastmod>" in contents()[f"/sitemap-{part_of(page)}.xml"].decode()
    told = json.loads(contents()[f"/opendata/items-{part_of(page)}.json"])["items"][0]
    assert told["released_at"] == f"{day}T01:00:{late.second:02d}+08:00"


def test_what_is_withdrawn_is_in_no_file(site: SmallSite) -> None:
    page = item(site, "公证便民措施出台")
    actions.publish_pending()
    shown = [path for path, text in machine_files().items() if page.slug.encode() in text]
    assert len(shown) == 10
    withdraw_page(fresh(page), by=site.bureau.information_office, reason="数字有误")
    outcome = actions.publish_pending()
    words = (page.slug.encode(), "公证便民措施出台".encode())
    assert not [path for path, text in contents().items() if any(word in text for word in words)]
    assert f"portal/publications/{part_of(page)}.json" in outcome.removed
    assert list(queries.differences()) == []


def test_no_word_of_a_draft_is_in_any_file(site: SmallSite) -> None:
    draft(site, "金丝雀草稿")
    item(site)
    actions.publish_all()
    assert not [p for p, text in contents().items() if "金丝雀草稿".encode() in text]


def test_a_new_version_is_in_every_file_and_signed_anew(site: SmallSite) -> None:
    page = item(site, "旧标题的通知", body=[("text", "<p>正文</p>")])
    actions.publish_pending()
    signed = f"/publications/{part_of(page)}.json"
    before = json.loads(contents()[signed])["items"][0]
    page = fresh(page).get_latest_revision_as_object()
    page.title = "新标题的通知"
    released(page, site.bureau)
    actions.publish_pending()
    after = json.loads(contents()[signed])["items"][0]
    assert before["content_sha256"] != after["content_sha256"]
    assert after["content_sha256"] == released_hash(page.subject) == fresh(page).content_hash()
    assert (after["title"], after["released_at"]) == ("新标题的通知", before["released_at"])
    assert not [path for path, text in contents().items() if "旧标题".encode() in text]
    assert list(queries.differences()) == []


def test_a_renamed_column_is_renamed_in_the_data(site: SmallSite) -> None:
    page = item(site)
    actions.publish_pending()
    column = fresh(site.news).get_latest_revision_as_object()
    column.title = "司法动态"
    released(column, site.bureau)
    actions.publish_pending()
    told = json.loads(contents()[f"/opendata/items-{part_of(page)}.json"])["items"][0]
    assert told["column"] == "司法动态"
    assert list(queries.differences()) == []


def test_one_release_rewrites_one_part(site: SmallSite, monkeypatch) -> None:
    """Parts of ten instead of hundreds; the one of the new item, its four files, the indexes."""
    monkeypatch.setattr(parts, "_SIZE", 10)
    early = [item(site, f"第{number}条消息") for number in range(1, 12)]
    actions.publish_pending()
    listed = json.loads(contents()["/opendata/index.json"])
    counted = Counter(part_of(page) for page in early)
    assert {p["part"]: p["items"] for p in listed["parts"]} == counted
    assert listed["items"] == 11
    for part in listed["parts"]:
        for path in (path_of(part["json"]), f"/publications/{part['part']}.json"):
            assert len(json.loads(contents()[path])["items"]) == part["items"]
    last = item(site, "第12条消息")
    written = actions.publish_pending().written
    other = [name for name in counted if name != part_of(last)]
    assert other and not [path for path in written if any(f"-{n}." in path for n in other)]
    assert not [path for path in written if any(f"/{n}." in path for n in other)]
    assert len([path for path in written if f"{part_of(last)}." in path]) == 4
    assert len(written) <= 40
    assert list(queries.differences()) == []
    withdraw_page(fresh(early[0]), by=site.bureau.information_office, reason="有误")
    written = actions.publish_pending().written
    assert not [path for path in written if f"{part_of(last)}." in path]
    assert list(queries.differences()) == []


def test_parts_that_nobody_changed_are_not_even_read(site: SmallSite, monkeypatch) -> None:
    """Their files depend on their own items: rendering costs the same at any size."""
    monkeypatch.setattr(parts, "_SIZE", 10)
    for number in range(1, 12):
        item(site, f"第{number}条消息")
    actions.publish_pending()
    read: list[str] = []
    whole = files.records
    monkeypatch.setattr(
        files, "records", lambda part, profile: read.append(part.name) or whole(part, profile)
    )
    last = item(site, "第12条消息")
    actions.publish_pending()
    assert read == [part_of(last)]


def test_a_year_begins_in_china(site: SmallSite) -> None:
    """What is released at 16:00 UTC on the last day stands in the new year's part."""
    with clock.set_to(datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)):
        old = item(site, "旧年")
    with clock.set_to(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)):
        new = item(site, "新年")
    actions.publish_pending()
    assert (part_of(old)[:5], part_of(new)[:5]) == ("2025-", "2026-")
    with clock.set_to(datetime(2025, 12, 31, 16, 30, tzinfo=UTC)):
        item(site, "新年第二条")
    actions.publish_pending()
    for page, titles in ((old, ["旧年"]), (new, ["新年", "新年第二条"])):
        told = json.loads(contents()[f"/opendata/items-{part_of(page)}.json"])
        assert [one["title"] for one in told["items"]] == titles
    assert list(queries.differences()) == []


def test_csv_is_for_excel_and_harmless(site: SmallSite) -> None:
    file = store("甲\n".encode(), "附表.csv", agency=site.bureau.agency, by=site.bureau.editor)
    for title in (FORMULA, "+1", "-1", "@a", " =1", "＝1", "平常"):
        page = item(site, title, summary="含“逗号”,和\n换行", attachments=[(file, "附表")])
    actions.publish_pending()
    raw = contents()[f"/opendata/items-{part_of(page)}.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""))
    data = json.loads(contents()[f"/opendata/items-{part_of(page)}.json"])
    assert head == list(data["fields"].values())
    assert len(rows) == len(data["items"]) == 7
    for row, told in zip(rows, data["items"], strict=True):
        assert not [cell for cell in row if cell.strip()[:1] in set("=+-@＝＋－＠")]
        cells = dict(zip(data["fields"], row, strict=True))
        assert cells["title"].removeprefix("'") == told["title"]
        assert cells["summary"] == told["summary"] == "含“逗号”,和\n换行"
        assert cells["attachments"] == told["attachments"][0]["address"]
        assert contents()[path_of(cells["attachments"])] == "甲\n".encode()
    assert [row[1] for row in rows][-1] == "平常"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("feed.xml", "application/xml"),
        ("feed.json", "application/json"),
        ("opendata/dcat.jsonld", "application/ld+json"),
        ("robots.txt", "text/plain"),
    ],
)
def test_files_are_served_as_what_they_are(site: SmallSite, name: str, kind: str) -> None:
    assert Client().get(f"/{name}")["Content-Type"].partition(";")[0] == kind
