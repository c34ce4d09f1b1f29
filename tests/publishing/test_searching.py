"""The search that the public uses: what is in it, what it can be narrowed to, what was meant."""

from __future__ import annotations

import html
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from small_site import column, draft, fresh, item, read_again, released

from gongkai import clock, statute
from gongkai.catalogue.models import SiteProfile
from gongkai.catalogue.rules import ColumnKind
from gongkai.clock import SHANGHAI
from gongkai.files.actions import store
from gongkai.portal import demand
from gongkai.portal.index import choices_path, index_path
from gongkai.portal.models import Demand
from gongkai.publishing import actions, search
from gongkai.publishing.models import FileText
from gongkai.review.pages import withdraw_page
from gongkai.text import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path: Path):
    settings.TREE_ROOT, settings.FILES_ROOT = tmp_path / "tree", tmp_path / "files"
    settings.DATA = tmp_path
    made = read_again(one_small_site)
    actions.publish_all()
    return made


def page(query: str, **more: str) -> str:
    told = Client().get("/search/", {"q": query, **more})
    assert told.status_code == 200
    return html.unescape(told.content.decode())


def number_of(query: str) -> int:
    return index.search(index_path(), query).total


def test_results_are_narrowed_by_what_they_have(site) -> None:
    with clock.set_to(datetime(2025, 5, 6, 9, tzinfo=SHANGHAI)):
        item(site, "公证收费公告一")
    item(site, "公证收费公告二")
    item(site, "公证收费办法", into=site.policy, genre="通知", validity="valid")
    actions.publish_pending()
    shown = page("公证收费")
    assert "找到 3 条" in shown
    for offered in ("工作动态（2）", "政策文件（1）", "2025（1）"):
        assert offered in shown.replace('<span class="count">', "").replace("</span>", "")
    narrowed = page("公证收费", column="政策文件")
    assert "找到 1 条" in narrowed and "公证收费办法" in narrowed
    assert "找到 1 条" in page("公证收费", year="2025")
    assert "找到 1 条" in page("公证收费", genre="通知", validity="有效")
    assert "没有找到" in page("公证收费", year="1999")
    assert "找到 3 条" in page("公证收费", year="二〇一四", scope="x", sort="y", page="-3")


def test_what_stands_in_an_attachment_only_is_found_while_it_is_public(site) -> None:
    words = "便民服务点分布一览".encode()
    file = store(words, "附表.txt", agency=site.bureau.agency, by=site.bureau.editor)
    made = draft(site, "关于公布名单的通知", attachments=[(file, "附表")])
    actions.publish_pending()
    assert number_of("服务点分布") == 0 and not FileText.objects.exists()
    made = released(made, site.bureau)
    actions.publish_pending()
    assert number_of("服务点分布") == 1 and FileText.objects.get().text.strip() == words.decode()
    withdraw_page(fresh(made), by=site.bureau.information_office, reason="有误")
    actions.publish_pending()
    assert number_of("服务点分布") == 0 and not FileText.objects.exists()


def test_only_what_changed_is_read_again(site, monkeypatch) -> None:
    for title in ("第一件信息", "第二件信息", "第三件信息"):
        item(site, title)
    actions.publish_pending()
    from gongkai.publishing.search import documents

    read = []
    real = documents._item_document
    monkeypatch.setattr(
        documents, "_item_document", lambda pk, profile: read.append(pk) or real(pk, profile)
    )
    new = item(site, "第四件信息")
    actions.publish_pending()
    assert read == [new.pk] and number_of("件信息") == 4
    (index_path().parent / "index-state.json").write_text("{", encoding="utf-8")
    search.bring_into_step()  # nobody knows what the index holds: everything anew
    assert len(read) == 5 and number_of("件信息") == 4


def test_what_was_meant_is_offered(site) -> None:
    item(site, "律师事务所检查公告")
    item(site, "律师值班安排")
    actions.publish_pending()
    search.rebuild()
    for typed in ("lvshi", "律是"):
        shown = page(typed)
        assert "您是不是要找" in shown and ">律师</a>" in shown
    assert "您是不是要找" not in page("律师")


