from __future__ import annotations

import pytest
from carrying import NOW, OPENED
from people import Bureau, small_bureau

from gongkai import clock
from gongkai.catalogue.actions import create_column, found_site
from gongkai.catalogue.models import ColumnPage


@pytest.fixture(autouse=True)
def _day():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def bureau(db) -> Bureau:
    return small_bureau()


@pytest.fixture
def news(bureau: Bureau) -> ColumnPage:
    """信息公开 / 工作动态; whether the columns are public does not matter here."""
    home = found_site(
        bureau.agency, bureau.office, by=bureau.information_office, name="临江市司法局",
        code="portal", hostname="sfj.example.cn", port=80, default=True,
        profile={"kind": "portal", "host_unit": "临江市司法局"},
    )  # fmt: skip
    office = {"by": bureau.information_office, "unit": bureau.office}
    section = create_column(home, title="信息公开", kind="section", slug="xxgk", **office)
    return create_column(section, title="工作动态", kind="news", slug="gzdt", **office)


@pytest.fixture(autouse=True)
def _second_office(bureau: Bureau) -> None:
    from people import person

    from gongkai.agencies.actions import appoint
    from gongkai.agencies.rules import Role

    bureau.people["second_office"] = person("sfj-second", "信二")
    appoint(bureau.second_office, bureau.office, Role.INFORMATION_OFFICE, start=OPENED)
