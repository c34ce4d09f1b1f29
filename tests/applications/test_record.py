"""Whatever is done to an application is on record; what the law forbids no door lets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from acts import on_record
from applying import (
    ASKER,
    FORM,
    MONDAY,
    answered,
    approve,
    draft,
    on,
    registered,
    routed,
    send,
    submit,
)
from people import Bureau

from gongkai.applications import actions, letters
from gongkai.applications.letters.making import mark_dispatched
from gongkai.applications.queries import current_reply
from gongkai.cases.actions import append, refold
from gongkai.cases.models import Case
from gongkai.cases.rules import Act, Channel, Kind
from gongkai.enquiries import actions as enquiries
from gongkai.files.actions import store
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused

UNTIL = date(2026, 3, 25)


def _rectifying(b: Bureau) -> Case:
    case = routed(b)
    actions.ask_rectification(case, by=b.information_office, what="名称", until=UNTIL)
    return case


def _consulting(b: Bureau) -> Case:
    case = routed(b)
    actions.start_consultation(case, by=b.liaison)
    return case


def _later(day: date, act: Callable[[], object]) -> None:
    with on(day):
        act()


def _silent(b: Bureau) -> Callable[[], object]:
    case = _consulting(b)
    actions.note_consultation_received(case, 1, by=b.liaison, day=MONDAY)
    return lambda: _later(date(2026, 4, 20), lambda: actions.end_silent_consultations(b.agency))


def _objected(b: Bureau) -> Callable[[], object]:
    """A reply that gives out what a third party does not want given out."""
    case = _consulting(b)
    actions.end_consultation(case, 1, by=b.liaison, opinion="objected")
    approve(b, draft(b, case))
    return lambda: actions.overrule_objection(
        case, 1, by=b.information_office, reason="涉及公共安全"
    )


def _message(b: Bureau) -> Case:
    """An enquiry that waits for routing and asks for a document."""
    told = {"channel": Channel.ONLINE, "title": "公证收费", "text": "请依照条例公开收费标准文件。"}
    case = enquiries.submit(b.agency, Kind.ENQUIRY, person=ASKER, **told).case
    enquiries.register(case, by=b.information_office)
    return case


def _reasoned(b: Bureau, act: str) -> Callable[[], object]:
    """Reasons that were asked for; for the later day, also given."""
    case, office = routed(b), b.information_office
    actions.ask_reasons(case, by=office, why="本月26件", until=UNTIL)
    given = {"by": office, "text": "用于课题研究", "reasonable": True}
    if act == "receive_reasons":
        return lambda: actions.receive_reasons(case, **given)
    actions.receive_reasons(case, **given)
    until = date(2026, 5, 8)
    return lambda: actions.delay_reply(case, by=office, until=until, reason="件数较多")


FEE = {"way": "pages", "units": 68, "pay_how": "在财务窗口缴纳"}


def _fee(b: Bureau, act: str) -> Callable[[], object]:
    """An act on a fee that is awaited; the one of its lapse long after the notice came."""
    case, office = routed(b), b.information_office
    actions.charge_fee(case, by=office, **FEE)
    if act == "lapse_fee":
        actions.note_fee_notice_received(case, by=office, day=MONDAY)
        return lambda: _later(date(2026, 4, 20), lambda: actions.lapse_fee(case, by=office))
    how: dict[str, object] = {
        "receive_fee": {"day": MONDAY, "receipt": "0001"},
        "note_fee_notice_received": {"day": MONDAY},
        "cancel_fee": {"reason": "页数有误"},
    }[act]
    return lambda: getattr(actions, act)(case, by=office, **how)


def _ready(b: Bureau, act: str) -> Callable[[], object]:
    """The act ``act``, ready to be done, on a case that has come that far."""
    office, reason = b.information_office, {"reason": "需要再核对"}
    match act:
        case "submit":
            return lambda: submit(b)
        case "register":
            case_ = submit(b).case
            return lambda: actions.register(case_, by=office)
        case "withdraw":
            opened = submit(b)
            return lambda: actions.withdraw(opened.case, code=opened.code)
        case "end_silent_consultations":
            return _silent(b)
        case "decide_remedy":
            remedy = actions.file_remedy(answered(b), by=office, kind="suit", filed_on=MONDAY)
            facts = {"result": "upheld", "decided_on": MONDAY}
            return lambda: actions.decide_remedy(remedy, by=office, **facts)
        case "note_remedy_copy" | "answer_remedy":
            remedy = actions.file_remedy(answered(b), by=office, kind="suit", filed_on=MONDAY)
            if act == "note_remedy_copy":
                return lambda: actions.note_remedy_copy(remedy, by=office, copy_on=MONDAY)
            actions.note_remedy_copy(remedy, by=office, copy_on=MONDAY)
            facts = {"answered_on": MONDAY, "proof": "收件回执"}
            return lambda: actions.answer_remedy(remedy, by=office, **facts)
        case "abandon":
            case_ = _rectifying(b)
            return lambda: _later(date(2026, 4, 1), lambda: actions.abandon(case_, by=office))
        case "overrule_objection":
            return _objected(b)
        case "receive_fee" | "cancel_fee" | "note_fee_notice_received" | "lapse_fee":
            return _fee(b, act)
        case "receive_reasons" | "delay_reply":
            return _reasoned(b, act)
        case "decide_correction":
            case_ = routed(b, request="correction", files=[store(b"%PDF-1.4 1", "证据.pdf")])
            facts = {"result": "corrected", "text": "执业证号已更正。"}
            return lambda: actions.decide_correction(case_, by=office, **facts)
        case "merge":
            first, second = routed(b), routed(b)
            return lambda: actions.merge(second, first, by=office, **reason)
        case "take_over":
            message = _message(b)
            return lambda: actions.take_over(message, by=office, **reason)
    start, how = {
        "decide_proactive": (answered, {"by": office, "publish": False, **reason}),
        "look_again": (
            lambda b: answered(b, outcome="D5", grounds=["internal_affairs"], text="后勤管理"),
            {"by": office, "keep": True, **reason},
        ),
        "ask_reasons": (routed, {"by": office, "why": "本月26件", "until": UNTIL}),
        "split": (routed, {"by": office, "parts": ["2024年公证服务收费标准"]}),
        "refer": (routed, {"by": office, "to": "TS-2026-0001", **reason}),
        "charge_fee": (routed, FEE | {"by": office}),
        "ask_rectification": (routed, {"by": office, "what": "名称", "until": UNTIL}),
        "receive_rectification": (_rectifying, {"by": office, "text": "2025年"}),
        "start_consultation": (routed, {"by": b.liaison}),
        "note_consultation_received": (_consulting, {"ref": 1, "by": b.liaison, "day": MONDAY}),
        "end_consultation": (_consulting, {"ref": 1, "by": b.liaison}),
        "extend": (routed, {"by": office, "days": 5, **reason}),
        "draft_reply": (routed, {"by": b.liaison, "outcome": "G1", "text": "附后。"}),
        "collate": (lambda b: draft(b, routed(b)), {"by": office}),
        "redraft": (lambda b: draft(b, routed(b)), {"by": office, **reason}),
        "approve": (_collated, {"by": b.leader}),
        "refuse": (_collated, {"by": b.leader, **reason}),
        "dispatch": (
            lambda b: approve(b, draft(b, routed(b))),
            {"by": office, "how": "direct", "proof": "签收单"},
        ),
        "file_remedy": (answered, {"by": office, "kind": "suit", "filed_on": MONDAY}),
    }[act]
    ready = start(b)
    return lambda: getattr(actions, act)(ready, **how)


def _collated(b: Bureau) -> Case:
    case = draft(b, routed(b))
    actions.collate(case, by=b.information_office)
    return case


# The last needs a site: it is tried with what follows the reply.
ELSEWHERE = {"remind", "route", "send_back", "note_published"}
OWN = [name for name in actions.__all__ if name not in ELSEWHERE]


@pytest.mark.parametrize("act", OWN)
def test_every_act_is_on_record(b: Bureau, act: str) -> None:
    do = _ready(b, act)
    last = Entry.objects.count()
    with on_record() as written:
        do()
    assert "cases_event" in written
    told = [entry.as_record() for entry in Entry.objects.filter(seq__gt=last)]
    assert FORM["text"] not in str(told)


def test_letters_are_on_record_too(b: Bureau) -> None:
    letter = registered(b).letters.get()
    with on_record():
        mark_dispatched(letter, how="post", proof="XA0011", by=b.information_office)
    last = Entry.objects.count()
    letters.addressed_copy(letter, by=b.information_office, reason="寄送回执")
    assert [e.verb for e in Entry.objects.filter(seq__gt=last)] == ["identity.opened"]


@pytest.mark.parametrize(("kind", "data"), [
    ("extended", {"days": 21}), ("extended", {"days": 0}), ("consult_ended", {"ref": 1}),
    ("organ_consult_reached", {"ref": 7}), (Act.DISPATCHED, {"outcome": "G1"}),
    (Act.REGISTERED, {"received_on": "2026-03-01", "arrived": "2026-03-01"}),
    ("no_such_act", {}),
])  # fmt: skip
def test_no_door_lets_in_what_is_forbidden(b: Bureau, kind: str, data: dict) -> None:
    case = routed(b)
    before = case.events.count()
    with pytest.raises(Refused):
        append(case, kind, by=b.information_office, data=data)
    assert case.events.count() == before


def test_the_stored_fold_is_the_fold_of_the_events(b: Bureau) -> None:
    answered(b)
    _consulting(b)
    _rectifying(b)
    stored = list(Case.objects.order_by("pk").values())
    for case in Case.objects.all():
        case.stage, case.due_on, case.outcome = "closed", None, "O3"
        case.save()
        refold(case)
    assert list(Case.objects.order_by("pk").values()) == stored


def test_a_reply_sent_back_by_the_leader_cannot_be_sent(b: Bureau) -> None:
    case = _collated(b)
    actions.refuse(case, by=b.leader, reason="请写明页数")
    with pytest.raises(Refused):
        send(b, case)
    assert current_reply(case).sheet.state == "returned"


def test_the_unit_that_had_the_case_an_hour_ago_does_not_draft(b: Bureau) -> None:
    case = routed(b)
    stale = Case.objects.get(pk=case.pk)
    actions.send_back(case, by=b.liaison, reason="不属于本处职责，建议由办公室办理")
    actions.route(case, b.office, by=b.information_office)
    with pytest.raises(NotPermitted):
        actions.draft_reply(stale, by=b.liaison, outcome="G1", text="附后。")
