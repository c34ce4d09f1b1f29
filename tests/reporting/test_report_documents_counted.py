"""Table 1 and the rows of 2014 that the catalogue fills: documents by their own dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from report_world import NEXT_YEAR, SPRING, YEAR, on
from small_site import SmallSite, fresh, item, small_site

from gongkai.catalogue.models import ItemPage
from gongkai.reporting.queries import cell_rows, count_cells
from gongkai.review.pages import withdraw_page

ROWS = ("规章", "行政规范性文件")


@pytest.fixture
def site(db: None) -> SmallSite:
    with on(date(2023, 5, 8)):
        return small_site()


def document(site: SmallSite, serial: int, signed: date, **facts: Any) -> ItemPage:
    """A released normative document, entered on the day on which it was signed."""
    told = {
        "document_number": f"临司发〔{signed.year}〕{serial}号", "signed_on": signed,
        "validity": "valid", "disclosure_item": "20-1", "genre": "通知", **facts,
    }  # fmt: skip
    with on(signed):
        return item(site, f"临江市公证管理办法之{serial}", into=site.policy, **told)


def table_1(site: SmallSite, year: int) -> dict[str, list[int | None]]:
    """Made, repealed, valid of both rows; every number opens to as many rows."""
    with on(NEXT_YEAR):
        cells = count_cells(site.bureau.agency, year)
        found = {}
        for row in ROWS:
            keys = [(row, column) for column in ("made", "repealed", "valid")]
            found[row] = [cells[f"1.{row}.{column}"] for row, column in keys]
            for name, column in keys:
                rows = cell_rows(site.bureau.agency, year, 1, name, column)
                assert len(rows) == cells[f"1.{name}.{column}"], (name, column)
    return found


def test_documents_count_by_their_own_dates(site: SmallSite) -> None:
    ended = {"validity": "repealed", "valid_to": date(2025, 6, 30)}
    document(site, 1, date(2023, 6, 5))
    document(site, 2, date(2024, 6, 5), **ended)
    document(site, 3, SPRING)
    document(site, 4, SPRING, genre="规章")
    document(site, 5, SPRING, validity="not_yet", valid_from=date(2026, 2, 1))
    assert table_1(site, YEAR) == {"规章": [1, 0, 1], "行政规范性文件": [2, 1, 2]}
    assert table_1(site, 2024) == {"规章": [0, 0, 0], "行政规范性文件": [1, 0, 2]}


def test_what_is_no_document_is_not_counted(site: SmallSite) -> None:
    with on(SPRING):
        item(site, "律师工作座谈会召开")
    known = document(site, 1, SPRING)
    document(site, 2, SPRING, interprets=known)
    document(site, 3, SPRING, disclosure_item="20-7")
    document(site, 4, SPRING, document_number="", validity="valid")
    assert table_1(site, YEAR)["行政规范性文件"] == [1, 0, 1]


def test_one_that_ended_on_an_unknown_day_is_neither_valid_nor_repealed(site: SmallSite) -> None:
    document(site, 1, SPRING, validity="expired")
    assert table_1(site, YEAR)["行政规范性文件"] == [1, 0, 0]


def test_the_form_of_2019_counts_new_and_public_ones(site: SmallSite) -> None:
    with on(date(2020, 5, 6)):
        document(site, 1, date(2020, 5, 6))
        gone = document(site, 2, date(2020, 5, 7))
        withdraw_page(fresh(gone), by=site.bureau.information_office, reason="数字有误")
    with on(NEXT_YEAR):
        cells = count_cells(site.bureau.agency, 2020)
    made, newly, public = (
        cells[f"1.规范性文件.{column}"]
        for column in ("made_this_year", "newly_published", "total_public")
    )
    assert (made, newly, public) == (2, 2, 1)
    assert cells["1.政府集中采购.projects"] is None


def test_the_form_of_2014_counts_items_and_interpretations(site: SmallSite) -> None:
    day = date(2014, 4, 8)
    with on(day):
        item(site, "律师工作座谈会召开")
    known = document(site, 1, day)
    with on(day):
        item(site, "公证管理办法解读", interprets=known)
        found = count_cells(site.bureau.agency, 2014)
        rows = cell_rows(site.bureau.agency, 2014, 1, "proactive", "value")
        earlier = count_cells(site.bureau.agency, 2013)
    assert (found["1.proactive.value"], found["1.by_website.value"], len(rows)) == (3, 3, 3)
    assert (found["1.normative_published.value"], found["1.normative_made.value"]) == (1, 1)
    assert found["1.interpretations.value"] == 1
    assert earlier["1.proactive.value"] == 0
