"""An application from the form to the reply, under both Regulations, by the real actions."""

from __future__ import annotations

import io
from datetime import date

import pytest
from applying import (
    ASKER,
    FORM,
    IN_2014,
    MONDAY,
    answered,
    approve,
    draft,
    on,
    registered,
    routed,
    send,
    submit,
)  # fmt: skip
from docx import Document
from people import Bureau

from gongkai.applications import actions, letters
from gongkai.applications.models import Application, Reply
from gongkai.applications.queries import current_reply, released_reply
from gongkai.cases.models import Case, Letter
from gongkai.cases.queries import clock_of
from gongkai.cases.rules import Channel, Stage
from gongkai.files.models import StoredFile
from gongkai.ledger.models import Entry
from gongkai.ledger.queries import live_fault
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.actions import decide
from gongkai.review.models import Sheet
from gongkai.review.rules import Verdict


def test_from_form_to_reply_under_the_law_of_2019(b: Bureau) -> None:
    case = registered(b)
    assert (case.number, case.received_on) == ("SQ-2026-0001", MONDAY)
    # 20 working days after Monday 2 March: 3-6=4, 9-13=9, 16-20=14, 23-27=19, 30=20.
    assert case.due_on == date(2026, 3, 30) and not case.provisional
    assert any("条例（2019）第33条第2款" in line for line in clock_of(case).trace)
    with on(date(2026, 3, 3)):
        actions.route(case, b.lawyers, by=b.information_office)
    with on(date(2026, 3, 10)):
        draft(b, case)
    with on(date(2026, 3, 11)):
        approve(b, case)
    with on(date(2026, 3, 12)):
        send(b, case, how="post", proof="EMS 1234567890", day=date(2026, 3, 12))
    assert (case.stage, case.outcome, case.answered_on) == ("answered", "G1", date(2026, 3, 12))
    assert current_reply(case).sheet.state == Sheet.State.RELEASED
    letter = current_reply(case).letter
    assert letter.number == "临司公复〔2026〕1号-答"
    assert (letter.dispatched_how, letter.proof) == ("post", "EMS 1234567890")
    assert live_fault()[1] is None


def test_from_form_to_reply_under_the_law_of_2007(b: Bureau) -> None:
    with on(IN_2014):
        person = ASKER.__class__(name="欧阳示例", phone="13800001234", applicant_class="nat")
        case = answered(b, routed(b, person=person))
    assert case.number == "SQ-2014-0001"
    # 15 working days after Monday 3 March 2014: 4-7=4, 10-14=9, 17-21=14, 24=15.
    assert case.due_on == date(2014, 3, 24)
    letter = current_reply(case).letter
    assert "第二十一条第（一）项" in letter.text and "60日内" in letter.text
    assert "3个月内" in letter.text and "6个月" not in letter.text


def test_the_proof_of_dispatch_stops_the_clock_not_the_day_of_the_entry(b: Bureau) -> None:
    case = approve(b, draft(b, routed(b)))
    with on(date(2026, 4, 2)):
        send(b, case, how="post", proof="挂号 XA00112233", day=date(2026, 3, 30))
    assert case.answered_on == date(2026, 3, 30)


@pytest.mark.parametrize("facts", [
    {"proof": " "}, {"day": date(2026, 2, 27)}, {"day": date(2026, 3, 3)}, {"how": "pigeon"},
])  # fmt: skip
def test_dispatch_without_proof_or_on_an_impossible_day_is_refused(b: Bureau, facts: dict) -> None:
    case = approve(b, draft(b, routed(b)))
    with pytest.raises(Refused):
        send(b, case, **facts)
    case.refresh_from_db()
    assert case.stage == Stage.APPROVED and case.answered_on is None


