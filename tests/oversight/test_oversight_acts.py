from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from acts import found_off_the_record, on_record, verbs
from django.db import DatabaseError, transaction
from people import Bureau, person, small_bureau

from gongkai import clock
from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Post
from gongkai.agencies.rules import Role
from gongkai.clock import SHANGHAI
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import live_fault
from gongkai.outbox.queries import on_desk_of
from gongkai.oversight import actions, queries
from gongkai.oversight.actions import Taken, assessing, findings, organising, suggestions
from gongkai.oversight.models import Finding, FindingEvent, Suggestion
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.models import Sheet

pytestmark = pytest.mark.django_db

TODAY = date(2014, 6, 16)
DUE = date(2014, 6, 30)
FIVE = {
    "disclosure": "政务信息公开制度",
    "confidentiality": "信息公开保密审查制度",
    "submission": "信息公开材料报送制度",
    "assessment": "信息公开考核评议制度",
    "accountability": "关于违反信息公开工作规定行为责任追究办法",
}


def on(day: date) -> Any:
    return clock.set_to(datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI))


@pytest.fixture(autouse=True)
def _day():
    with on(TODAY):
        yield


@pytest.fixture
def bureau(db) -> Bureau:
    return small_bureau()


def rule(b: Bureau, by: Any = None, **facts: Any) -> Any:
    given = {
        "kind": "disclosure",
        "title": "某制度",
        "adopted_on": TODAY,
        "text": "第一条",
        **facts,
    }
    return actions.adopt_rule(b.agency, by=by or b.information_office, **given)


def finding(b: Bureau, by: Any = None, **facts: Any) -> Finding:
    given = {
        "source": "internal",
        "text": "办事指南缺少电话",
        "unit": b.lawyers,
        "due": DUE,
        **facts,
    }
    return actions.record_finding(b.agency, by=by or b.supervisor, **given)


def answered(b: Bureau) -> Finding:
    found = finding(b)
    actions.answer_finding(found, by=b.liaison, text="已补上")
    return found


def suggestion(b: Bureau, by: Any = None, **facts: Any) -> Suggestion:
    given = {"channel": "新浪微博", "text": "建议公开考试时间", "received": TODAY, **facts}
    return actions.receive_suggestion(b.agency, by=by or b.information_office, **given)


def told(b: Bureau) -> Suggestion:
    return actions.tell_unit(suggestion(b), by=b.information_office, unit=b.lawyers)


def released(b: Bureau, subject: str = "item:000000001/2014-00001") -> Sheet:
    return Sheet.objects.create(
        subject=subject, title="某通知", content_hash="a" * 64, agency=b.agency, unit=b.lawyers,
        drafter=b.editor, path="standard", state=Sheet.State.RELEASED, submitted_at=clock.now(),
    )  # fmt: skip


def audit(b: Bureau, sheet: Sheet, by: Any = None, **facts: Any) -> Any:
    given = {"true": True, "lawful": True, **facts}
    return actions.audit_content(b.agency, by=by or b.supervisor, subject=sheet.subject, **given)


LATE = Taken("及时", 5, "finding:sfj/JD-2014-001", "逾期")


def assessed(b: Bureau, by: Any = None, **facts: Any) -> Any:
    given = {"year": 2014, "unit": b.lawyers, "deductions": [LATE], **facts}
    return actions.assess(b.agency, by=by or b.information_office, **given)


def objected(b: Bureau) -> Any:
    return actions.object_to_assessment(assessed(b), by=b.unit_head, text="已按期")


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


