"""Index numbers in an organ's own shape: checked, counted on, never given twice."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import draft, small_site

from gongkai import clock
from gongkai.catalogue import numbering
from gongkai.catalogue.actions import set_index_shape
from gongkai.catalogue.models import ItemPage
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused

SHAPES = [
    "{code}/{year}-{serial:05d}",
    "{code}-GK/{year}{serial:06d}",
    "XX{code}_{year}-{serial:04d}",
]


@pytest.mark.django_db
def test_it_works() -> None:
    site = small_site()
    assert draft(site).index_number == f"000000001/{clock.today().year}-00001"
    shape = set_index_shape(
        site.bureau.agency, "{code}/{year}-{serial:06d}", by=site.bureau.system_administrator
    )
    assert str(shape) == "{code}/{year}-{serial:06d}"
    page = draft(site)
    assert page.index_number == f"000000001/{clock.today().year}-000002"
    assert page.slug == f"{clock.today().year}-000002"
    assert Entry.objects.filter(verb="index.shape_set").count() == 1


@pytest.mark.django_db
def test_only_the_system_administrator_sets_the_shape() -> None:
    site = small_site()
    with pytest.raises(NotPermitted):
        set_index_shape(site.bureau.agency, SHAPES[0], by=site.bureau.information_office)
    with pytest.raises(Refused, match="流水号"):
        set_index_shape(site.bureau.agency, "{code}/{year}", by=site.bureau.system_administrator)


@pytest.mark.django_db
def test_a_number_that_an_import_brought_is_passed_over() -> None:
    site = small_site()
    with clock.set_to(datetime(2015, 6, 1, tzinfo=SHANGHAI)):
        old = draft(site)
        ItemPage.objects.filter(pk=old.pk).update(index_number="000000001/2015-00003", slug="old")
        numbers = [draft(site).index_number for _ in range(2)]
    assert numbers == ["000000001/2015-00002", "000000001/2015-00004"]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{code}/{year}", "流水号"),
        ("{year}-{serial:05d}", "机关代码"),
        ("{code}/{year}-{serial:05d}-{serial:05d}", "各含一次"),
        ("{code}/{year}-{serial}", "只能用"),
        ("{code}/{year}-{serial:03d}", "只能用"),
        ("{code.agency.pk}/{year}-{serial:05d}", "只能用"),
        ("{code}/{year}〔{serial:05d}〕", "数字、字母"),
        ("{code}/{year}/{serial:05d}", "最后一个"),
        ("{code}" + "A" * 25 + "/{year}-{serial:05d}", "超过 40"),
    ],
)
def test_a_shape_that_would_mix_numbers_up_is_refused(template: str, told: str) -> None:
    assert told in numbering.objection_to_shape(template, "000000001")


@given(
    shape=st.sampled_from(SHAPES),
    a=st.tuples(st.sampled_from("AB"), st.integers(2008, 2100), st.integers(1, 9999)),
    b=st.tuples(st.sampled_from("AB"), st.integers(2008, 2100), st.integers(1, 9999)),
)
def test_two_numbers_of_one_shape_never_read_the_same(shape, a, b) -> None:
    assert numbering.objection_to_shape(shape, "000000001") == ""
    if a != b:
        assert numbering.index_number(shape, *a) != numbering.index_number(shape, *b)
