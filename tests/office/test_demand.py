"""公众需求: what was looked for in vain stands beside what is public about it now."""

from __future__ import annotations

from datetime import date

import pytest
from small_site import item
from test_cases import application, do

from gongkai.portal.models import Demand
from gongkai.publishing import actions

HOME = "/desk/report/demand/"


@pytest.fixture(autouse=True)
def tree(settings, tmp_path):
    settings.TREE_ROOT = tmp_path / "tree"


def read(client, address: str = HOME) -> str:
    return client.get(address).content.decode()


def test_it_works(site, as_user) -> None:
    facts = {"on": date(2026, 2, 20), "site": "portal"}
    Demand.objects.create(query="公证收费标准", times=7, found=0, **facts)
    Demand.objects.create(query="火星移民", times=2, found=0, **facts)
    Demand.objects.create(query="律师", times=9, found=3, **facts)
    Demand.objects.create(query="去年的词", times=1, on=date(2025, 6, 1), site="portal")
    Demand.objects.create(query="别的机关", times=4, on=date(2026, 2, 20), site="qu")
    item(site, "公证收费标准公布")
    actions.publish_all()
    office = as_user(site.bureau.information_office)
    shown = read(office)
    assert shown.index("公证收费标准") < shown.index("火星移民")
    assert "能搜到 1 条" in shown and "仍搜不到" in shown
    for other in ("律师</th>", "去年的词", "别的机关"):
        assert other not in shown
    assert "去年的词" in read(office, f"{HOME}?days=365")
    assert "去年的词" not in read(office, f"{HOME}?days=x")
    assert HOME in read(office, "/desk/")


def test_topics_of_applications_stand_there_without_who_asked(site, as_user) -> None:
    case, office = application(site.bureau), as_user(site.bureau.information_office)
    assert case.number not in read(office)  # not received yet
    do(office, case, "register", received_on="2026-03-02")
    shown = read(office)
    assert case.title in shown and case.number in shown
    assert case.party.name not in shown


def test_only_who_reports_sees_it(site, as_user) -> None:
    assert as_user(site.bureau.editor).get(HOME).status_code in {302, 403}
