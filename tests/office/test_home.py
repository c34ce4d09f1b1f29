"""The first page of the desk and the menus."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from small_site import draft
from test_cases import application, collated, enquiry, routed

from gongkai import clock
from gongkai.applications import actions as applications
from gongkai.clock import SHANGHAI
from gongkai.review.pages import submit_page


def home(client: Any) -> str:
    response = client.get("/desk/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_first_page_tells_the_day_and_what_waits_for_whom(b, as_user):
    fresh_one = enquiry(b, title="待登记的来信")
    drafting = routed(b, title="待拟稿的来信")
    waiting = collated(b)
    office = home(as_user(b.information_office))
    assert "2026-03-02 周一（工作日）" in office
    assert f"/desk/cases/{fresh_one.number}/" in office and "待登记的来信" in office
    assert "待拟稿的来信" not in office
    liaison = home(as_user(b.liaison))
    assert "待拟稿的来信" in liaison and "待登记的来信" not in liaison
    leader = home(as_user(b.leader))
    assert f"/desk/cases/{waiting.number}/" in leader
    assert f"/desk/cases/{drafting.number}/" not in leader
    assert "今天没有待办" in home(as_user(b.network_security))


def test_sheets_wait_beside_cases_for_exactly_those_who_may_decide(site, as_user):
    from gongkai.office.home import sheets_waiting_for
    from gongkai.review.queries import may_decide, waiting_for

    b = site.bureau
    submit_page(draft(site, "座谈会通知"), by=b.editor)
    for person in b.people.values():
        mine = sheets_waiting_for(person)
        assert mine == waiting_for(person)
        assert all(may_decide(person, sheet) for sheet in mine)
    assert "座谈会通知" in home(as_user(b.unit_head))
    assert "座谈会通知" not in home(as_user(b.leader))


def test_a_calendar_that_is_not_entered_is_told_with_how_many_dates_rest_on_it(b, as_user):
    from gongkai.office.home import calendar_warning

    with clock.set_to(datetime(2026, 12, 21, 10, tzinfo=SHANGHAI)):
        case = application(b)
        applications.register(case, by=b.information_office)
        assert case.provisional
        told = calendar_warning(b.information_office, [b.agency], clock.today())
        assert told == "2027 年放假安排尚未录入。1 件的到期日按周末推算，待核。"
        assert "待核" in home(as_user(b.information_office))
    assert calendar_warning(b.nobody, [b.agency], datetime(2026, 3, 2).date()) == ""


def test_a_day_off_is_told_as_such(b):
    from gongkai.office.home import day_in_words

    holiday = datetime(2026, 10, 1).date()
    assert day_in_words([b.agency], holiday).endswith("（非工作日）")


def test_the_first_page_asks_the_database_no_more_for_more_rows(site, as_user):
    b = site.bureau
    office = as_user(b.information_office)

    def add() -> None:
        enquiry(b)
        page = draft(site)
        submit_page(page, by=b.editor)

    add()
    home(office)
    with CaptureQueriesContext(connection) as few:
        home(office)
    head = as_user(b.unit_head)
    with CaptureQueriesContext(connection) as few_head:
        home(head)
    for _ in range(3):
        add()
    with CaptureQueriesContext(connection) as many_head:
        home(head)
    office = as_user(b.information_office)
    home(office)
    with CaptureQueriesContext(connection) as many:
        home(office)
    assert (len(many), len(many_head)) == (len(few), len(few_head))


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("information_office", ["案件", "从 Word 导入", "监督考核", "新媒体"], ["存证台账"]),
        ("network_security", ["设备台账"], ["案件", "监督考核", "从 Word 导入"]),
        ("audit_administrator", ["存证台账"], ["案件", "设备台账"]),
        ("system_administrator", ["机构与人员"], ["案件"]),
    ],
)
def test_the_menu_shows_what_the_post_opens(b, as_user, role, shown, hidden):
    page = home(as_user(b.people[role]))
    menu = page[page.index("wagtail-sidebar-props") :]
    menu = menu.encode().decode("unicode_escape", "ignore") if "\\u" in menu else menu
    for label in shown:
        assert label in menu, label
    for label in hidden:
        assert label not in menu, label
    for foreign in ("What's new", "releases.wagtail.org", "/desk/images/", "/desk/documents/"):
        assert foreign not in page


def test_nobody_enters_without_a_post_or_a_login(b, client):
    assert client.get("/desk/cases/").status_code == 302
    client.force_login(b.nobody)
    assert client.get("/desk/cases/").status_code == 302
