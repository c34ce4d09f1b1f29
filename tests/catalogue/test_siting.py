"""A site's own code, and the order of its columns."""

from __future__ import annotations

import pytest
from small_site import SmallSite, column, fresh, item, read_again

from gongkai.catalogue import rules
from gongkai.catalogue.actions import place_column, set_site_code
from gongkai.catalogue.models import ColumnPage, SiteProfile
from gongkai.catalogue.queries import unreviewed_live_pages
from gongkai.catalogue.rules import ColumnKind
from gongkai.ledger.models import Entry
from gongkai.publishing.models import Change
from gongkai.refusal import NotPermitted, Refused


@pytest.fixture
def site(one_small_site, db):
    return read_again(one_small_site)


def order(site: SmallSite) -> list[str]:
    return list(ColumnPage.objects.child_of(site.section).values_list("title", flat=True))


def test_a_site_bears_its_own_code_or_the_organs(site) -> None:
    profile = SiteProfile.objects.get()
    profile.agency.site_code = "3200000001"
    profile.agency.save()
    assert profile.site_id_code == "3200000001"
    set_site_code(profile, " 3200000002 ", by=site.bureau.system_administrator)
    assert SiteProfile.objects.get().site_id_code == "3200000002"
    assert Change.objects.filter(key="site:portal").exists()
    set_site_code(profile, "", by=site.bureau.system_administrator)
    assert SiteProfile.objects.get().site_id_code == "3200000001"
    assert Entry.objects.filter(verb="site.code_set").count() == 2


def test_who_may_not_and_what_is_no_code(site) -> None:
    profile = SiteProfile.objects.get()
    with pytest.raises(NotPermitted):
        set_site_code(profile, "3200000002", by=site.bureau.information_office)
    with pytest.raises(Refused, match="10 位数字"):
        set_site_code(profile, "320000", by=site.bureau.system_administrator)


@pytest.mark.parametrize("code", ["1304000009", "4403000052", "bm14000002"])
def test_codes_as_sites_bear_them(code: str) -> None:
    assert rules.objection_to_site_code(code) == ""
    assert rules.objection_to_site_code(f"{code}1") and rules.objection_to_site_code(code[1:])


def test_a_column_goes_to_another_place_and_keeps_its_address(site) -> None:
    column(site.section, site.bureau, "通知公告", ColumnKind.NOTICE, slug="tzgg")
    page = item(site)
    address, before = fresh(page).url_path, order(site)
    assert before == ["工作动态", "政策文件", "通知公告"]
    for place, after in (
        (3, ["政策文件", "通知公告", "工作动态"]),
        (2, ["政策文件", "工作动态", "通知公告"]),
        (1, ["工作动态", "政策文件", "通知公告"]),
    ):
        Change.objects.all().delete()
        place_column(fresh(site.news), place, by=site.bureau.editor)
        assert order(site) == after
        assert Change.objects.filter(key=f"children:{site.section.pk}").exists()
    assert fresh(page).url_path == address and fresh(page).get_parent().pk == site.news.pk
    assert unreviewed_live_pages() == []
    assert Entry.objects.filter(verb="column.placed").count() == 3


def test_a_place_that_is_not_there_and_who_may_not(site) -> None:
    with pytest.raises(Refused, match="1 到 2"):
        place_column(site.news, 3, by=site.bureau.editor)
    with pytest.raises(NotPermitted):
        place_column(site.news, 2, by=site.bureau.supervisor)
    assert order(site) == ["工作动态", "政策文件"]
