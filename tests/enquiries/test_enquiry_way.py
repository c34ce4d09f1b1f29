"""The whole way of a message, by the real actions, and who may not do what."""

from __future__ import annotations

from datetime import date

import pytest
from acts import on_record
from mailbox_world import ANSWER, MONDAY, WAY, Bureau, case_at, submitted

from gongkai.agencies import actions as agencies
from gongkai.agencies.rules import Role
from gongkai.cases.actions import append
from gongkai.cases.models import Case
from gongkai.cases.rules import Act, Kind, Stage
from gongkai.enquiries import actions, queries
from gongkai.enquiries.models import Answer
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.models import Sheet


def test_it_works(b: Bureau) -> None:
    opened = submitted(b)
    case = opened.case
    actions.register(case, by=b.clerk)
    actions.route(case, b.notaries, by=b.clerk)
    actions.draft(case, ANSWER, by=b.notary_liaison)
    assert actions.collate(case, ANSWER, by=b.clerk).to_settle == ()
    actions.approve(case, by=b.leader)
    assert queries.answer_to_asker(case) is None
    assert queries.public_answers(b.agency) == []
    actions.dispatch(case, by=b.clerk)
    answer = queries.answer_to_asker(case)
    assert answer is not None
    assert answer.text == ANSWER
    actions.rate(case, opened.code, stars=5, comment="很快")
    assert [(a.number, a.answer, a.rating) for a in queries.public_answers(b.agency)] == [
        ("ZX-2026-0001", ANSWER, 5)
    ]
    assert [e.kind for e in case.events.order_by("seq")] == [
        "submitted", "registered", "routed", "drafted", "collated", "approved", "dispatched",
        "published", "rated",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.REPORT, Kind.SUGGESTION])
def test_every_kind_goes_the_same_way(b: Bureau, kind: Kind) -> None:
    assert case_at(Stage.ANSWERED, b, kind).answered_on == MONDAY


def test_every_act_is_on_record(b: Bureau) -> None:
    with on_record():
        opened = submitted(b)
    case = opened.case
    acts = (
        ("registered", lambda: actions.register(case, by=b.clerk)),
        ("routed", lambda: actions.route(case, b.lawyers, by=b.clerk)),
        ("sent_back", lambda: actions.send_back(case, by=b.lawyer_liaison, reason="属公证")),
        ("routed", lambda: actions.route(case, b.notaries, by=b.clerk)),
        ("reminded", lambda: actions.remind(case, by=b.clerk)),
        ("drafted", lambda: actions.draft(case, ANSWER, by=b.notary_liaison)),
        ("redraft", lambda: actions.redraft(case, by=b.clerk, reason="缺依据")),
        ("drafted", lambda: actions.draft(case, ANSWER, by=b.notary_liaison)),
        ("collated", lambda: actions.collate(case, ANSWER, by=b.clerk)),
        ("refused", lambda: actions.refuse(case, by=b.leader, reason="写明文号")),
        ("collated", lambda: actions.collate(case, ANSWER + "依据见附件。", by=b.clerk)),
        ("approved", lambda: actions.approve(case, by=b.leader)),
        ("dispatched", lambda: actions.dispatch(case, by=b.clerk)),
        ("rated", lambda: actions.rate(case, opened.code, stars=4)),
        ("unpublished", lambda: actions.withdraw_public(case, by=b.leader, reason="有误")),
    )
    for verb, act in acts:
        before = Entry.objects.count()
        with on_record():
            act()
        new = Entry.objects.filter(seq__gt=before, verb=f"case.{verb}", subject=case.subject)
        assert new.count() == 1, verb
    events = case.events.count()
    assert Entry.objects.filter(subject=case.subject, verb__startswith="case.").count() == events


@pytest.mark.parametrize("stage", WAY, ids=str)
def test_nothing_happens_out_of_turn(b: Bureau, stage: Stage) -> None:
    """At each stage only its own acts; the refusal names the stage, and nothing was written."""
    case = case_at(stage, b)
    turn = {
        Stage.SUBMITTED: lambda: actions.register(case, by=b.clerk),
        Stage.REGISTERED: lambda: actions.route(case, b.lawyers, by=b.clerk),
        Stage.ROUTED: lambda: actions.draft(case, ANSWER, by=b.notary_liaison),
        Stage.DRAFTED: lambda: actions.collate(case, ANSWER, by=b.clerk),
        Stage.COLLATED: lambda: actions.approve(case, by=b.leader),
        Stage.APPROVED: lambda: actions.dispatch(case, by=b.clerk),
        Stage.ANSWERED: lambda: actions.withdraw_public(case, by=b.clerk, reason="有误"),
    }
    for at, act in turn.items():
        before = (Entry.objects.count(), case.events.count(), Answer.objects.count())
        if at != stage:
            with pytest.raises(Refused, match="刷新页面"):
                act()
            assert (Entry.objects.count(), case.events.count(), Answer.objects.count()) == before
    turn[stage]()


