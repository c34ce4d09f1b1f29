from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import approve, column, draft, fresh, item, read_again

from gongkai import clock
from gongkai.catalogue import numbering, rules
from gongkai.catalogue.actions import create_column, create_draft
from gongkai.catalogue.blocks import plain_text
from gongkai.catalogue.models import IndexCounter
from gongkai.catalogue.rules import ColumnKind
from gongkai.clock import SHANGHAI
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.pages import submit_page, withdraw_page


@pytest.fixture
def site(one_small_site):
    return read_again(one_small_site)


@pytest.mark.django_db
def test_it_works(site) -> None:
    page = draft(site)
    assert page.index_number == f"000000001/{clock.today().year}-00001"
    assert page.slug == f"{clock.today().year}-00001"
    assert not page.live


@pytest.mark.django_db
def test_numbers_count_within_a_year_and_are_never_given_twice(site) -> None:
    first = draft(site)
    number = first.index_number
    first.delete()
    assert draft(site).index_number != number
    with clock.set_to(datetime(2014, 3, 1, tzinfo=SHANGHAI)):
        assert draft(site).index_number == "000000001/2014-00001"


@pytest.mark.django_db
def test_a_refused_draft_uses_no_number(site) -> None:
    before = list(IndexCounter.objects.values_list("last", flat=True))
    with pytest.raises(NotPermitted, match="信息编辑"):
        create_draft(site.news, by=site.bureau.supervisor, title="x", unit=site.bureau.lawyers)
    assert list(IndexCounter.objects.values_list("last", flat=True)) == before


@pytest.mark.django_db
def test_an_editor_writes_for_the_own_unit_only(site) -> None:
    with pytest.raises(NotPermitted):
        create_column(
            site.section, by=site.bureau.editor, title="别处栏目", kind="news",
            unit=site.bureau.office,
        )  # fmt: skip


@pytest.mark.django_db
def test_release_time_and_place_never_move(site) -> None:
    from small_site import released

    page = item(site)
    at, place = page.released_at, page.sequence
    page = fresh(page).get_latest_revision_as_object()
    page.summary = "补充概述"
    page = released(page, site.bureau)
    assert (page.released_at, page.sequence, page.summary) == (at, place, "补充概述")


@pytest.mark.django_db
def test_the_hash_sees_every_field_that_people_read(site) -> None:
    page = draft(site)
    changes = {
        "title": "另一标题", "document_number": "临司发〔2026〕1号", "summary": "概述",
        "source": "来源", "keywords": "词", "validity": "valid", "signed_on": date(2026, 1, 2),
        "theme": "其他", "body": [("heading", "另一段")], "attribute": "withheld",
    }  # fmt: skip
    seen = {page.content_hash()}
    for name, value in changes.items():
        changed = fresh(page)
        setattr(changed, name, value)
        assert changed.content_hash() not in seen, name
        seen.add(changed.content_hash())


@pytest.mark.django_db
def test_the_hash_is_the_same_in_the_revision_and_in_the_row(site) -> None:
    page = draft(
        site,
        body=[
            ("text", "<p>甲</p>"),
            ("table", {"caption": "表", "rows": [["一", "二"], ["3", ""]]}),
        ],
    )
    revision = page.save_revision()
    assert revision.as_object().content_hash() == fresh(page).content_hash()


@pytest.mark.django_db
def test_what_is_not_proactive_names_its_ground(site) -> None:
    from gongkai.review.pages import submit_page

    page = draft(site, attribute="withheld")
    with pytest.raises(Refused, match="理由和依据"):
        submit_page(page, by=site.bureau.editor)


@pytest.mark.django_db
def test_the_body_reads_as_people_read_it(site) -> None:
    page = draft(
        site,
        body=[
            ("heading", "一、总则"),
            ("text", "<p>第一段。</p><p>第二段。</p>"),
            ("table", {"caption": "附表", "rows": [["姓名", "电话"], ["甲", "乙"]]}),
        ],
    )
    assert plain_text(page.body).split("\n") == [
        "一、总则", "第一段。", "第二段。", "", "附表", "姓名\t电话", "甲\t乙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"signed_on": date(2026, 2, 2), "released_on": date(2026, 1, 1)}, "signed_on"),
        (
            {"document_number": "示司发〔2013〕3号", "signed_on": date(2014, 1, 1)},
            "document_number",
        ),
        ({"document_number": "示司发〔2014〕3号"}, "validity"),
    ],
)
def test_contradictions_are_said_beside_their_field(facts, field: str) -> None:
    told = {
        "signed_on": None, "released_on": date(2026, 1, 1), "document_number": "", "validity": "",
        **facts,
    }  # fmt: skip
    assert field in rules.objections(**told)


@given(sequence=st.integers(1, 100_000))
def test_a_place_lies_on_its_numbered_page(sequence: int) -> None:
    page = rules.numbered_page_of(sequence)
    assert (page - 1) * rules.PAGE_SIZE < sequence <= page * rules.PAGE_SIZE


@given(serial=st.integers(1, 99_999), year=st.integers(2008, 2100))
def test_an_index_number_has_the_national_shape(serial: int, year: int) -> None:
    import re

    number = numbering.index_number(numbering.NATIONAL, "000014349", year, serial)
    assert re.fullmatch(r"[0-9A-Z]{8}[0-9X]/\d{4}-\d{5}", number)
    assert len(number) == 20


@pytest.mark.parametrize("serial", [0, 100_000])
def test_a_serial_that_does_not_fit_is_refused(serial: int) -> None:
    with pytest.raises(ValueError, match="5 digits"):
        numbering.index_number(numbering.NATIONAL, "000014349", 2026, serial)


@pytest.mark.django_db
def test_an_item_that_moved_gets_a_place_of_its_own_in_the_other_column(site) -> None:
    b = site.bureau
    other = column(site.section, b, "通知公告", ColumnKind.NOTICE, slug="tzgg")
    there, page = item(site, "第一件通知", into=other), item(site, "第一件动态")
    assert there.sequence == page.sequence == 1
    withdraw_page(page, by=b.information_office, reason="放错了栏目")
    fresh(page).move(other, pos="last-child")
    moved = fresh(page).get_latest_revision_as_object()
    moved.title = "第二件通知"
    submit_page(moved, by=b.editor)
    again = approve(approve(fresh(page), b.unit_head), b.information_office)
    assert again.live and again.sequence == 2
    assert again.released_at == page.released_at
