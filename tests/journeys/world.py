"""Builds the bureau and its site in the data folder of ``GONGKAI_DATA``, through the real actions.

Run as a program of its own: ``python world.py PORT``. Everybody's password is ``PASSWORD``.
"""

from __future__ import annotations

import sys
from datetime import date

# Invented; long enough for the rules of passwords, and nobody's outside this folder.
PASSWORD = "xuni-dengluming-42"
PEOPLE = {
    "editor": ("编", "辑甲"),
    "liaison": ("联", "络甲"),
    "unit_head": ("处", "长甲"),
    "confidentiality": ("保", "密甲"),
    "information_office": ("信", "息甲"),
    "leader": ("局", "长甲"),
    "network_security": ("网", "安甲"),
    "supervisor": ("监", "督甲"),
}
AGENCY = "临江市司法局"
UNIT = "律师管理处"


def build(port: int) -> None:
    """People, a released site, and its columns."""
    from people import Bureau
    from small_site import column, released
    from wagtail.models import Page, Site

    from gongkai.agencies import actions
    from gongkai.agencies.rules import Role
    from gongkai.catalogue.actions import found_site
    from gongkai.catalogue.rules import ColumnKind

    since = date(2010, 1, 1)
    agency = actions.found_agency(
        code="sfj", name=AGENCY, short_name="市司法局", number_prefix="临司",
        index_code="000000001", phone="0000-86000000", address="临江市示例路1号",
    )  # fmt: skip
    office = actions.found_unit(agency, code="bgs", name="办公室", valid_from=since)
    lawyers = actions.found_unit(
        agency, code="lsc", name=UNIT, valid_from=since, duties="指导监督律师工作",
        phone="0000-86000010", address="临江市示例路1号10室", hours="工作日 9:00—17:00",
    )  # fmt: skip
    bureau = Bureau(agency, office, lawyers)
    for role, (family, given) in PEOPLE.items():
        person = actions.add_person(role, family=family, given=given, password=PASSWORD)
        unit = lawyers if role in {"editor", "liaison", "unit_head"} else office
        actions.appoint(person, unit, Role(role), start=since)
        bureau.people[role] = person
    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()
    home = found_site(
        agency, lawyers, by=bureau.editor, name=AGENCY, code="portal", hostname="127.0.0.1",
        port=port, default=True, profile={"kind": "portal", "host_unit": AGENCY},
    )  # fmt: skip
    home = released(home, bureau)
    section = column(home, bureau, "信息公开", ColumnKind.SECTION, slug="xxgk")
    column(section, bureau, "工作动态", ColumnKind.NEWS, slug="gzdt")
    column(section, bureau, "政策文件", ColumnKind.POLICY, slug="zcwj", review_level="leader")
    column(section, bureau, "年度报告", ColumnKind.REPORTS, slug="ndbg")
    column(section, bureau, "机构职能", ColumnKind.CONTACTS, slug="jgzn")


if __name__ == "__main__":
    import django

    django.setup()
    build(int(sys.argv[1]))
