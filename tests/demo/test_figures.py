"""The figures of 2014 on the demo bureau, every one counted from records of real actions."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from gongkai.agencies.models import Agency
from gongkai.catalogue.models import ItemPage
from gongkai.catalogue.queries import unreviewed_live_pages
from gongkai.reporting.queries import figures, rows_behind
from tests.demo.conftest import Demo

EXPECTED = {
    "sites": 2, "sections": 4, "service_columns": 15, "rules": 5,
    "enquiries": {"received": 14, "answered": 14},
    "complaints": {"received": 14, "handled": 14}, "answer_rate": 100.0,
    "applications": 0, "reconsiderations": 0, "litigations": 0,
    "computers": {
        "total": 142, "internal_information": 20, "standalone": 2, "intranet": 3,
        "labelled": 142, "with_custodian": 142,
    },
    "printers": {"laser": 10, "inkjet": 30}, "software": {"sets": 60},
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(demo: Demo) -> Agency:
    return Agency.objects.get(code="sfj")


def test_the_year_2014_adds_up_to_the_report(agency: Agency) -> None:
    counted = figures(agency, 2014)
    assert {key: counted[key] for key in EXPECTED} == EXPECTED


def test_the_command_prints_the_same_figures(demo: Demo) -> None:
    out = io.StringIO()
    call_command("report", "figures", "--year", "2014", stdout=out)
    printed = json.loads(out.getvalue())
    assert {key: printed[key] for key in EXPECTED} == EXPECTED


def test_each_figure_opens_as_many_rows_as_it_says(agency: Agency) -> None:
    for key, many in {
        "service_columns": 15, "rules": 5, "enquiries.received": 14, "complaints.handled": 14,
        "computers.total": 142, "printers.inkjet": 30,
    }.items():  # fmt: skip
        assert len(rows_behind(key, agency, 2014)) == many, key


def test_nothing_is_public_that_was_not_reviewed(demo: Demo) -> None:
    assert unreviewed_live_pages() == []
    assert ItemPage.objects.filter(live=True, released_at__year=2014).count() >= 40
    assert ItemPage.objects.filter(live=True, released_at__year__gt=2014).count() >= 50
