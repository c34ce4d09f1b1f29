"""A year of oversight: findings followed, suggestions heard, units assessed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from inspecting import (
    DUE,
    FIVE,
    TODAY,
    answered,
    assessed,
    audit,
    finding,
    objected,
    on,
    released,
    rule,
    suggestion,
    told,
)
from people import Bureau, small_bureau

from gongkai.agencies.actions import appoint
from gongkai.agencies.rules import Role
from gongkai.ledger.queries import live_fault
from gongkai.outbox.queries import on_desk_of
from gongkai.oversight import actions, queries
from gongkai.oversight.models import FindingEvent
from gongkai.refusal import NotPermitted, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day", "bureau")]


def test_the_year_of_the_bureau_is_counted(bureau: Bureau) -> None:
    by = bureau.information_office
    for kind, title in FIVE.items():
        rule(bureau, kind=kind, title=title)
    actions.record_meeting(
        bureau.agency, by=by, on=TODAY, title="信息公开工作会", attendees="各处室", minutes="部署"
    )
    actions.record_training(
        bureau.agency, by=by, on=TODAY, title="信息公开培训", organiser="市政府办公厅", people=2
    )
    actions.sign_target_letter(
        bureau.agency,
        by=by,
        year=2014,
        unit=bureau.lawyers,
        signed_on=TODAY,
        liaison=bureau.liaison,
    )
    actions.accept_remedy(answered(bureau), by=bureau.supervisor)
    finding(bureau)
    actions.decide_suggestion(told(bureau), by=bureau.liaison, adopted=True, reason="已公开")
    suggestion(bureau)
    audit(bureau, released(bureau))
    assessed(bureau)
    assert queries.figures(bureau.agency, 2014) == {
        "rules": 5,
        "meetings": 1,
        "trainings": 1,
        "target_letters": 1,
        "findings": {"total": 2, "remedied": 1},
        "suggestions": {"received": 2, "adopted": 1},
        "content_audits": 1,
        "assessments": 1,
        "accountability": 0,
    }
    nothing = queries.figures(bureau.agency, 2013)
    assert nothing["rules"] == 0
    assert nothing["findings"] == {"total": 0, "remedied": 0}
    for key in ("rules", "findings.remedied", "suggestions.adopted"):
        assert queries.rows_behind(key, bureau.agency, 2014).count() == len(
            queries.rows_behind(key, bureau.agency, 2014)
        )
    assert {r.title for r in queries.rows_behind("rules", bureau.agency, 2014)} == set(
        FIVE.values()
    )
    with pytest.raises(Refused, match="没有"):
        queries.rows_behind("rule", bureau.agency, 2014)
    assert live_fault()[1] is None


def test_a_finding_is_followed_until_it_is_remedied(bureau: Bureau) -> None:
    found = finding(bureau)
    assert found.number == "JD-2014-001"
    assert found.found_in == bureau.office
    assert found.state == "open"
    for who in (bureau.liaison, bureau.unit_head):
        [notice] = on_desk_of(who.username)
        assert "JD-2014-001" in notice.subject
        assert "办事指南缺少电话" not in notice.subject
    assert not on_desk_of(bureau.editor.username).exists()
    actions.answer_finding(found, by=bureau.liaison, text="已补上")
    actions.reopen_finding(found, by=bureau.supervisor, text="传真仍缺")
    assert found.state == "open"
    assert on_desk_of(bureau.liaison.username).count() == 2
    actions.answer_finding(found, by=bureau.unit_head, text="传真已补")
    assert list(queries.open_findings(bureau.agency, bureau.lawyers)) == [found]
    actions.accept_remedy(found, by=bureau.supervisor)
    assert found.state == "closed"
    assert not queries.open_findings(bureau.agency).exists()
    assert [e.act for e in found.events.all()] == [
        "opened", "answered", "reopened", "answered", "accepted",
    ]  # fmt: skip


def test_a_past_day_is_counted_as_it_stood(bureau: Bureau) -> None:
    found = answered(bureau)
    with on(date(2014, 7, 1)):
        assert list(queries.overdue_findings(bureau.agency)) == [found]
        actions.accept_remedy(found, by=bureau.supervisor)
        assert not queries.overdue_findings(bureau.agency).exists()
    with on(date(2015, 1, 5)):
        actions.reopen_finding(found, by=bureau.supervisor, text="又缺")
        assert list(queries.open_findings(bureau.agency)) == [found]
        assert queries.figures(bureau.agency, 2014)["findings"]["remedied"] == 1
    assert not queries.remedied(bureau.agency, date(2014, 6, 30)).exists()
    assert list(queries.remedied(bureau.agency, date(2014, 7, 1))) == [found]


def test_events_are_only_added(bureau: Bureau) -> None:
    answered(bureau)
    for change in (
        lambda: FindingEvent.objects.update(act="accepted"),
        lambda: FindingEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert FindingEvent.objects.count() == 2


def test_nobody_accepts_an_own_remedy(bureau: Bureau) -> None:
    found = finding(bureau)
    appoint(bureau.supervisor, bureau.lawyers, Role.LIAISON, start=date(2014, 1, 1))
    actions.answer_finding(found, by=bureau.supervisor, text="自己改了")
    with pytest.raises(Refused, match="不能自己复查"):
        actions.accept_remedy(found, by=bureau.supervisor)


def test_only_the_responsible_unit_answers(bureau: Bureau) -> None:
    found = finding(bureau, unit=bureau.office)
    with pytest.raises(NotPermitted):
        actions.answer_finding(found, by=bureau.liaison, text="不是我处")


def test_the_public_is_heard_through_the_information_office(bureau: Bureau) -> None:
    found = finding(bureau, bureau.information_office, source="external", channel="市政府门户")
    assert found.get_source_display() == "外部监督"
    with pytest.raises(NotPermitted):
        finding(bureau, bureau.supervisor, source="external", channel="市政府门户")


def test_what_is_untrue_becomes_a_finding(bureau: Bureau) -> None:
    sheet = released(bureau)
    looked = audit(bureau, sheet, true=False, result="电话已停用", due=DUE)
    assert looked.finding.unit == bureau.lawyers
    assert looked.finding.subject == sheet.subject
    assert looked.content_hash == sheet.content_hash
    assert queries.figures(bureau.agency, 2014)["findings"]["total"] == 1


def test_numbers_have_no_gaps(bureau: Bureau) -> None:
    for _ in range(2):
        finding(bureau)
    with pytest.raises(Refused):
        finding(bureau, text=" ")
    assert finding(bureau).number == "JD-2014-003"
    with on(date(2015, 1, 5)):
        assert finding(bureau, due=date(2015, 2, 1)).number == "JD-2015-001"
    other = small_bureau("other", "某某区司法局")
    assert finding(other).number == "JD-2014-001"


def test_an_objection_gives_points_back(bureau: Bureau) -> None:
    assessment = objected(bureau)
    assert assessment.score == 95
    actions.settle_objection(
        assessment,
        by=bureau.information_office,
        outcome="属实",
        take_back=assessment.deductions.all(),
    )
    assessment.refresh_from_db()
    assert assessment.score == 100
    assert assessment.deductions.count() == 1, "taken back, still visible"
