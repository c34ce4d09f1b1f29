"""Merging, splitting, referring: what they do to the clock, the count and the applicant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from applying import ASKER, MONDAY, answered, on, registered, routed
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.queries import counts, items_before, merges_into
from gongkai.applications.rules import objection_to_merging, objection_to_recount
from gongkai.cases.models import Case
from gongkai.cases.rules import Channel, Kind, Stage
from gongkai.enquiries import actions as enquiries
from gongkai.enquiries import queries as mail
from gongkai.outbox.models import Message
from gongkai.refusal import NotPermitted, Refused
from gongkai.reporting.queries import figures

TUESDAY = date(2026, 3, 3)
TWO = "一、2025年公证服务收费标准；二、2024年律师执业年度考核办法。"


def twice(b: Bureau) -> tuple[Case, Case]:
    first = routed(b)
    with on(TUESDAY):
        return first, routed(b)


def merge(b: Bureau, case: Case, into: Case, **more: object) -> None:
    actions.merge(case, into, by=b.information_office, **{"reason": "网上重复提交", **more})  # type: ignore[arg-type]


def test_two_become_one_that_goes_on_with_the_earlier_period(b: Bureau) -> None:
    first, second = twice(b)
    assert second.due_on == date(2026, 3, 31) and merges_into(second) == [first]
    with on(TUESDAY):
        merge(b, second, first)
    assert (second.stage, second.outcome, second.answered_on) == (Stage.CLOSED, "", None)
    assert first.due_on == date(2026, 3, 30) and first.stage == Stage.ROUTED
    second.application.refresh_from_db()
    assert second.application.merged_into == first
    assert first.events.latest("seq").data == {"from": second.number}
    answered(b, first)


def test_what_was_merged_counts_once(b: Bureau) -> None:
    first, second = twice(b)
    before = counts(b.agency, 2026)
    with on(TUESDAY):
        merge(b, second, first)
    table = counts(b.agency, 2026)
    assert (before["new"]["tot"], table["new"]["tot"]) == (2, 1)
    assert (before["carried_out"]["tot"], table["carried_out"]["tot"]) == (2, 1)
    answered(b, first)
    table = counts(b.agency, 2026)
    assert (table["granted"]["tot"], table["carried_out"]["tot"], table["total"]["tot"]) == (
        1,
        0,
        1,
    )
    with on(TUESDAY):
        assert items_before(routed(b)) == first.application.items


def test_the_applicant_hears_where_the_answer_will_be(b: Bureau) -> None:
    person = replace(ASKER, mail="ouyang@shili.example")
    first, second = routed(b, person=person), routed(b, person=person)
    merge(b, second, first)
    told = Message.objects.get(kind="application.merged")
    assert first.number in told.body and second.number in told.subject


def test_only_the_applicants_own_open_and_earlier_one_takes_it_in(b: Bureau) -> None:
    first, second = twice(b)
    stranger = routed(b, person=replace(ASKER, identity="99010119850505001X"))
    with on(TUESDAY):
        with pytest.raises(Refused, match="同一申请人"):
            merge(b, second, stranger)
        with pytest.raises(Refused, match="较早收到"):
            merge(b, first, second)
        with pytest.raises(Refused, match="请写明为什么"):
            merge(b, second, first, reason=" ")
        with pytest.raises(NotPermitted):
            actions.merge(second, first, by=b.liaison, reason="重复")
    answered(b, first)
    with on(TUESDAY), pytest.raises(Refused, match="尚未办结"):
        merge(b, second, first)
    assert second.stage == Stage.ROUTED


def test_nobody_is_left_waiting_for_what_was_merged_away(b: Bureau) -> None:
    first, second = twice(b)
    with on(TUESDAY):
        actions.start_consultation(second, by=b.liaison)
        with pytest.raises(Refused, match="正在征求意见"):
            merge(b, second, first)


def test_a_report_that_is_over_keeps_its_numbers() -> None:
    old, new = date(2025, 12, 30), date(2026, 1, 5)
    assert objection_to_recount(new, MONDAY) == ""
    assert "2025 年" in objection_to_recount(old, MONDAY)
    assert "2025 年" in objection_to_merging(new, old, MONDAY)
    assert objection_to_merging(new, new, MONDAY) == ""


def test_one_form_with_two_matters_becomes_two_of_the_same_day(b: Bureau) -> None:
    case = registered(b, text=TWO, items=2)
    with on(TUESDAY):
        (new,) = actions.split(case, ["2024年律师执业年度考核办法", " "], by=b.information_office)
    part = new.case
    assert (part.number, part.received_on, part.due_on) == (
        "SQ-2026-0002", MONDAY, date(2026, 3, 30),
    )  # fmt: skip
    assert part.stage == Stage.REGISTERED and part.party.name == ASKER.name and new.code
    assert part.application.origin == case and case.events.latest("seq").data == {
        "to": [part.number]
    }
    case.application.refresh_from_db()
    assert case.application.items == 1
    assert counts(b.agency, 2026)["new"]["nat"] == 2


def test_a_part_takes_the_rectification_along(b: Bureau) -> None:
    case = registered(b, text=TWO)
    actions.ask_rectification(
        case, by=b.information_office, what="请写明年份", until=date(2026, 3, 25)
    )
    with on(date(2026, 3, 16)):
        actions.receive_rectification(case, by=b.information_office, text="2024年")
        (new,) = actions.split(case, ["2024年律师执业年度考核办法"], by=b.information_office)
    assert new.case.due_on == case.due_on == date(2026, 4, 14)


def test_what_hangs_on_the_whole_is_not_split(b: Bureau) -> None:
    case = routed(b, text=TWO)
    with pytest.raises(Refused, match="每行一项"):
        actions.split(case, [" "], by=b.information_office)
    actions.extend(case, by=b.information_office, days=5, reason="材料较多")
    with pytest.raises(Refused, match="不能再拆分"):
        actions.split(case, ["第二项"], by=b.information_office)
    assert Case.objects.count() == 1


def test_a_message_that_asks_for_a_document_keeps_its_day(b: Bureau) -> None:
    told = {"channel": Channel.ONLINE, "title": "收费", "text": "请依照条例公开收费标准文件。"}
    message = enquiries.submit(b.agency, Kind.ENQUIRY, person=ASKER, **told).case
    with on(TUESDAY):
        enquiries.register(message, by=b.information_office)
        opened = actions.take_over(
            message, by=b.information_office, reason="来信写明依照条例", applicant_class="nat"
        )
    case = opened.case
    assert (case.received_on, case.due_on) == (MONDAY, date(2026, 3, 30))
    assert message.stage == Stage.CLOSED and case.application.origin == message
    assert case.party.applicant_class == "nat" and case.party.name == ASKER.name
    with pytest.raises(Refused, match="已经是"):
        actions.take_over(case, by=b.information_office, reason="再一次")


def test_what_was_taken_over_is_counted_once_as_an_application(b: Bureau) -> None:
    told = {"channel": Channel.ONLINE, "title": "收费", "text": "请依照条例公开收费标准文件。"}
    both = [enquiries.submit(b.agency, Kind.ENQUIRY, person=ASKER, **told).case for _ in "ab"]
    for message in both:
        enquiries.register(message, by=b.information_office)
    before = mail.statistics(b.agency, 2026)
    assert (before.total.received, before.total.answered) == (2, 0)
    actions.take_over(both[0], by=b.information_office, reason="来信写明依照条例")
    found = figures(b.agency, 2026)
    assert found["enquiries"] == {"received": 1, "answered": 0} and found["applications"] == 1
    assert list(mail.rows_behind(b.agency, 2026, "answer_rate")) == [both[1]]


def test_what_is_no_application_is_still_told_so(b: Bureau) -> None:
    case = routed(b)
    actions.refer(case, "TS-2026-0001", by=b.information_office, reason="实为投诉")
    assert case.stage == Stage.ROUTED
    answered(b, case, outcome="R1", text="请通过来信渠道反映，本局已另行登记办理。")
    assert counts(b.agency, 2026)["n_petition"]["nat"] == 1