def test_phrases_are_renewed_once_a_day(site) -> None:
    assert search.freshen_phrases() == 0  # just written with the whole site
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert search.freshen_phrases() > 0


def test_demand_is_counted_and_what_was_never_found_is_known(site) -> None:
    item(site, "公证收费公告")
    actions.publish_pending()
    for query in ("公证收费", "公证收费", "公证收费", "火星移民", "火星 移民"):
        page(query)
    page("公证收费", year="2014")  # narrowing is no new demand
    assert not Demand.objects.exists()
    assert demand.gather() == 5 and demand.gather() == 0
    assert dict(Demand.objects.values_list("query", "times")) == {"公证收费": 3, "火星移民": 2}
    cache.clear()
    assert demand.popular_on("portal") == ("公证收费",)
    assert "大家常搜" in page("别的")
    told = demand.unmet(["portal"], days=30)
    assert [(u.query, u.times) for u in told] == [("火星移民", 2)]
    assert demand.unmet(["other"], days=30) == []
    with clock.set_to(clock.now() + timedelta(days=31)):
        cache.clear()
        assert demand.unmet(["portal"], days=30) == [] and demand.popular_on("portal") == ()


@pytest.mark.parametrize("query", ["990101199003078515", "13800001234 张某", "", "   "])
def test_what_is_personal_or_empty_is_not_remembered(site, query: str) -> None:
    page(query)
    assert demand.gather() == 0


def test_a_flood_and_a_broken_line_do_no_harm(site, monkeypatch) -> None:
    page("公证收费")
    file = demand._file()
    file.write_bytes(file.read_bytes() + b'{"on": "2026\n[]\n' + b"\xff\xfe\n")
    assert demand.gather() == 1
    monkeypatch.setattr(demand, "FULL", 10)
    for _ in range(3):
        page("公证收费")
    assert demand.gather() == 1


def test_a_run_that_died_is_taken_up_again(site) -> None:
    page("公证收费")
    demand._file().replace(demand._file().with_suffix(".taken"))
    page("律师收费")
    assert (demand.gather(), demand.gather()) == (1, 1)
    assert {d.on for d in Demand.objects.all()} == {clock.today()}
    assert isinstance(Demand.objects.first().on, date)


def test_the_choices_travel_with_the_index(site) -> None:
    item(site, "公证收费公告")
    actions.publish_pending()
    assert choices_path().parent == index_path().parent
    assert "工作动态" in choices_path().read_text(encoding="utf-8")


def test_a_full_export_renews_an_index_of_an_older_edition(site, monkeypatch) -> None:
    item(site, "公证收费公告")
    actions.publish_pending()
    choices_path().unlink()
    monkeypatch.setattr("gongkai.publishing.search.documents.EDITION", "next")
    outcome = actions.publish_all()
    assert outcome.written == [] and choices_path().exists()


def test_the_catalogue_is_browsed_by_theme_genre_and_year_without_a_word(site) -> None:
    theme, genre = statute.themes()[0], statute.genres()[0]
    classed = item(site, "公证便民措施", theme=theme, genre=genre)
    item(site, "律师名册公告")
    catalogue = column(site.section, site.bureau, "公开目录", ColumnKind.CATALOGUE, slug="ml")
    actions.publish_pending()
    ways = (actions.root_of(SiteProfile.objects.get()) / "xxgk/ml/index.html").read_text()
    for name, value in (("theme", theme), ("genre", genre), ("year", str(clock.today().year))):
        address = f"/search/?{urlencode({name: value})}"
        assert address in html.unescape(ways), name
        found = html.unescape(Client().get(address).content.decode())
        assert "公证便民措施" in found and ("律师名册公告" in found) == (name == "year")
    empty = Client().get("/search/", {"theme": statute.themes()[1]}).content.decode()
    assert "还没有公开的信息" in empty and "/apply/" in empty
    assert index.search(index_path(), "", theme=theme).total == 1
    assert not index.search(index_path(), "").total
    assert not index.search(index_path(), "。", theme=theme).total
    withdraw_page(classed, by=site.bureau.information_office, reason="附表有误")
    actions.publish_pending()
    assert index.count(index_path(), "", theme=theme) == 0 and catalogue.live