def test_each_act_asks_for_its_post(b: Bureau) -> None:
    case = case_at(Stage.SUBMITTED, b)
    with pytest.raises(NotPermitted, match="信息办"):
        actions.register(case, by=b.notary_liaison)
    actions.register(case, by=b.clerk)
    with pytest.raises(NotPermitted):
        actions.route(case, b.notaries, by=b.leader)
    actions.route(case, b.notaries, by=b.clerk)
    for nobody in (b.lawyer_liaison, b.clerk, b.leader):
        with pytest.raises(NotPermitted, match="联络人"):
            actions.draft(case, ANSWER, by=nobody)
    actions.draft(case, ANSWER, by=b.notary_liaison)
    with pytest.raises(NotPermitted):
        actions.collate(case, ANSWER, by=b.notary_liaison)
    with pytest.raises(NotPermitted):
        actions.redraft(case, by=b.notary_liaison, reason="x")
    actions.collate(case, ANSWER, by=b.clerk)
    for nobody in (b.notary_liaison, b.clerk, b.second_clerk):
        with pytest.raises(NotPermitted, match="分管局领导"):
            actions.approve(case, by=nobody)
        with pytest.raises(NotPermitted):
            actions.refuse(case, by=nobody, reason="x")
    actions.approve(case, by=b.leader)
    with pytest.raises(NotPermitted):
        actions.dispatch(case, by=b.leader)
    actions.dispatch(case, by=b.second_clerk)
    with pytest.raises(NotPermitted):
        actions.withdraw_public(case, by=b.notary_liaison, reason="x")


def test_a_superuser_without_a_post_may_do_nothing(b: Bureau) -> None:
    root = agencies.add_person("root", family="根", given="某", password="x")
    root.is_superuser = True
    root.save()
    with pytest.raises(NotPermitted):
        actions.register(case_at(Stage.SUBMITTED, b), by=root)


def test_who_drafted_does_not_collate(b: Bureau) -> None:
    """A small office: one person is liaison and information office."""
    agencies.appoint(b.notary_liaison, b.office, Role.INFORMATION_OFFICE, start=date(2000, 1, 1))
    case = case_at(Stage.DRAFTED, b)
    with pytest.raises(Refused, match="起草人不能审查"):
        actions.collate(case, ANSWER, by=b.notary_liaison)
    assert not Sheet.objects.exists()
    actions.collate(case, ANSWER, by=b.clerk)


@pytest.mark.parametrize("who", ["clerk", "notary_liaison"])
def test_who_drafted_or_collated_does_not_approve(b: Bureau, who: str) -> None:
    one = getattr(b, who)
    agencies.appoint(one, b.office, Role.LEADER, start=date(2000, 1, 1))
    case = case_at(Stage.COLLATED, b)
    with pytest.raises(Refused, match="另一人"):
        actions.approve(case, by=one)
    assert case.events.filter(kind=Act.APPROVED).count() == 0
    actions.approve(case, by=b.leader)


def test_an_old_page_gives_no_right(b: Bureau) -> None:
    """The liaison's page still shows the case that meanwhile went to another unit."""
    case = case_at(Stage.ROUTED, b)
    old_page = Case.objects.get(pk=case.pk)
    assert old_page.owner_unit == b.notaries
    actions.send_back(case, by=b.notary_liaison, reason="属律师")
    actions.route(case, b.lawyers, by=b.clerk)
    with pytest.raises(NotPermitted):
        actions.draft(old_page, ANSWER, by=b.notary_liaison)


# -- conflict of interest ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.REPORT])
def test_a_unit_never_handles_what_is_said_against_it(b: Bureau, kind: Kind) -> None:
    case = case_at(Stage.REGISTERED, b, kind, target=b.notaries)
    with pytest.raises(Refused, match="反映的正是公证管理处"):
        actions.route(case, b.notaries, by=b.clerk)
    with pytest.raises(Refused, match="反映的正是"):
        actions.route(case, b.notary_house, by=b.clerk)  # a unit under it
    actions.route(case, b.lawyers, by=b.clerk)


