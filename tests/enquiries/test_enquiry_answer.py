"""Review, dispatch, publication, rating and clock of a message."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from mailbox_world import ANSWER, MONDAY, Bureau, case_at, on, submitted

from gongkai.cases.actions import append, refold
from gongkai.cases.models import Case
from gongkai.cases.queries import clock_of, waiting_for
from gongkai.cases.rules import Act, Kind, Stage
from gongkai.enquiries import actions, queries
from gongkai.enquiries.models import Answer, Enquiry, Rating
from gongkai.outbox.models import Message
from gongkai.refusal import Refused
from gongkai.review import actions as review
from gongkai.review.models import Sheet
from gongkai.review.rules import Verdict

# -- review --------------------------------------------------------------------------------------


def test_findings_are_settled_before_the_leader_sees_it(b: Bureau) -> None:
    case = case_at(Stage.DRAFTED, b, consent=False)
    text = ANSWER + "如有疑问可找值班员，手机13912345678。"
    collated = actions.collate(case, text, by=b.clerk)
    assert [f.label for f in collated.to_settle] == ["手机号码"]
    assert case.stage == Stage.DRAFTED
    with pytest.raises(Refused, match="刷新页面"):
        actions.approve(case, by=b.leader)
    key = collated.to_settle[0].key
    review.settle(collated.answer.sheet, key, reason="值班公用手机", by=b.clerk)
    assert actions.collate(case, text, by=b.clerk).to_settle, "one person is not two"
    review.settle(collated.answer.sheet, key, reason="值班公用手机", by=b.second_clerk)
    assert actions.collate(case, text, by=b.clerk).to_settle == ()
    assert case.stage == Stage.COLLATED
    assert case.answers.count() == 1


def test_the_review_of_an_answer_ends_before_the_case_is_due(b: Bureau) -> None:
    case = case_at(Stage.DRAFTED, b, consent=False)
    early = actions.collate(case, ANSWER, by=b.clerk).answer.sheet
    assert MONDAY < early.due_on < case.due_on
    late = case_at(Stage.DRAFTED, b, consent=False)
    with on(late.due_on):
        assert actions.collate(late, ANSWER, by=b.clerk).answer.sheet.due_on == late.due_on


def test_a_text_that_was_replaced_waits_on_no_desk(b: Bureau) -> None:
    case = case_at(Stage.DRAFTED, b, consent=False)
    old = actions.collate(case, ANSWER + "手机13912345678。", by=b.clerk).answer.sheet
    actions.collate(case, ANSWER, by=b.clerk)
    old.refresh_from_db()
    assert old.state == Sheet.State.RETURNED


def test_a_redraft_leaves_no_sheet_open(b: Bureau) -> None:
    case = case_at(Stage.DRAFTED, b, consent=False)
    actions.collate(case, ANSWER + "手机13912345678。", by=b.clerk)
    actions.redraft(case, by=b.clerk, reason="不要写手机")
    assert not Sheet.objects.filter(state=Sheet.State.OPEN).exists()


def test_a_leader_who_decided_at_the_review_desk_is_not_asked_twice(b: Bureau) -> None:
    case = case_at(Stage.COLLATED, b)
    review.decide(queries.collated_answer(case).sheet, Verdict.APPROVE, by=b.leader)
    actions.approve(case, by=b.leader)
    actions.dispatch(case, by=b.clerk)
    other = case_at(Stage.COLLATED, b)
    review.decide(queries.collated_answer(other).sheet, Verdict.RETURN, by=b.leader, reason="x")
    with pytest.raises(Refused):
        actions.approve(other, by=b.leader)
    actions.refuse(other, by=b.leader, reason="x")


@pytest.mark.parametrize("field", ["text", "public_answer", "public_question", "public_title"])
@pytest.mark.parametrize("stage", [Stage.COLLATED, Stage.APPROVED, Stage.ANSWERED], ids=str)
def test_a_text_changed_behind_the_review_goes_nowhere(b: Bureau, stage: Stage, field: str) -> None:
    case = case_at(stage, b)
    Answer.objects.filter(case=case).update(**{field: "偷换的内容"})
    if stage == Stage.ANSWERED:
        assert queries.public_answers(b.agency) == []
        assert queries.answer_to_asker(case) is None
        return
    act = actions.approve if stage == Stage.COLLATED else actions.dispatch
    with pytest.raises(Refused, match="不一致"):
        act(case, by=b.leader if stage == Stage.COLLATED else b.clerk)
    assert not Message.objects.exists()


def test_without_the_leader_nothing_leaves(b: Bureau) -> None:
    """Even if an event were forged, the review's release refuses."""
    case = case_at(Stage.COLLATED, b)
    append(
        case, Act.APPROVED, by=b.clerk, data={"hash": queries.collated_answer(case).content_hash}
    )
    with pytest.raises(Refused, match="尚缺"):
        actions.dispatch(case, by=b.clerk)
    assert queries.public_answers(b.agency) == []
    assert case.stage == Stage.APPROVED
    assert not Message.objects.exists()


