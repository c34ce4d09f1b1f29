"""What explains, replaces or changes a document is told on both pages."""

from __future__ import annotations

from datetime import date

import pytest
from portal.columns_world import page, publish, published_site
from small_site import fresh, item, released

from gongkai.review.pages import withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path):
    return published_site(one_small_site, settings, tmp_path)


def of(what, column: str = "zcwj") -> str:
    return page(f"/xxgk/{column}/{what.slug}/")


def edited(site, what, **facts):
    draft = fresh(what).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    return released(draft, site.bureau)


def test_it_works_for_interpretations(site) -> None:
    document = item(site, "便民办法", into=site.policy, validity="valid")
    publish()
    assert "相关解读" not in of(document)
    told = item(site, "一图读懂便民办法", interprets=document)
    publish()
    assert f"/xxgk/gzdt/{told.slug}/" in of(document)
    assert f"/xxgk/zcwj/{document.slug}/" in of(told, "gzdt")
    withdraw_page(fresh(told), by=site.bureau.information_office, reason="有误")
    publish()
    assert "一图读懂" not in of(document)


def test_an_interpretation_that_changes_its_document_leaves_the_old_one(site) -> None:
    first = item(site, "甲办法", into=site.policy)
    second = item(site, "乙办法", into=fresh(site.policy))
    told = item(site, "解读文章", interprets=first)
    publish()
    edited(site, told, interprets=second)
    publish()
    assert ("解读文章" in of(first), "解读文章" in of(second)) == (False, True)


def test_a_repealed_document_leads_to_what_holds_now(site) -> None:
    old = item(site, "旧办法", into=site.policy, validity="valid")
    new = item(site, "新办法", into=fresh(site.policy), validity="valid")
    publish()
    edited(site, old, validity="repealed", replaced_by=new, valid_to=date(2026, 6, 30))
    publish()
    shown = of(old)
    assert "本文件废止。" in shown
    assert "失效日期 2026-06-30" in shown
    assert f'现行文件：<a href="/xxgk/zcwj/{new.slug}/">新办法</a>' in shown
    assert ("本件替代的文件" in of(new), "旧办法" in of(new)) == (True, True)
    withdraw_page(fresh(new), by=site.bureau.information_office, reason="有误")
    publish()
    assert "新办法" not in of(old)


def test_a_change_is_told_on_both(site) -> None:
    law = item(site, "管理办法", into=site.policy, validity="valid")
    change = item(site, "修改决定", into=fresh(site.policy), validity="valid", amends=law)
    publish()
    assert "修改本件的文件" in of(law)
    assert f"/xxgk/zcwj/{change.slug}/" in of(law)
    assert "本件修改的文件" in of(change)


def test_a_draft_that_points_to_a_document_is_not_told(site) -> None:
    from small_site import draft

    document = item(site, "便民办法", into=site.policy)
    draft(site, "未公开的解读", interprets=document)
    draft(site, "未公开的修改", into=fresh(site.policy), amends=document)
    publish()
    assert "未公开" not in of(document)