BAD: dict[str, tuple[Callable[[Bureau], Any], str]] = {
    "rule without a text": (lambda b: rule(b, text=""), "请填写制度正文"),
    "rule twice": (lambda b: (rule(b), rule(b)), "已登记且有效"),
    "rule of tomorrow": (lambda b: rule(b, adopted_on=DUE), "不能晚于今天"),
    "rule of no kind": (lambda b: rule(b, kind="x"), "类别填写有误"),
    "title too long": (lambda b: rule(b, title="长" * 151), "名称填写有误"),
    "meeting without minutes": (
        lambda b: actions.record_meeting(
            b.agency, by=b.information_office, on=TODAY, title="会", attendees="全体", minutes=""
        ),
        "纪要填写有误",
    ),
    "nobody trained": (
        lambda b: actions.record_training(
            b.agency, by=b.information_office, on=TODAY, title="训", organiser="市", people=0
        ),
        "至少为 1",
    ),
    "liaison of another unit": (
        lambda b: actions.sign_target_letter(
            b.agency, by=b.information_office, year=2014, unit=b.office, signed_on=TODAY,
            liaison=b.liaison,
        ),
        "不是“办公室”的信息答复联络人",
    ),
    "finding without a text": (lambda b: finding(b, text=" "), "问题填写有误"),
    "due yesterday": (lambda b: finding(b, due=date(2014, 6, 15)), "不能早于今天"),
    "another bureau's unit": (
        lambda b: finding(b, unit=small_bureau("other", "某某区司法局").lawyers),
        "不是本机关",
    ),
    "the public, but where": (
        lambda b: finding(b, b.information_office, source="external"),
        "来源渠道",
    ),
    "accepted unanswered": (
        lambda b: actions.accept_remedy(finding(b), by=b.supervisor),
        "不能复查通过",
    ),
    "answered twice": (
        lambda b: actions.answer_finding(answered(b), by=b.liaison, text="再答"),
        "不能报告整改",
    ),
    "answered with nothing": (
        lambda b: actions.answer_finding(finding(b), by=b.liaison, text=""),
        "请写明怎样整改",
    ),
    "audit of a draft": (
        lambda b: actions.audit_content(
            b.agency, by=b.supervisor, subject="item:none", true=True, lawful=True
        ),
        "现在没有公开",
    ),
    "untrue, and nothing said": (lambda b: audit(b, released(b), true=False), "请写明问题"),
    "decided before told": (
        lambda b: actions.decide_suggestion(
            suggestion(b), by=b.information_office, adopted=True, reason="好"
        ),
        "请先反馈",
    ),
    "decided without a reason": (
        lambda b: actions.decide_suggestion(told(b), by=b.liaison, adopted=False, reason=""),
        "理由",
    ),
    "decided twice": (
        lambda b: [
            actions.decide_suggestion(s, by=b.liaison, adopted=True, reason="好")
            for s in [told(b)] * 2
        ],
        "已有结果",
    ),
    "deduction without a row": (
        lambda b: assessed(b, deductions=[Taken("及时", 5, "", "逾期")]),
        "指明所依据的条目",
    ),
    "assessed twice": (lambda b: (assessed(b), assessed(b)), "已评议"),
    "objection of nothing": (
        lambda b: actions.object_to_assessment(assessed(b), by=b.unit_head, text=""),
        "哪一处扣分",
    ),
    "settled unasked": (
        lambda b: actions.settle_objection(assessed(b), by=b.information_office, outcome="好"),
        "没有待复核",
    ),
    "post of another unit": (
        lambda b: actions.hold_accountable(
            b.agency, by=b.information_office, unit=b.lawyers, ground="迟", decision="通报",
            on=TODAY, post=Post.objects.filter(unit=b.office).first(),
        ),
        "不是“律师管理处”的岗位",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_entries_are_refused_and_told_what_to_do(bureau: Bureau, name: str) -> None:
    act, message = BAD[name]
    with pytest.raises(Refused, match=message):
        act(bureau)


Before = Callable[[Bureau], Any]
Act = Callable[[Bureau, Any, Any], Any]

# For each verb: what must be there before, the act by somebody, and whose duty it is.
ACTS: dict[str, tuple[Before, Act, str]] = {
    "adopt_rule": (lambda b: None, lambda b, x, by: rule(b, by), "information_office"),
    "end_rule": (rule, lambda b, x, by: actions.end_rule(x, by=by, on=TODAY), "information_office"),
    "record_meeting": (
        lambda b: None,
        lambda b, x, by: actions.record_meeting(
            b.agency, by=by, on=TODAY, title="会", attendees="全体", minutes="记"
        ),
        "information_office",
    ),
    "record_training": (
        lambda b: None,
        lambda b, x, by: actions.record_training(
            b.agency, by=by, on=TODAY, title="训", organiser="市", people=1
        ),
        "information_office",
    ),
    "sign_target_letter": (
        lambda b: None,
        lambda b, x, by: actions.sign_target_letter(
            b.agency, by=by, year=2014, unit=b.lawyers, signed_on=TODAY, liaison=b.liaison
        ),
        "information_office",
    ),
    "record_finding": (lambda b: None, lambda b, x, by: finding(b, by), "supervisor"),
    "answer_finding": (
        finding,
        lambda b, x, by: actions.answer_finding(x, by=by, text="已改"),
        "liaison unit_head information_office",
    ),
    "accept_remedy": (
        answered,
        lambda b, x, by: actions.accept_remedy(x, by=by),
        "supervisor",
    ),
    "reopen_finding": (
        answered,
        lambda b, x, by: actions.reopen_finding(x, by=by, text="未改"),
        "supervisor",
    ),
    "audit_content": (released, audit, "supervisor"),
    "receive_suggestion": (
        lambda b: None,
        lambda b, x, by: suggestion(b, by),
        "information_office",
    ),
    "tell_unit": (
        suggestion,
        lambda b, x, by: actions.tell_unit(x, by=by, unit=b.lawyers),
        "information_office",
    ),
    "decide_suggestion": (
        told,
        lambda b, x, by: actions.decide_suggestion(x, by=by, adopted=False, reason="已有"),
        "liaison unit_head information_office",
    ),
    "assess": (lambda b: None, lambda b, x, by: assessed(b, by), "information_office"),
    "object_to_assessment": (
        assessed,
        lambda b, x, by: actions.object_to_assessment(x, by=by, text="已按期"),
        "unit_head liaison information_office",
    ),
    "settle_objection": (
        objected,
        lambda b, x, by: actions.settle_objection(x, by=by, outcome="维持"),
        "information_office",
    ),
    "hold_accountable": (
        lambda b: None,
        lambda b, x, by: actions.hold_accountable(
            b.agency, by=by, unit=b.lawyers, ground="迟报", decision="通报批评", on=TODAY
        ),
        "information_office",
    ),
}
MODULES = (assessing, findings, organising, suggestions)


def test_no_verb_is_left_out() -> None:
    assert set(actions.__all__) - {"Taken"} == set(ACTS)
    assert set().union(*map(verbs, MODULES)) == set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_every_act_is_its_duty_and_on_record(bureau: Bureau, name: str, monkeypatch) -> None:
    before, act, duty = ACTS[name]
    thing, who = before(bureau), bureau.people[duty.split()[0]]
    bureau.people["another unit's liaison"] = stranger = person("stranger", "外处联络")
    appoint(stranger, bureau.office, Role.LIAISON, start=date(2014, 1, 1))
    start = Entry.objects.count()
    for role in bureau.people.keys() - set(duty.split()):
        with pytest.raises(NotPermitted, match="应由"):
            act(bureau, thing, bureau.people[role])
    assert Entry.objects.count() == start
    with monkeypatch.context() as patch:
        patch.setattr(findings, "post_message", lambda **k: None)  # it keeps its own record
        found_off_the_record(patch, MODULES, lambda: act(bureau, deepcopy(thing), who))
    with on_record():
        act(bureau, thing, who)
    entries = Entry.objects.filter(seq__gt=start)
    assert who.username in {entry.actor for entry in entries}
    assert not any("缺少电话" in str(e.data) or "考试时间" in str(e.data) for e in entries)
