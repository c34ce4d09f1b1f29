"""The fee: what is counted, what the notice says, what stops and restarts, and who is given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from applying import ASKER, IN_2014, answered, draft, on, routed
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.queries import counts, fees_behind, fees_collected, items_before
from gongkai.applications.rules import amount_of, charge_of
from gongkai.cases.models import Case
from gongkai.cases.queries import clock_of, lamp_of
from gongkai.cases.rules import Lamp, Stage
from gongkai.refusal import NotPermitted, Refused
from gongkai.statute import fee_by_items, fee_by_pages, free_units, tariff

PAY = "在本局财务窗口缴纳，或者用缴款识别码缴纳"
SENT, REACHED, PAID = date(2026, 3, 4), date(2026, 3, 6), date(2026, 3, 16)


def charged(b: Bureau, case: Case | None = None, **more: object) -> Case:
    found = case or routed(b)
    facts = {"way": "pages", "units": 68, "pay_how": PAY, "by": b.information_office, **more}
    with on(SENT):
        actions.charge_fee(found, **facts)  # type: ignore[arg-type]
    return found


def test_a_fee_stops_the_clock_and_its_payment_starts_it_anew(b: Bureau) -> None:
    case = charged(b)
    assert case.paused and lamp_of(case)[0] == Lamp.GREY
    assert any("缴费后期限重新计算" in line for line in clock_of(case).trace)
    with on(REACHED):
        actions.note_fee_notice_received(case, by=b.information_office, day=REACHED)
    with on(PAID):
        actions.receive_fee(case, by=b.information_office, day=PAID, receipt="临财0001")
    # 20 after Monday 16 March: 17-20=4, 23-27=9, 30-3=14, 7-10=18, 13=19, 14=20.
    assert not case.paused and case.due_on == date(2026, 4, 14)
    with on(PAID):
        answered(b, case)
    assert case.outcome == "G1"
    assert fees_collected(b.agency, 2026) == 380 and fees_collected(b.agency, 2025) == 0
    assert list(fees_behind(b.agency, 2026)) == [(case, 380)]


def test_the_notice_says_basis_tariff_amount_and_payment(b: Bureau) -> None:
    letter = charged(b).letters.get(kind="fee")
    assert letter.number == "临司公复〔2026〕1号-费"
    for told in (
        "第四十二条", "《政府信息公开信息处理费管理办法》第五条", "共68页", "信息处理费380元",
        "人民币叁佰捌拾元整", "第31页至第100页每页10元", "20个工作日内", PAY, "视为放弃申请",
        "答复期限重新计算",
    ):  # fmt: skip
        assert told in letter.text, told


def test_items_are_counted_over_the_month_of_one_applicant(b: Bureau) -> None:
    first = routed(b, items=10)
    namesake = replace(ASKER, identity="99010119850505001X")
    routed(b, items=40, person=namesake)
    case = routed(b)
    assert items_before(case) == 10 and items_before(first) == 0
    charged(b, case, way="items", units=1)
    charge = charge_of(event.happened() for event in case.events.all())
    assert charge is not None and (charge.held, charge.amount) == (10, 100)
    assert "本月此前已申请10件，本件1件" in case.letters.get(kind="fee").text


def test_another_month_begins_anew(b: Bureau) -> None:
    routed(b, items=10)
    with on(date(2026, 4, 1)):
        case = routed(b, items=10)
        assert items_before(case) == 0
        with pytest.raises(Refused, match="不应收费"):
            actions.charge_fee(case, by=b.information_office, way="items", units=10, pay_how=PAY)
    assert not case.letters.filter(kind="fee").exists()


@pytest.mark.parametrize(("facts", "field"), [
    ({"way": "both"}, "way"), ({"units": 30}, "units"), ({"units": 0}, "units"),
    ({"pay_how": " "}, "pay_how"),
])  # fmt: skip
def test_what_is_no_fee_is_refused(b: Bureau, facts: dict[str, object], field: str) -> None:
    case = routed(b)
    with pytest.raises(Refused) as refused:
        charged(b, case, **facts)
    assert refused.value.field == field
    case.refresh_from_db()
    assert not case.paused and case.events.latest("seq").kind == "routed"


def test_only_the_information_office_charges(b: Bureau) -> None:
    with pytest.raises(NotPermitted):
        charged(b, by=b.liaison)


def test_before_the_rules_of_2021_there_is_no_such_fee(b: Bureau) -> None:
    with on(date(2020, 12, 7)):
        case = routed(b)
        with pytest.raises(Refused, match="没有信息处理费"):
            actions.charge_fee(case, by=b.information_office, way="pages", units=90, pay_how=PAY)
    with on(IN_2014):
        old = routed(b, person=replace(ASKER, identity=""))
        with pytest.raises(Refused, match="没有信息处理费"):
            actions.charge_fee(old, by=b.information_office, way="pages", units=90, pay_how=PAY)


def test_nobody_is_charged_after_the_last_day(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 3, 31)), pytest.raises(Refused, match="届满"):
        actions.charge_fee(case, by=b.information_office, way="pages", units=90, pay_how=PAY)


def test_nothing_is_answered_while_the_fee_is_awaited(b: Bureau) -> None:
    case = charged(b)
    with on(SENT):
        with pytest.raises(Refused, match="尚未缴纳"):
            draft(b, case)
        with pytest.raises(Refused, match="只收一次"):
            actions.charge_fee(case, by=b.information_office, way="pages", units=90, pay_how=PAY)
        with pytest.raises(Refused, match="等申请人缴费"):
            actions.ask_rectification(
                case, by=b.information_office, what="请写明年份", until=date(2026, 3, 20)
            )


def test_who_does_not_pay_in_time_is_given_up(b: Bureau) -> None:
    case = charged(b)
    with on(date(2026, 4, 30)), pytest.raises(Refused, match="没有起算"):
        actions.lapse_fee(case, by=b.information_office)
    with on(REACHED):
        actions.note_fee_notice_received(case, by=b.information_office, day=REACHED)
    # 20 after Friday 6 March: 9-13=5, 16-20=10, 23-27=15, 30-3=20.
    with on(date(2026, 4, 3)), pytest.raises(Refused, match="2026-04-03 届满"):
        actions.lapse_fee(case, by=b.information_office)
    with on(date(2026, 4, 7)):
        actions.lapse_fee(case, by=b.information_office, reason="逾期未缴")
    assert (case.stage, case.outcome) == (Stage.CLOSED, "O2") and not case.paused
    letter = case.letters.get(kind="lapsed")
    assert "第六条" in letter.text and "60日" in letter.text and "6个月" in letter.text
    assert counts(b.agency, 2026)["o_nofee"]["nat"] == 1


def test_a_notice_taken_back_leaves_the_clock_as_it_was(b: Bureau) -> None:
    case = charged(b)
    with on(REACHED):
        actions.cancel_fee(case, by=b.information_office, reason="页数有误")
    assert not case.paused and case.due_on == date(2026, 3, 30)
    with on(REACHED):
        with pytest.raises(Refused, match="没有等待缴纳"):
            actions.receive_fee(case, by=b.information_office, day=REACHED, receipt="1")
        actions.charge_fee(case, by=b.information_office, way="pages", units=40, pay_how=PAY)
    assert case.paused


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2026, 3, 17)])
def test_a_payment_has_a_possible_day(b: Bureau, day: date) -> None:
    case = charged(b)
    with on(PAID), pytest.raises(Refused) as refused:
        actions.receive_fee(case, by=b.information_office, day=day, receipt="1")
    assert refused.value.field == "day"


def test_the_tariff_in_words_is_that_of_the_brackets() -> None:
    assert tariff("items").startswith(
        "10件以下不收费，第11件至第30件每件100元，第31件以上每件200元"
    )
    assert tariff("pages").endswith("第101页至第200页每页20元，第201页以上每页40元")
    assert (free_units("items"), free_units("pages")) == (10, 30)
    assert amount_of("items", 5, 28) == fee_by_items(33) - fee_by_items(28)
    assert amount_of("pages", 250, 99) == fee_by_pages(250) == 4700
