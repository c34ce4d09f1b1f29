"""An item in several columns: listed by reference, at one address, and gone from all at once."""

from __future__ import annotations

import pytest
from portal.columns_world import add_column, page, publish, published_site
from small_site import fresh, item, released

from gongkai.catalogue.actions import (
    agree_to_placement,
    ask_for_placement,
    create_column,
    end_placement,
    found_site,
)
from gongkai.catalogue.rules import ColumnKind
from gongkai.review.pages import withdraw_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_small_site, settings, tmp_path):
    return published_site(one_small_site, settings, tmp_path)


def place(site, what, where):
    asked = ask_for_placement(what, where, by=site.bureau.editor)
    return agree_to_placement(asked, by=site.bureau.unit_head)


def test_it_works(site) -> None:
    notices = add_column(site, ColumnKind.NOTICE, "tzgg", "通知公告")
    what = item(site, "公证便民措施出台")
    publish()
    assert "公证便民措施" not in page("/xxgk/tzgg/")
    placement = place(site, what, notices)
    changed = publish()
    address = f"/xxgk/gzdt/{what.slug}/"
    assert f'href="{address}"' in page("/xxgk/tzgg/")
    assert f"portal{address}index.html" not in changed
    assert not [path for path in changed if path.startswith(f"portal/xxgk/tzgg/{what.slug}")]
    end_placement(placement, by=site.bureau.unit_head, reason="不相关")
    publish()
    assert "公证便民措施" not in page("/xxgk/tzgg/")
    assert "公证便民措施" in page("/xxgk/gzdt/")


def test_a_new_version_and_a_withdrawal_reach_every_column(site) -> None:
    notices = add_column(site, ColumnKind.NOTICE, "tzgg", "通知公告")
    what = item(site, "旧的标题")
    place(site, what, notices)
    publish()
    draft = fresh(what).get_latest_revision_as_object()
    draft.title = "新的标题"
    what = released(draft, site.bureau)
    publish()
    assert "新的标题" in page("/xxgk/tzgg/")
    withdraw_page(what, by=site.bureau.information_office, reason="有误")
    publish()
    assert "新的标题" not in page("/xxgk/tzgg/") + page("/xxgk/") + page("/")
    draft = fresh(what).get_latest_revision_as_object()
    draft.title = "更正后的标题"
    released(draft, site.bureau)
    publish()
    assert "更正后的标题" in page("/xxgk/tzgg/")


def test_a_place_fills_the_numbered_pages(site, monkeypatch) -> None:
    from gongkai.catalogue import rules
    from gongkai.portal.pages import columns

    for module in (rules, columns):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    notices = add_column(site, ColumnKind.NOTICE, "tzgg", "通知公告")
    what = item(site, "列入的一条")
    item(site, "栏目第一条", into=fresh(notices))
    place(site, what, notices)
    item(site, "栏目第三条", into=fresh(notices))
    publish()
    first = page("/xxgk/tzgg/p1/")
    assert ["栏目第一条" in first, "列入的一条" in first, "栏目第三条" in first] == [
        True,
        True,
        False,
    ]
    withdraw_page(what, by=site.bureau.information_office, reason="有误")
    assert "portal/xxgk/tzgg/p1/index.html" in publish()
    assert "列入的一条" not in page("/xxgk/tzgg/p1/")


def test_on_another_site_the_address_is_the_items_own(site) -> None:
    bureau = site.bureau
    home = found_site(
        bureau.agency, bureau.lawyers, by=bureau.editor, name="普法网", code="law",
        hostname="law.example", port=80, default=False,
        profile={"kind": "law", "host_unit": bureau.agency.name},
    )  # fmt: skip
    home = released(home, bureau)
    section = released(
        create_column(home, by=bureau.editor, title="普法", kind="section", unit=bureau.lawyers,
                      slug="pf"), bureau,
    )  # fmt: skip
    news = released(
        create_column(section, by=bureau.editor, title="普法动态", kind="news",
                      unit=bureau.lawyers, slug="dt"), bureau,
    )  # fmt: skip
    what = item(site, "宪法宣传周开始")
    place(site, what, news)
    publish()
    listed = page("/pf/dt/", "law")
    assert f'href="http://testserver/xxgk/gzdt/{what.slug}/"' in listed
    withdraw_page(fresh(what), by=bureau.information_office, reason="有误")
    publish()
    assert "宪法宣传周" not in page("/pf/dt/", "law") + page("/", "law")
