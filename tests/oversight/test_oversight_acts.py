"""Every act of oversight: bad entries are refused, each is its duty and on record."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from acts import found_off_the_record, on_record, verbs
from inspecting import (
    DUE,
    TODAY,
    answered,
    assessed,
    audit,
    finding,
    objected,
    released,
    rule,
    suggestion,
    told,
)
from people import Bureau, person, small_bureau

from gongkai.agencies.actions import appoint
from gongkai.agencies.models import Post
from gongkai.agencies.rules import Role
from gongkai.ledger.models import Entry
from gongkai.oversight import actions
from gongkai.oversight.actions import (
    Taken,
    assessing,
    findings,
    inspecting,
    organising,
    suggestions,
)
from gongkai.refusal import NotPermitted, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day", "bureau")]


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
# The night's own acts, and the one beside them: test_inspection_runs.
INSPECTION = {"confirm_nothing_happened", "inspect_nightly", "inspect_now", "keep_run"}


def test_no_verb_is_left_out() -> None:
    assert set(actions.__all__) - {"Taken"} - INSPECTION == set(ACTS)
    assert verbs(inspecting) == INSPECTION
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
