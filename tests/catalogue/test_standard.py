"""套用标准目录: the rows that a catalogue lacks become a draft, and nothing public changes."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from small_site import SmallSite, column, fresh, read_again, released

from gongkai.catalogue.actions import apply_standard, shipped_standard
from gongkai.catalogue.elements import STANDARD_COLUMNS
from gongkai.catalogue.models import ItemPage, StandardRow
from gongkai.catalogue.rules import ColumnKind
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused


@pytest.fixture
def site(one_small_site, db):
    return read_again(one_small_site)


@pytest.fixture
def place(site: SmallSite):
    return column(site.section, site.bureau, "标准目录", ColumnKind.STANDARD, slug="bzml")


def test_it_works(site, place) -> None:
    item, count = apply_standard(place, site.bureau.lawyers, by=site.bureau.editor)
    rows = list(item.standard_rows.all())
    assert count == len(rows) == len(shipped_standard().rows) - len(shipped_standard().doubtful)
    assert not item.live
    assert rows[0].cells()[:2] == ("法治宣传教育", "法律知识普及服务")
    assert rows[0].organ == site.bureau.agency.name
    assert "20个工作日" in rows[0].time_limit
    assert Entry.objects.get(verb="standard.applied").subject == item.subject
    page = released(item, site.bureau)
    assert page.live and page.standard_rows.count() == count


def test_a_second_time_only_what_is_missing_is_added_to_the_draft(site, place) -> None:
    b = site.bureau
    item, few = apply_standard(place, b.lawyers, by=b.editor, matters=["律师", "公证"])
    page = released(item, b)
    again, more = apply_standard(place, b.lawyers, by=b.editor)
    assert again.pk == page.pk and ItemPage.objects.child_of(place).count() == 1
    assert page.standard_rows.count() == few, "what is public stays"
    revised = fresh(page).get_latest_revision_as_object().standard_rows.all()
    assert len(revised) == few + more
    assert len({(row.matter, row.part) for row in revised}) == few + more
    with pytest.raises(Refused, match="没有要补的"):
        apply_standard(place, b.lawyers, by=b.editor)
    _, doubtful = apply_standard(place, b.lawyers, by=b.editor, doubtful=True)
    assert doubtful == len(shipped_standard().doubtful)


def test_only_into_a_standard_column_and_by_who_writes(site, place) -> None:
    with pytest.raises(Refused, match="标准目录"):
        apply_standard(site.news, site.bureau.lawyers, by=site.bureau.editor)
    with pytest.raises(NotPermitted):
        apply_standard(place, site.bureau.lawyers, by=site.bureau.supervisor)


def test_the_command_writes_the_draft(site, place) -> None:
    out = io.StringIO()
    told = ["--agency", "sfj", "--unit", "lsc", "--by", site.bureau.editor.username]
    call_command("standard", *told, "--matter", "公证", stdout=out)
    made = json.loads(out.getvalue())
    assert made["rows"] == 1
    assert ItemPage.objects.get(index_number=made["index_number"]).standard_rows.get().matter == (
        "公证"
    )


def test_every_row_fits_the_table_and_names_its_place_once() -> None:
    rows = shipped_standard().rows
    assert len({(row["matter"], row["part"]) for row in rows}) == len(rows) >= 20
    for row in rows:
        assert {*row} == {*STANDARD_COLUMNS} - {"organ"}
        for name, text in row.items():
            longest = StandardRow._meta.get_field(name).max_length
            assert text and (longest is None or len(text) <= longest), row
