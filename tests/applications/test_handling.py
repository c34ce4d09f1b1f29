"""Rectification, consultation, extension: what stops, restarts and lengthens the clock."""

from __future__ import annotations

from datetime import date

import pytest
from applying import ASKER, IN_2014, MONDAY, answered, draft, on, registered, routed, submit
from people import Bureau

from gongkai.agencies.actions import appoint
from gongkai.agencies.rules import Role
from gongkai.applications import actions
from gongkai.cases.models import Case
from gongkai.cases.queries import clock_of, lamp_of
from gongkai.cases.rules import Lamp, Stage
from gongkai.refusal import NotPermitted, Refused

WHY = "涉及的档案需要调卷核对"
UNCLEAR = "一、请写明所需文件的名称或文号；\n二、请写明所需信息的年份。"


def in_2014(b: Bureau) -> Case:
    person = ASKER.__class__(name="欧阳示例", phone="13800001234", applicant_class="nat")
    return routed(b, person=person)


def test_an_extension_adds_to_the_last_day(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 30)):
        actions.extend(case, by=b.information_office, days=20, reason=WHY)
    # 20 more after Mon 30 March: 31-3=4, 7-10=8 (6 April is Qingming), 13-17=13, 20-24=18, 28.
    assert case.due_on == date(2026, 4, 28)
    letter = case.letters.get(kind="extension")
    assert letter.number == "临司公复〔2026〕1号-延"
    assert "2026年3月30日" in letter.text and "2026年4月28日" in letter.text and WHY in letter.text


@pytest.mark.parametrize(("day", "days", "field"), [
    (date(2026, 3, 31), 20, "days"),
    (date(2026, 3, 30), 21, "days"),
    (date(2026, 3, 30), 0, "days"),
    (date(2026, 3, 30), -5, "days"),
])  # fmt: skip
def test_an_extension_too_late_or_too_long_is_refused(
    b: Bureau, day: date, days: int, field: str
) -> None:
    case = routed(b)
    with on(day), pytest.raises(Refused) as refused:
        actions.extend(case, by=b.information_office, days=days, reason=WHY)
    assert refused.value.field == field
    assert case.due_on == date(2026, 3, 30) and not case.letters.filter(kind="extension").exists()


def test_the_period_is_extended_once(b: Bureau) -> None:
    case = routed(b)
    actions.extend(case, by=b.information_office, days=5, reason=WHY)
    with pytest.raises(Refused, match="延长过一次"):
        actions.extend(case, by=b.information_office, days=5, reason=WHY)
    assert case.due_on == date(2026, 4, 7)


def test_the_law_of_2007_extends_by_fifteen_days_at_most(b: Bureau) -> None:
    with on(IN_2014):
        case = in_2014(b)
        with pytest.raises(Refused, match="15"):
            actions.extend(case, by=b.information_office, days=16, reason=WHY)
        actions.extend(case, by=b.information_office, days=15, reason=WHY)
    # After Monday 24 March 2014: 25-28=4, 31-4=9, 8-11=13 (7 April is Qingming), 14, 15.
    assert case.due_on == date(2014, 4, 15)


def test_the_unit_does_not_extend(b: Bureau) -> None:
    with pytest.raises(NotPermitted):
        actions.extend(routed(b), by=b.liaison, days=5, reason=WHY)


def test_a_consultation_stops_the_clock(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 9)):
        actions.start_consultation(case, by=b.liaison)
    assert case.paused and lamp_of(case) == (Lamp.GREY, "暂停计时")
    with pytest.raises(Refused, match="征求意见尚未结束"):
        draft(b, case)
    with on(date(2026, 3, 16)):
        actions.end_consultation(case, 1, by=b.liaison, opinion="objected")
    # Five working days, 10 to 16 March, do not count: 30 March + 5 = 7 April (6th is Qingming).
    assert not case.paused and case.due_on == date(2026, 4, 7)
    assert any("征求第三方意见" in line for line in clock_of(case).trace)


def test_two_consultations_at_once_stop_it_once(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 9)):
        actions.start_consultation(case, by=b.liaison)
        actions.start_consultation(case, by=b.liaison, asked="organ")
    with on(date(2026, 3, 13)):
        actions.end_consultation(case, 2, by=b.liaison)
        assert case.paused
    with on(date(2026, 3, 16)):
        actions.end_consultation(case, 1, by=b.liaison)
    assert case.due_on == date(2026, 4, 7)
    with pytest.raises(Refused, match="已经结束"):
        actions.end_consultation(case, 1, by=b.liaison)


def test_the_law_of_2007_does_not_stop_for_another_organ(b: Bureau) -> None:
    with on(IN_2014):
        case = in_2014(b)
        actions.start_consultation(case, by=b.liaison, asked="organ")
    assert not case.paused
    with on(date(2014, 3, 10)):
        actions.end_consultation(case, 1, by=b.liaison)
    assert case.due_on == date(2014, 3, 24)


def test_a_silent_third_party_stops_it_no_longer_than_its_own_period(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 4)):
        actions.start_consultation(case, by=b.liaison)
    with on(date(2026, 3, 6)):
        actions.note_consultation_received(case, 1, by=b.liaison, day=date(2026, 3, 6))
    # Its 15 working days from Friday 6 March end on Friday 27 March; 3 and 4 March were counted,
    # 18 more after the 27th: 30-3=5, 7-10=9, 13-17=14, 20-23=18.
    assert case.paused and case.due_on == date(2026, 4, 23)
    with on(date(2026, 3, 27)):
        assert actions.end_silent_consultations(b.agency) == 0
    with on(date(2026, 4, 1)):
        assert actions.end_silent_consultations(b.agency) == 1
    case.refresh_from_db()
    assert not case.paused and case.due_on == date(2026, 4, 23)


