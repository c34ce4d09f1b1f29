"""The correction of one's own record: a request of its own, with its own clock and results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from applying import ASKER, IN_2014, draft, on, registered, routed, submit
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.queries import applications_of, counts, items_in_month
from gongkai.applications.rules import Correction
from gongkai.cases.models import Case
from gongkai.cases.queries import clock_of
from gongkai.cases.rules import Stage
from gongkai.files.actions import store
from gongkai.refusal import Refused

DONE = {"result": "corrected", "text": "执业机构一栏已改为示例律师事务所。"}


def asked(b: Bureau, **more: object) -> Case:
    evidence = store("执业证复印件".encode(), "证据.txt")
    facts = {"title": "律师名册中的执业机构", "request": "correction", "files": [evidence], **more}
    return routed(b, **facts)


def test_a_correction_is_told_by_a_letter_and_counted_nowhere(b: Bureau) -> None:
    case = asked(b)
    # 20 working days after Monday 2 March, by article 41.
    assert case.due_on == date(2026, 3, 30) and "第41条" in str(clock_of(case).trace)
    assert "更正与您有关的政府信息" in case.letters.get(kind="correction_receipt").text
    actions.decide_correction(case, by=b.information_office, **DONE)
    assert (case.stage, case.outcome, case.answered_on) == (
        Stage.ANSWERED, "", date(2026, 3, 2),
    )  # fmt: skip
    letter = case.letters.get(kind="correction")
    for told in ("1号-更", "第四十一条", "本机关已予更正", DONE["text"], "60日", "6个月"):
        assert told in f"{letter.number}{letter.text}", told
    table = counts(b.agency, 2026)
    assert {row: line["tot"] for row, line in table.items() if line["tot"]} == {}
    assert not applications_of(b.agency).exists()
    assert items_in_month(routed(b)) == 1


def test_evidence_is_needed(b: Bureau) -> None:
    with pytest.raises(Refused) as refused:
        submit(b, request="correction")
    assert refused.value.field == "files"
    with pytest.raises(Refused) as refused:
        submit(b, request="else")
    assert refused.value.field == "request"


@pytest.mark.parametrize("result", Correction)
def test_every_result_has_its_words(b: Bureau, result: Correction) -> None:
    case = asked(b)
    facts = {"result": result.value, "text": "见附页。", "by": b.information_office}
    if result in {Correction.FORWARDED, Correction.TOLD}:
        with pytest.raises(Refused) as refused:
            actions.decide_correction(case, **facts)
        assert refused.value.field == "organ"
        facts["organ"] = "清河市司法局"
    actions.decide_correction(case, **facts)
    assert "第四十一条" in case.letters.get(kind="correction").text
    assert ("清河市司法局" in case.letters.get(kind="correction").text) == ("organ" in facts)


def test_neither_request_takes_the_acts_of_the_other(b: Bureau) -> None:
    case, other = asked(b), routed(b)
    for act in (
        lambda: draft(b, case),
        lambda: actions.extend(case, by=b.information_office, days=5, reason="材料较多"),
        lambda: actions.start_consultation(case, by=b.liaison),
        lambda: actions.split(case, ["第二项"], by=b.information_office),
    ):
        with pytest.raises(Refused, match="更正"):
            act()
    with pytest.raises(Refused, match="请拟答复稿"):
        actions.decide_correction(other, by=b.information_office, **DONE)
    with pytest.raises(Refused) as refused:
        actions.decide_correction(case, by=b.information_office, **{**DONE, "text": " "})
    assert refused.value.field == "text" and case.stage == Stage.ROUTED


def test_a_rectification_starts_it_anew(b: Bureau) -> None:
    case = asked(b)
    actions.ask_rectification(
        case, by=b.information_office, what="请补充证据", until=date(2026, 3, 25)
    )
    assert case.paused
    with on(date(2026, 3, 16)):
        actions.receive_rectification(case, by=b.information_office, text="执业证原件")
    assert not case.paused and case.due_on == date(2026, 4, 14)


def test_the_text_of_2007_knows_it_too(b: Bureau) -> None:
    with on(IN_2014):
        case = asked(b, person=replace(ASKER, identity=""))
        actions.decide_correction(case, by=b.information_office, **DONE)
    assert "第二十五条第二款" in case.letters.get(kind="correction").text


def test_registered_before_routing_it_may_end_too(b: Bureau) -> None:
    case = registered(b, request="correction", files=[store("证据".encode(), "证据.txt")])
    actions.decide_correction(case, by=b.information_office, **DONE)
    assert case.is_finished
