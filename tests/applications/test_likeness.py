"""Earlier applications that are alike, and applications beyond a reasonable number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from applying import ASKER, answered, draft, on, routed
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.queries import alike, items_in_month
from gongkai.applications.rules import is_excessive
from gongkai.applications.rules.likeness import ALIKE, likeness, most_alike, pairs_of
from gongkai.cases.queries import clock_of
from gongkai.refusal import Refused
from gongkai.statute import free_units

TEXT = "申请公开本市2025年执行的公证服务收费标准文件。"
OTHER = replace(ASKER, name="示例有限公司", identity="91990100MA0000TE5Y", applicant_class="biz")
UNTIL = date(2026, 3, 20)


def alike_texts(one: str, other: str) -> bool:
    return likeness(pairs_of(one), pairs_of(other)) >= ALIKE


@pytest.mark.parametrize("again", [
    "本人因诉讼需要，特向贵局申请公开2025年公证服务收费标准，请以电子件答复。",
    "公证服务收费标准（２０２５年）", "2025年执行的公证服务收费标准",
])  # fmt: skip
def test_the_same_matter_in_other_words_is_alike(again: str) -> None:
    assert alike_texts(TEXT, again)


@pytest.mark.parametrize("other", [
    "申请公开本市2025年律师执业年度考核结果文件。", "申请公开政府信息", "公证", "",
    "申请公开2025年度部门决算中的差旅费明细",
])  # fmt: skip
def test_what_every_application_says_makes_none_alike(other: str) -> None:
    assert not alike_texts(TEXT, other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    mine, theirs = pairs_of(one), pairs_of(other)
    assert 0 <= likeness(mine, theirs) == likeness(theirs, mine) <= 1


def test_the_most_alike_come_first_and_few() -> None:
    known = [(1, "公证服务收费标准2025年"), (2, "律师考核"), (3, TEXT), (4, TEXT)]
    assert [key for key, _ in most_alike(pairs_of(TEXT), known, 2)] == [4, 3]


def test_own_earlier_applications_and_answers_to_anybody_are_found(b: Bureau) -> None:
    theirs = answered(b, routed(b, person=OTHER, text=TEXT))
    routed(b, person=OTHER, title="律师考核结果", text="申请公开律师年度考核结果。")
    mine = answered(b, routed(b, text=TEXT))
    case = routed(b, text=f"本人再次{TEXT}")
    rows = alike(case)
    assert [(row.case, row.own) for row in rows] == [(mine, True), (theirs, False)]
    assert all(row.reply is not None and row.reply.outcome == "G1" for row in rows)
    assert ASKER.name not in str(rows) and alike(mine)[0].case == theirs


def test_a_later_one_of_the_same_applicant_is_told_as_such(b: Bureau) -> None:
    case = routed(b, text=TEXT)
    later = answered(b, routed(b, text=TEXT))
    assert [(row.case, row.own) for row in alike(case)] == [(later, True)]


def test_a_draft_is_nobodys_earlier_answer(b: Bureau) -> None:
    draft(b, routed(b, person=OTHER, text=TEXT))
    mine = draft(b, routed(b, text=TEXT))
    (row,) = alike(routed(b, text=TEXT))
    assert row.case == mine and row.reply is None


def test_looking_asks_no_more_for_more_answers(b: Bureau) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            alike(case)
        return len(found)

    case = routed(b, text=TEXT)
    for _ in range(2):
        answered(b, routed(b, person=OTHER, text=TEXT))
    few = asked()
    answered(b, routed(b, person=OTHER, text=TEXT))
    assert asked() == few


def test_a_number_beyond_what_is_free_is_a_hint(b: Bureau) -> None:
    assert not is_excessive(free_units("items")) and is_excessive(free_units("items") + 1)
    routed(b, items=free_units("items"))
    assert items_in_month(routed(b)) == free_units("items") + 1


def asked_for_reasons(b: Bureau):
    case = routed(b)
    actions.ask_reasons(case, by=b.information_office, why="您本月提出26件申请。", until=UNTIL)
    return case


def test_reasons_are_asked_for_by_letter_while_the_clock_goes_on(b: Bureau) -> None:
    case = asked_for_reasons(b)
    letter = case.letters.get(kind="reasons")
    for told in ("1号-理", "26件申请，申请公开", "第三十五条", "2026年3月20日"):
        assert told in f"{letter.number}{letter.text}", told
    assert not case.paused and case.due_on == date(2026, 3, 30)
    with pytest.raises(Refused, match="要求说明过"):
        actions.ask_reasons(case, by=b.information_office, why="26件", until=UNTIL)


def test_too_many_is_no_answer_before_reasons_were_asked_for(b: Bureau) -> None:
    r4 = {"outcome": "R4", "text": "您本月提出26件申请，所述理由不合理。"}
    with pytest.raises(Refused, match="尚未要求说明"):
        draft(b, routed(b), **r4)
    case = asked_for_reasons(b)
    with pytest.raises(Refused, match="尚未要求说明"):
        draft(b, case, **r4)  # the day has not passed
    actions.receive_reasons(case, by=b.information_office, text="研究", reasonable=True)
    with pytest.raises(Refused, match="理由合理"):
        draft(b, case, **r4)
    other = asked_for_reasons(b)
    actions.receive_reasons(other, by=b.information_office, text="随便问问", reasonable=False)
    assert answered(b, other, **r4).outcome == "R4"
    silent = asked_for_reasons(b)
    with on(date(2026, 3, 23)):
        assert draft(b, silent, **r4).stage == "drafted"


def test_good_reasons_may_lead_to_a_later_day(b: Bureau) -> None:
    case = asked_for_reasons(b)
    later, reason = date(2026, 5, 8), "所涉档案三百余卷"
    act = {"by": b.information_office, "until": later, "reason": reason}
    with pytest.raises(Refused, match="另定答复日期"):
        actions.delay_reply(case, **act)
    actions.receive_reasons(case, by=b.information_office, text="研究", reasonable=True)
    with pytest.raises(Refused, match="晚于现在的期限"):
        actions.delay_reply(case, **{**act, "until": date(2026, 3, 30)})
    actions.delay_reply(case, **act)
    assert case.due_on == case.safe_on == later and "延迟至 2026-05-08" in clock_of(case).trace[-1]
    letter = case.letters.get(kind="delay")
    assert "2026年5月8日前" in letter.text and reason in letter.text