def test_nobody_is_consulted_after_the_last_day(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 31)), pytest.raises(Refused, match="届满"):
        actions.start_consultation(case, by=b.liaison)


def test_an_opinion_does_not_come_before_it_was_asked_for(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 9)):
        actions.start_consultation(case, by=b.liaison)
        for day in (date(2026, 3, 8), date(2026, 3, 10)):
            with pytest.raises(Refused) as refused:
                actions.end_consultation(case, 1, by=b.liaison, day=day)
            assert refused.value.field == "day"


def test_rectification_restarts_the_clock_in_full(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 4)):
        actions.ask_rectification(
            case, by=b.information_office, what=UNCLEAR, until=date(2026, 3, 25)
        )
    assert case.stage == Stage.RECTIFYING and case.paused
    assert case.events.latest("seq").data["late"] is False
    letter = case.letters.get(kind="rectification")
    assert "视为放弃申请" in letter.text and "2026年3月25日" in letter.text
    assert "二、请写明所需信息的年份。" in letter.text.splitlines()
    with on(date(2026, 3, 16)):
        actions.receive_rectification(case, by=b.information_office, text="2025年的收费标准")
    # 20 after Monday 16 March: 17-20=4, 23-27=9, 30-3=14, 7-10=18, 13=19, 14=20.
    assert case.due_on == date(2026, 4, 14) and not case.paused
    assert (case.stage, case.owner_unit) == (Stage.ROUTED, b.lawyers)


def test_before_routing_a_rectified_case_waits_for_routing(b: Bureau) -> None:
    case = registered(b)
    actions.ask_rectification(case, by=b.information_office, what=UNCLEAR, until=date(2026, 3, 25))
    with on(date(2026, 3, 9)):
        actions.receive_rectification(case, by=b.information_office, text="2025年")
    assert case.stage == Stage.REGISTERED


def test_the_law_of_2019_asks_once_and_says_when_it_was_late(b: Bureau) -> None:
    case = registered(b)
    until = date(2026, 4, 10)
    with on(date(2026, 3, 12)):
        actions.ask_rectification(case, by=b.information_office, what=UNCLEAR, until=until)
    assert case.events.latest("seq").data["late"] is True
    actions_on = date(2026, 3, 16)
    with on(actions_on):
        actions.receive_rectification(case, by=b.information_office, text="还是那个")
        with pytest.raises(Refused, match="已经告知过补正"):
            actions.ask_rectification(case, by=b.information_office, what=UNCLEAR, until=until)
        actions.route(case, b.lawyers, by=b.information_office)
        answered(b, case, outcome="N3", text="您补正后的内容仍不能指向特定的政府信息。")
    assert case.outcome == "N3"


def test_the_law_of_2007_may_ask_again(b: Bureau) -> None:
    with on(IN_2014):
        case = in_2014(b)
        for day in (4, 6):
            with on(date(2014, 3, day)):
                actions.ask_rectification(
                    case, by=b.information_office, what=UNCLEAR, until=date(2014, 3, 28)
                )
            with on(date(2014, 3, day + 1)):
                actions.receive_rectification(case, by=b.information_office, text="年份")
    # 15 after Friday 7 March 2014: 10-14=5, 17-21=10, 24-28=15.
    assert case.due_on == date(2014, 3, 28)


def test_unclear_after_rectification_needs_a_rectification(b: Bureau) -> None:
    with pytest.raises(Refused, match="没有补正过"):
        draft(b, routed(b), outcome="N3", text="仍不明确")


def test_silence_to_a_rectification_gives_the_application_up(b: Bureau) -> None:
    case = routed(b)
    actions.ask_rectification(case, by=b.information_office, what=UNCLEAR, until=date(2026, 3, 20))
    with on(date(2026, 3, 20)), pytest.raises(Refused, match="届满"):
        actions.abandon(case, by=b.information_office)
    with on(date(2026, 3, 23)):
        actions.abandon(case, by=b.information_office, reason="逾期未补正")
    assert (case.stage, case.outcome) == (Stage.CLOSED, "O1")
    assert case.answered_on == date(2026, 3, 23) and not case.paused


def test_an_application_not_asked_to_rectify_is_not_given_up(b: Bureau) -> None:
    with pytest.raises(Refused, match="不能办理"):
        actions.abandon(routed(b), by=b.information_office)


def test_nothing_happens_before_registration(b: Bureau) -> None:
    case = submit(b).case
    assert (case.due_on, case.received_on) == (None, None)
    for act in (
        lambda: actions.extend(case, by=b.information_office, days=5, reason=WHY),
        lambda: actions.start_consultation(case, by=b.information_office),
        lambda: draft(b, case),
    ):
        with pytest.raises(Refused):
            act()
    assert case.events.count() == 1


def test_two_officers_in_two_windows_extend_once(b: Bureau) -> None:
    appoint(b.nobody, b.office, Role.INFORMATION_OFFICE, start=MONDAY)
    case = routed(b)
    stale = Case.objects.get(pk=case.pk)
    actions.extend(case, by=b.information_office, days=5, reason=WHY)
    with pytest.raises(Refused):
        actions.extend(stale, by=b.nobody, days=5, reason=WHY)