# -- answer, publication, rating -----------------------------------------------------------------


def test_passed_on_is_no_answer(b: Bureau) -> None:
    case = case_at(Stage.ROUTED, b)
    with pytest.raises(Refused, match="不是答复"):
        actions.draft(case, "您好，您的来信已转市公证处办理，请耐心等待。", by=b.notary_liaison)
    actions.draft(case, ANSWER, by=b.notary_liaison)
    with pytest.raises(Refused, match="不是答复"):
        actions.collate(case, "请咨询市公证处。", by=b.clerk)


def test_without_consent_only_the_asker_reads_it(b: Bureau) -> None:
    case = case_at(Stage.ANSWERED, b, consent=False)
    assert queries.public_answers(b.agency) == []
    answer = queries.answer_to_asker(case)
    assert answer is not None
    assert (answer.public_title, answer.public_question, answer.public_answer) == ("", "", "")
    assert Act.PUBLISHED not in {e.kind for e in case.events.all()}
    with pytest.raises(Refused, match="没有公开"):
        actions.withdraw_public(case, by=b.clerk, reason="有误")


def test_the_public_version_does_not_tell_who_asked(b: Bureau) -> None:
    text = (
        "我叫欧阳娜娜，住示例里七号，电话13800001234，身份证11010519491231002X，"
        "想问公证收费标准在哪里公布？"
    )
    case = case_at(Stage.DRAFTED, b, title="欧阳娜娜问公证收费", text=text)
    actions.collate(
        case, "欧阳娜娜：" + ANSWER, by=b.clerk, public_answer="欧阳娜娜您好。" + ANSWER
    )
    actions.approve(case, by=b.leader)
    actions.dispatch(case, by=b.clerk)
    [public] = queries.public_answers(b.agency)
    shown = public.title + public.question + public.answer
    for secret in ("欧阳娜娜", "示例里七号", "13800001234", "19491231", "11010519491231002X"):
        assert secret not in shown, secret
    assert "想问公证收费标准在哪里公布？" in public.question
    assert public.title == "欧阳某问公证收费"
    answer = queries.answer_to_asker(case)
    assert answer is not None
    assert answer.text.startswith("欧阳娜娜：")


def test_withdrawn_from_the_public_kept_for_the_asker(b: Bureau) -> None:
    case = case_at(Stage.ANSWERED, b)
    with pytest.raises(Refused, match="撤回理由"):
        actions.withdraw_public(case, by=b.clerk, reason=" ")
    assert len(queries.public_answers(b.agency)) == 1
    actions.withdraw_public(case, by=b.clerk, reason="收费标准已调整")
    assert queries.public_answers(b.agency) == []
    assert queries.answer_to_asker(case) is not None
    with pytest.raises(Refused, match="没有公开"):
        actions.withdraw_public(case, by=b.clerk, reason="再撤一次")


def test_public_answers_are_the_newest_of_this_agency(b: Bureau) -> None:
    from mailbox_world import bureau

    other = bureau("other")
    case_at(Stage.ANSWERED, other)
    for days in range(3):
        with on(MONDAY + timedelta(days=days)):
            case_at(Stage.ANSWERED, b)
    assert [a.number for a in queries.public_answers(b.agency, 2)] == [
        "ZX-2026-0003",
        "ZX-2026-0002",
    ]
    assert len(queries.public_answers(other.agency)) == 1


def test_the_asker_is_told_by_mail_without_anything_personal(b: Bureau) -> None:
    case = case_at(Stage.ANSWERED, b)
    [message] = Message.objects.all()
    assert (message.recipient, message.about) == ("asker@example.org", case.subject)
    assert "ZX-2026-0001" in message.subject
    assert "欧阳" not in message.subject + message.body
    assert TEXT_OF_ANSWER not in message.body
    from gongkai.cases.actions import Person

    case_at(Stage.ANSWERED, b, person=Person(name="无邮箱"))
    assert Message.objects.count() == 1


TEXT_OF_ANSWER = ANSWER[:12]


def test_rating_once_by_the_asker_only(b: Bureau) -> None:
    opened = submitted(b)
    case = opened.case
    with pytest.raises(Refused, match="不能办理“评价”"):
        actions.rate(case, opened.code, stars=5)
    case = case_at(Stage.ANSWERED, b)
    with pytest.raises(Refused, match="查询码不正确"):
        actions.rate(case, opened.code, stars=5)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("stars", [0, 6, -1, True, 4.5, "5", None])
