"""繁體: a released page in traditional characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from portal.machine_world import published_site
from small_site import draft, item

from gongkai.portal.views.traditional import converted
from gongkai.publishing import actions
from gongkai.review.pages import withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path: Path):
    return published_site(one_small_site, settings, tmp_path)


def test_it_works(site) -> None:
    page = item(site, "发展头发护理行业的通知")
    draft(site, "尚未公开的内容")
    actions.publish_pending()
    answer = Client().get(f"/hant/xxgk/gzdt/{page.slug}/")
    shown = answer.content.decode()
    assert answer.status_code == 200 and answer["X-Robots-Tag"] == "noindex"
    assert "發展頭髮護理行業的通知" in shown and '<html lang="zh-Hant"' in shown
    assert f'<a href="/xxgk/gzdt/{page.slug}/" lang="zh-Hans" hreflang="zh-Hans">简体</a>' in shown
    assert 'href="/hant/xxgk/gzdt/"' in shown and "/hant/static/" not in shown
    assert "尚未公開" not in Client().get("/hant/xxgk/gzdt/").content.decode()


def test_the_switch_leads_to_the_page_that_one_is_on(site) -> None:
    assert b'href="/hant/"' in b"".join(Client().get("/xxgk/gzdt/"))
    there = Client().get("/hant/", headers={"referer": "http://testserver/xxgk/gzdt/"})
    assert there["Location"] == "/hant/xxgk/gzdt/"
    for before in ("http://testserver/", "http://testserver/hant/xxgk/", "http://x//y", ""):
        assert Client().get("/hant/", headers={"referer": before}).status_code == 200, before


def test_what_was_withdrawn_or_never_was_is_told_as_everywhere(site) -> None:
    page = item(site, "公证便民措施出台")
    actions.publish_pending()
    withdraw_page(page, by=site.bureau.information_office, reason="附表有误")
    actions.publish_pending()
    gone = Client().get(f"/hant/xxgk/gzdt/{page.slug}/")
    assert gone.status_code == 410 and "公證" not in gone.content.decode()
    assert Client().get("/hant/nothing/").status_code == 404
    assert Client().get("/hant/../../etc/passwd").status_code == 404
    assert Client().get("/hant/feed.xml")["Location"] == "/feed.xml"


def test_links_to_forms_files_and_other_sites_stay_as_they_are() -> None:
    kept = '<a href="/apply/">申请</a><a href="/files/a/表.docx">表</a><a href="https://x.gov.cn/">省厅</a>'
    assert converted(kept, "/").count("/hant") == 0
    assert (
        converted('<a class="x" href="/xxgk/#a">公开</a>', "/")
        == '<a class="x" href="/hant/xxgk/#a">公開</a>'
    )
