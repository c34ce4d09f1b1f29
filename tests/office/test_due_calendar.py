"""The due days of open cases as a calendar that any program reads."""

from __future__ import annotations

from test_cases import application, do, enquiry

from gongkai import clock
from gongkai.ledger.models import Entry
from gongkai.office.cases.calendar import calendar_of

ADDRESS = "/desk/cases/due.ics?tab=all"


def test_it_works(b, as_user) -> None:
    case, office = application(b), as_user(b.information_office)
    do(office, case, "register", received_on="2026-03-02")
    case.refresh_from_db()
    answer = office.get(ADDRESS)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert f"DTSTART;VALUE=DATE:{case.due_on:%Y%m%d}" in lines
    assert f"SUMMARY:{case.number} 答复期限" in lines
    assert "欧阳示例" not in answer.content.decode()
    assert Entry.objects.filter(verb="cases.exported").exists()


def test_only_what_is_due_and_what_one_may_read(b, as_user) -> None:
    case = application(b)  # not registered: nothing runs yet
    assert case.number not in as_user(b.information_office).get(ADDRESS).content.decode()
    do(as_user(b.information_office), case, "register", received_on="2026-03-02")
    assert case.number not in as_user(b.liaison).get(ADDRESS).content.decode()


def test_lines_are_folded_and_signs_are_guarded(b) -> None:
    case = enquiry(b)
    case.title = "长标题，" * 40 + "a;b,c\\d"
    case.due_on = clock.today()
    text = calendar_of([case])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert "a\\;b\\,c\\\\d" in whole and "长标题，" * 40 in whole