def test_nothing_leaves_before_two_others_agreed(b: Bureau) -> None:
    case = draft(b, routed(b))
    with pytest.raises(Refused):
        send(b, case)
    actions.collate(case, by=b.information_office)
    with pytest.raises(Refused):
        send(b, case)
    with pytest.raises(NotPermitted):
        actions.approve(case, by=b.information_office)
    assert case.stage == Stage.COLLATED


def test_one_person_in_two_posts_cannot_be_both_hands(b: Bureau) -> None:
    from gongkai.agencies.actions import appoint
    from gongkai.agencies.rules import Role

    appoint(b.liaison, b.office, Role.INFORMATION_OFFICE, start=date(2026, 1, 1))
    appoint(b.information_office, b.office, Role.LEADER, start=date(2026, 1, 1))
    case = draft(b, routed(b))
    with pytest.raises(Refused, match="起草人"):
        actions.collate(case, by=b.liaison)
    actions.collate(case, by=b.information_office)
    with pytest.raises(Refused, match="另一人"):
        actions.approve(case, by=b.information_office)


def test_a_letter_altered_after_the_approval_does_not_leave(b: Bureau) -> None:
    case = approve(b, draft(b, routed(b)))
    Letter.objects.filter(case=case, kind="reply").update(text="改过的答复")
    with pytest.raises(Refused, match="不一致"):
        send(b, case)
    Letter.objects.filter(case=case, kind="reply").update(text=current_reply(case).letter.text)
    Reply.objects.filter(case=case).update(text="改过")
    with pytest.raises(Refused, match="不一致"):
        send(b, case)


def test_a_returned_draft_comes_back_changed_and_keeps_its_number(b: Bureau) -> None:
    case = draft(b, routed(b))
    number = current_reply(case).letter.number
    actions.redraft(case, by=b.information_office, reason="请附上文件名称")
    assert case.stage == Stage.ROUTED
    draft(b, case, text="《公证服务收费标准》随函附上，共三页。")
    actions.collate(case, by=b.information_office)
    actions.refuse(case, by=b.leader, reason="请写明页数")
    assert case.stage == Stage.DRAFTED
    actions.redraft(case, by=b.information_office, reason="请写明页数")
    answered(b, case, text="《公证服务收费标准》随函附上，共四页。")
    assert current_reply(case).letter.number == number
    assert case.letters.filter(kind="reply").count() == 1
    assert list(case.replies.values_list("version", flat=True)) == [3, 2, 1]
    states = Sheet.objects.filter(subject=case.subject).values_list("state", flat=True)
    assert sorted(states) == ["released", "returned", "returned"]


def test_the_reply_letter_stays_private_and_names_nobody(b: Bureau) -> None:
    case = answered(b)
    letter = current_reply(case).letter
    assert letter.file.state == StoredFile.State.PRIVATE
    assert ASKER.name not in letter.text
    words = [p.text for p in Document(io.BytesIO(letter.file.read())).paragraphs]
    assert f"申请人（{case.number}）：" in words and ASKER.name not in "".join(words)
    told = str([entry.as_record() for entry in Entry.objects.all()])
    assert ASKER.name not in told and ASKER.identity not in told and ASKER.phone not in told


def test_the_copy_that_goes_out_carries_the_name_and_the_look_is_on_record(b: Bureau) -> None:
    case = answered(b)
    content = letters.addressed_copy(
        current_reply(case).letter, by=b.information_office, reason="寄送答复书"
    )
    texts = [p.text for p in Document(io.BytesIO(content)).paragraphs]
    assert f"{ASKER.name}：" in texts
    assert Entry.objects.filter(verb="identity.opened", subject=case.subject).count() == 1
    with pytest.raises(NotPermitted):
        letters.addressed_copy(current_reply(case).letter, by=b.liaison, reason="看看")


def test_a_sheet_decided_on_the_reviewers_own_screen_does_not_block_the_case(b: Bureau) -> None:
    case = draft(b, routed(b))
    sheet = current_reply(case).sheet
    decide(sheet, Verdict.APPROVE, by=b.information_office)
    decide(sheet, Verdict.APPROVE, by=b.leader)
    assert case.stage == Stage.DRAFTED
    send(b, approve(b, case))
    assert case.stage == Stage.ANSWERED