def test_nor_through_the_room_below(b: Bureau) -> None:
    """Neither the shared routing nor a bare event goes around it."""
    from gongkai.cases import actions as cases

    case = case_at(Stage.REGISTERED, b, Kind.COMPLAINT, target=b.notaries)
    for unit in (b.notaries, b.notary_house):
        with pytest.raises(Refused, match="不能由它办理"):
            cases.route(case, unit, by=b.clerk)
        with pytest.raises(Refused, match="不能由它办理"):
            append(case, Act.ROUTED, by=b.clerk, data={"unit": unit.pk})
    cases.route(case, b.lawyers, by=b.clerk)


def test_a_complaint_against_a_subordinate_goes_to_its_superior(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b, Kind.COMPLAINT, target=b.notary_house)
    actions.route(case, b.notaries, by=b.clerk)


def test_the_successor_is_barred_too(b: Bureau) -> None:
    agencies.change_unit(b.notaries, by=None, successor=b.lawyers, valid_to=date(2025, 12, 31))
    case = case_at(Stage.REGISTERED, b, Kind.REPORT, target=b.notaries)
    with pytest.raises(Refused, match="反映的正是"):
        actions.route(case, b.lawyers, by=b.clerk)


def test_nor_a_successor_that_came_after_registration(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b, Kind.REPORT, target=b.notaries)
    agencies.change_unit(b.notaries, by=None, successor=b.lawyers)
    with pytest.raises(Refused, match="反映的正是公证管理处"):
        actions.route(case, b.lawyers, by=b.clerk)


def test_the_office_may_name_the_target_when_it_registers(b: Bureau) -> None:
    case = submitted(b, Kind.COMPLAINT).case
    actions.register(case, by=b.clerk, target=b.notaries)
    with pytest.raises(Refused, match="反映的正是"):
        actions.route(case, b.notaries, by=b.clerk)


def test_who_also_sits_in_the_target_does_not_draft(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b, Kind.COMPLAINT, target=b.lawyers)
    agencies.appoint(b.notary_liaison, b.lawyers, Role.UNIT_HEAD, start=date(2000, 1, 1))
    actions.route(case, b.notaries, by=b.clerk)
    with pytest.raises(NotPermitted, match="被反映的单位任职"):
        actions.draft(case, ANSWER, by=b.notary_liaison)


def test_a_unit_that_is_no_more_gets_nothing(b: Bureau) -> None:
    agencies.change_unit(b.notaries, by=None, successor=b.lawyers, valid_to=date(2025, 12, 31))
    case = case_at(Stage.REGISTERED, b)
    with pytest.raises(Refused, match="由律师管理处承接"):
        actions.route(case, b.notaries, by=b.clerk)


# -- returns -------------------------------------------------------------------------------------


def test_two_returns_then_the_office_decides(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b)
    for unit, liaison in ((b.lawyers, b.lawyer_liaison), (b.notaries, b.notary_liaison)):
        actions.route(case, unit, by=b.clerk)
        actions.send_back(case, by=liaison, reason="不属本处职责")
    actions.route(case, b.lawyers, by=b.clerk)
    assert case.returns == 2
    with pytest.raises(Refused, match="不能再退回"):
        actions.send_back(case, by=b.lawyer_liaison, reason="仍不属本处")
    actions.draft(case, ANSWER, by=b.lawyer_liaison)


def test_a_final_routing_is_not_returned_at_all(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b)
    actions.route(case, b.lawyers, by=b.clerk, final=True)
    with pytest.raises(Refused, match="不能再退回"):
        actions.send_back(case, by=b.lawyer_liaison, reason="不属本处职责")


def test_returns_want_a_reason(b: Bureau) -> None:
    case = case_at(Stage.ROUTED, b)
    with pytest.raises(Refused, match="退回理由"):
        actions.send_back(case, by=b.notary_liaison, reason=" ")
    actions.draft(case, ANSWER, by=b.notary_liaison)
    with pytest.raises(Refused, match="退回理由"):
        actions.redraft(case, by=b.clerk, reason="\u200b")
    actions.collate(case, ANSWER, by=b.clerk)
    with pytest.raises(Refused, match="退回理由"):
        actions.refuse(case, by=b.leader, reason="")


def test_a_refused_text_comes_back_changed_only(b: Bureau) -> None:
    case = case_at(Stage.COLLATED, b)
    actions.refuse(case, by=b.leader, reason="请写明文号")
    assert case.stage == Stage.DRAFTED
    with pytest.raises(Refused, match="修改后再提交"):
        actions.collate(case, ANSWER, by=b.clerk)
    actions.collate(case, ANSWER + "文号为示发改〔2024〕3号。", by=b.clerk)
    actions.approve(case, by=b.second_leader)
    sent = actions.dispatch(case, by=b.clerk)
    assert sent.text.endswith("3号。")
