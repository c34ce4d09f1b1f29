"""Columns of the newer kinds, yearly reports without gaps, items in several columns."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
from django.core.management import CommandError, call_command

from gongkai.catalogue.models import ColumnPage, ItemPage, Placement, ValidityProposal
from gongkai.catalogue.rules import ColumnKind
from gongkai.reporting.models import AnnualReport
from tests.demo.conftest import Demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("site", "address", "words"),
    [
        ("portal", "/zxbs/fwml/", "法律援助申请表"),
        ("portal", "/zmhd/wd/", "要不要说明用途"),
        ("portal", "/xxgk/tjsj/", "公共法律服务统计"),
        ("portal", "/xxgk/bzml/", "公共法律服务平台"),
        ("portal", "/fzxc/qxtp/", "社区法律驿站"),
        ("portal", "/zxbs/flyz/", "推出周末值班"),
        ("law", "/wd/", "没有写借条"),
        ("law", "/pfsj/", "普法活动场次统计"),
    ],
)
def test_each_column_shows_what_stands_in_it(
    demo: Demo, site: str, address: str, words: str
) -> None:
    assert words in demo.page(site, address)


def test_every_service_is_complete_and_every_kind_of_column_is_there(demo: Demo) -> None:
    services = ItemPage.objects.child_of(ColumnPage.objects.get(slug="fwml"))
    assert services.count() >= 5
    assert all(all(item.guides.get().elements().values()) for item in services)
    kinds = set(ColumnPage.objects.filter(live=True).values_list("kind", flat=True))
    assert kinds == {kind.value for kind in ColumnKind}


def test_the_reports_since_2014_have_no_gap_and_were_closed(demo: Demo) -> None:
    titles = ItemPage.objects.child_of(ColumnPage.objects.get(slug="nb")).values_list("title")
    years = sorted(int(title[6:10]) for (title,) in titles)
    assert years == list(range(2014, years[-1] + 1)) and years[-1] >= 2025
    closed = AnnualReport.objects.filter(state=AnnualReport.State.FROZEN)
    assert closed.count() == len(years) - 1


def test_something_waits_for_a_decision(demo: Demo) -> None:
    assert set(Placement.objects.values_list("state", flat=True)) == {"agreed", "asked"}
    assert set(ValidityProposal.objects.values_list("state", flat=True)) == {"declined", "open"}


def test_the_inspection_finds_only_what_is_meant(demo: Demo) -> None:
    out = io.StringIO()
    with contextlib.suppress(CommandError, SystemExit):  # exit 1: found something
        call_command("inspect", stdout=out)
    found = {i["id"] for i in json.loads(out.getvalue())["indicators"] if i["found"]}
    assert found == {"messages", "annual_reports"}