def test_only_what_went_out_is_the_reply(b: Bureau) -> None:
    opened = submit(b)
    case = opened.case
    actions.register(case, by=b.information_office)
    actions.route(case, b.lawyers, by=b.information_office)
    draft(b, case)
    actions.withdraw(case, code=opened.code)
    assert case.answered_on == MONDAY and released_reply(case) is None
    other = answered(b)
    assert released_reply(other) == current_reply(other)


def test_a_form_sent_twice_is_one_application(b: Bureau) -> None:
    first = submit(b, submission_key="the-key-of-one-form")
    again = submit(b, submission_key="the-key-of-one-form")
    assert (again.again, again.case, again.code) == (True, first.case, first.code)
    assert Case.objects.count() == Application.objects.count() == 1


def test_the_applicant_takes_it_back_with_the_code_only(b: Bureau) -> None:
    opened = submit(b)
    case = opened.case
    actions.register(case, by=b.information_office)
    with pytest.raises(Refused, match="查询码"):
        actions.withdraw(case, code="0000-0000-0000-0000")
    with on(date(2026, 3, 5)):
        actions.withdraw(case, code=opened.code)
    assert (case.stage, case.outcome, case.answered_on) == ("closed", "O3", date(2026, 3, 5))


def test_paper_is_entered_by_the_office_only(b: Bureau) -> None:
    with pytest.raises(Refused, match="信息办"):
        submit(b, Channel.IN_PERSON)
    with pytest.raises(NotPermitted):
        submit(b, Channel.IN_PERSON, by=b.liaison)
    case = submit(b, Channel.IN_PERSON, by=b.information_office).case
    assert case.channel == "in_person"


@pytest.mark.parametrize(("channel", "told", "received"), [
    (Channel.IN_PERSON, None, date(2026, 2, 27)),
    (Channel.REGISTERED_MAIL, date(2026, 2, 27), date(2026, 2, 27)),
    (Channel.REGISTERED_MAIL, date(2026, 3, 2), None),
    (Channel.ORDINARY_MAIL, date(2026, 3, 2), date(2026, 3, 2)),
    (Channel.ORDINARY_MAIL, date(2026, 2, 28), date(2026, 2, 28)),
    (Channel.FAX, None, date(2026, 3, 2)),
    (Channel.FAX, date(2026, 2, 26), None),
    (Channel.EMAIL, date(2026, 3, 3), None),
])  # fmt: skip
def test_the_way_in_makes_the_day_of_receipt(
    b: Bureau, channel: Channel, told: date | None, received: date | None
) -> None:
    case = submit(b, channel, arrived_on=date(2026, 2, 27), by=b.information_office).case
    if received is None:
        with pytest.raises(Refused) as refused:
            actions.register(case, by=b.information_office, received_on=told)
        assert refused.value.field == "received_on"
    else:
        actions.register(case, by=b.information_office, received_on=told)
        assert case.received_on == received


def test_online_the_house_works_to_the_day_of_submission(b: Bureau) -> None:
    case = submit(b).case
    with on(date(2026, 3, 5)):
        actions.register(case, by=b.information_office)
    assert case.received_on == date(2026, 3, 5)
    assert case.due_on == date(2026, 4, 2) and case.safe_on == date(2026, 3, 30)


def test_every_event_has_its_ledger_entry(b: Bureau) -> None:
    case = answered(b)
    told = Entry.objects.filter(subject=case.subject, verb__startswith="case.")
    kinds = [f"case.{kind}" for kind in case.events.order_by("seq").values_list("kind", flat=True)]
    assert list(told.order_by("seq").values_list("verb", flat=True)) == kinds
    assert kinds[-1] == "case.dispatched" and FORM["title"] not in str(list(told.values("data")))