def test_stars_are_one_to_five(b: Bureau, stars: object) -> None:
    opened = submitted(b)
    case = opened.case
    actions.register(case, by=b.clerk)
    actions.route(case, b.notaries, by=b.clerk)
    actions.draft(case, ANSWER, by=b.notary_liaison)
    actions.collate(case, ANSWER, by=b.clerk)
    actions.approve(case, by=b.leader)
    actions.dispatch(case, by=b.clerk)
    with pytest.raises(Refused, match="1 到 5 颗星"):
        actions.rate(case, opened.code, stars=stars)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="已写 501 字"):
        actions.rate(case, opened.code, stars=2, comment="慢" * 501)
    actions.rate(case, opened.code.lower(), stars=2, comment="慢")
    assert (case.rating, Rating.objects.get().comment) == (2, "慢")
    with pytest.raises(Refused, match="已经评价过"):
        actions.rate(case, opened.code, stars=5)
    assert "慢" not in str(list(case.events.values_list("data", flat=True)))


# -- the clock -----------------------------------------------------------------------------------


def test_the_clock_starts_with_the_day_of_receipt(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b)
    told = clock_of(case)
    assert (case.due_on, case.safe_on, case.provisional) == (
        date(2026, 3, 9), date(2026, 3, 5), False,
    )  # fmt: skip
    assert (told.due_on, told.safe_on) == (case.due_on, case.safe_on)
    assert "当日不计" in told.trace[0]
    assert "2026-03-05" in told.trace[-1]
    assert case_at(Stage.REGISTERED, b, Kind.COMPLAINT).due_on == date(2026, 3, 23)


def test_before_registration_and_after_the_answer_no_clock_runs(b: Bureau) -> None:
    assert case_at(Stage.SUBMITTED, b).due_on is None
    done = case_at(Stage.ANSWERED, b)
    assert (done.due_on, done.safe_on, clock_of(done).trace) == (None, None, ())


def test_registering_late_wins_no_time(b: Bureau) -> None:
    case = submitted(b).case
    with on(MONDAY + timedelta(days=3)):
        with pytest.raises(Refused, match="不能晚于提交日期"):
            actions.register(case, by=b.clerk, received_on=MONDAY + timedelta(days=1))
        actions.register(case, by=b.clerk)
    assert (case.received_on, case.due_on) == (MONDAY, date(2026, 3, 9))


def test_a_letter_counts_from_the_day_it_came(b: Bureau) -> None:
    case = submitted(b, by=b.clerk).case
    actions.register(case, by=b.clerk, received_on=date(2026, 2, 27))
    assert case.due_on == date(2026, 3, 5)  # Saturday the 28th was made up for and counts


def test_a_holiday_is_not_counted_and_an_unknown_year_is_provisional(b: Bureau) -> None:
    with on(date(2026, 9, 30)):
        case = case_at(Stage.REGISTERED, b)
        assert case.due_on is not None
        assert case.due_on > date(2026, 10, 8)
        assert any("放假" in line for line in clock_of(case).trace)
    with on(date(2029, 3, 1)):
        case = case_at(Stage.REGISTERED, b)
        assert case.provisional
        assert any("尚未公布" in line for line in clock_of(case).trace)


def test_topic_and_line(b: Bureau) -> None:
    case = submitted(b, topic="mediation").case
    assert case.enquiry.line == "grassroots"
    actions.register(case, by=b.clerk, topic="lawyers")
    assert Enquiry.objects.get(case=case).line == "lawyers"
    with pytest.raises(Refused, match="问题类别"):
        actions.register(submitted(b).case, by=b.clerk, topic="weather")
    with pytest.raises(Refused, match="业务条线"):
        actions.register(submitted(b).case, by=b.clerk, line="weather")


def test_the_row_is_only_a_copy(b: Bureau) -> None:
    case = case_at(Stage.ANSWERED, b)
    fields = ["stage", "owner_unit_id", "received_on", "answered_on", "due_on", "returns", "rating"]
    told = Case.objects.values(*fields).get(pk=case.pk)
    Case.objects.update(stage="submitted", owner_unit=None, received_on=None, answered_on=None)
    refold(Case.objects.get(pk=case.pk))
    assert Case.objects.values(*fields).get(pk=case.pk) == told


def test_each_sees_what_waits_for_them(b: Bureau) -> None:
    turn = {
        Stage.SUBMITTED: b.clerk, Stage.REGISTERED: b.clerk, Stage.ROUTED: b.notary_liaison,
        Stage.DRAFTED: b.clerk, Stage.COLLATED: b.leader, Stage.APPROVED: b.clerk,
    }  # fmt: skip
    for stage, person in turn.items():
        case = case_at(stage, b)
        assert case in waiting_for(person)
        for other in (b.lawyer_liaison, b.editor, b.notary_liaison, b.leader):
            assert other == person or case not in waiting_for(other)
    done = case_at(Stage.ANSWERED, b)
    assert all(done not in waiting_for(who) for who in (b.clerk, b.leader, b.notary_liaison))
