"""The clock of an application: worked cases, receipt, restarts, pauses, extension, table."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.deadlines import (
    Arrival,
    Consultation,
    Facts,
    answered_on,
    count_target,
    explain_reply,
    receipt_day,
    reply_deadline,
    run,
    safe_deadline,
    working_days_late,
)
from gongkai.clock.shipped import shipped_calendar
from gongkai.refusal import Refused
from gongkai.statute import law, law_for

CASES = Path(__file__).with_name("deadlines.csv")
CALENDAR = shipped_calendar()
NEW, OLD = law("2019"), law("2007")
HEAD = "id,statute,channel,received,events\n"


def expected() -> dict[str, str]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["expected_due"] for row in csv.DictReader(file)}


def test_every_worked_case_comes_out_right() -> None:
    results = list(run(str(CASES)))
    assert {r["id"]: r["due"] for r in results} == expected()
    assert all(list(r) == ["id", "due", "provisional", "counted"] for r in results)
    assert not any(r["provisional"] for r in results)


def test_every_result_explains_itself() -> None:
    for result in run(str(CASES)):
        counted = result["counted"]
        ends = [step for step in counted if step["kind"] == "due"]
        assert ends and ends[-1]["to"] == result["due"] and ends[-1]["article"], result["id"]


def table(tmp_path: Path, rows: str, head: str = HEAD) -> str:
    path = tmp_path / "t.csv"
    path.write_text(head + rows, encoding="utf-8")
    return str(path)


def test_a_date_in_an_unpublished_year_is_provisional(tmp_path: Path) -> None:
    (result,) = run(table(tmp_path, "a,,online,2026-12-20,\n"))
    assert (result["due"], result["provisional"]) == ("2027-01-18", True)
    assert "2027 年放假安排尚未公布" in result["counted"][-1]["text"]


def test_a_table_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEAD + "a,2019, in_person ,2021-03-01,\r\n\r\n", encoding="utf-8-sig")
    assert [r["due"] for r in run(str(path))] == ["2021-03-29"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,1999,online,2021-03-01,", "版的条例"),
        ("a,,pigeon,2021-03-01,", "不认识的渠道"),
        ("a,,online,2021/3/1,", "不是日期"),
        ("a,,online,20210301,", "不是日期"),
        ("a,,online,2021-02-30,", "不是日期"),
        ("a,,online,,", "不是日期"),
        ("a,,online,2061-01-05,", "超出日历范围"),
        ("a,,none,9999-12-31,target=petition_60d", "超出日历范围"),
        ("a,,online,2007-01-05,", "尚未施行"),
        ("a,,online,2021-03-01,hurry=1", "不认识的事件"),
        ("a,,online,2021-03-01,extend", "名称=值"),
        ("a,,online,2021-03-01,extend=", "名称=值"),
        ("a,,online,2021-03-01,extend=-3", "不是天数"),
        ("a,,online,2021-03-01,extend=5;extend=5", "只能有一次"),
        ("a,,online,2021-03-01,target=tea", "不认识的期限"),
        ("a,,online,2021-03-01,consult=2021-03-05", "发出日期..收回日期"),
        ("a,,online,2021-03-01,consult=2021-03-05..2021-03-04", "早于发出日期"),
        ("a,,online,2021-03-01,consult=2021-03-05..", "没有收回日期"),
        ("a,,online,2021-03-01,confirmed=soon", "不是日期"),
        ("a,,online,2021-03-01,corrected=2021-02-01", "早于收到日期"),
        ("a,2007,online,2014-03-03,target=fee_payment", "没有规定这项期限"),
        (",,online,2021-03-01,", "没有编号"),
        ("a,,online,2021-03-01", "列数与表头不同"),
        ("a,,online,2021-03-01,,,", "列数与表头不同"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(Refused, match=message) as refused:
        list(run(table(tmp_path, "ok,,online,2021-03-01,\n" + row + "\n")))
    assert refused.value.message.startswith("第 3 行")


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("id,statute,received,events\n", "缺少列“channel”"),
        ("id,statute,channel,received,events,colour\n", "多出列“colour”"),
        ("id,id,statute,channel,received,events\n", "多出列“id”"),
        ("", "缺少列“id”"),
    ],
)
def test_a_table_with_a_wrong_head_is_refused(tmp_path: Path, head: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        list(run(table(tmp_path, "", head)))


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="打不开文件"):
        list(run(str(tmp_path / "none.csv")))
    (tmp_path / "gbk.csv").write_bytes("编号".encode("gbk"))
    with pytest.raises(Refused, match="UTF-8"):
        list(run(str(tmp_path / "gbk.csv")))


# --- receipt and service -------------------------------------------------------------------


def test_e_mail_counts_from_the_server_once_and_from_confirmation_now() -> None:
    arrival = Arrival(system_received=date(2021, 7, 3), confirmed=date(2021, 7, 6))
    assert receipt_day(OLD, "email", arrival).day == date(2021, 7, 3)
    assert receipt_day(NEW, "email", arrival).day == date(2021, 7, 6)


def test_a_receipt_page_is_no_confirmation_unless_the_bureau_says_so() -> None:
    arrival = Arrival(submitted=date(2021, 7, 3))
    assert receipt_day(NEW, "online", arrival).day is None
    assert receipt_day(NEW, "online", arrival, auto_confirm=True).day == date(2021, 7, 3)


def test_a_letter_waits_until_its_writer_is_reached() -> None:
    arrival = Arrival(arrived=date(2021, 7, 1))
    assert receipt_day(NEW, "letter", arrival).day is None
    reached = Arrival(arrived=date(2021, 7, 1), contact_restored=date(2021, 7, 9))
    assert receipt_day(NEW, "letter", reached).day == date(2021, 7, 9)
    signed = Arrival(signed=date(2021, 3, 5))
    assert receipt_day(NEW, "ems", signed)[:2] == (date(2021, 3, 5), "signed")
    with pytest.raises(Refused):
        receipt_day(NEW, "none", arrival)


def test_dispatch_decides_not_the_date_of_the_letter() -> None:
    due = reply_deadline(CALENDAR, Facts(date(2016, 12, 27), OLD)).due
    assert due == date(2017, 1, 18)
    posted = answered_on("post", signed=date(2017, 1, 21), posted=date(2017, 1, 19))
    assert posted is not None and working_days_late(CALENDAR, due, posted) == 1
    assert answered_on("direct", posted=date(2017, 1, 17)) is None
    assert working_days_late(CALENDAR, due, date(2017, 1, 3)) == 0


def test_the_house_works_to_the_earlier_day() -> None:
    facts = Facts(date(2021, 12, 2), NEW)
    assert reply_deadline(CALENDAR, facts).due == date(2021, 12, 30)
    assert safe_deadline(CALENDAR, facts, date(2021, 11, 24)).due == date(2021, 12, 22)
    assert safe_deadline(CALENDAR, facts, date(2021, 12, 9)).due == date(2021, 12, 30)


# --- restarts, pauses, extension ------------------------------------------------------------


def test_an_extension_counts_from_the_base_due_date_and_is_capped() -> None:
    for asked, due in ((20, date(2021, 4, 26)), (30, date(2021, 4, 26)), (0, date(2021, 3, 29))):
        found = reply_deadline(CALENDAR, Facts(date(2021, 3, 1), NEW, extension=asked))
        assert (found.base, found.due) == (date(2021, 3, 29), due)
    with pytest.raises(Refused):
        reply_deadline(CALENDAR, Facts(date(2021, 3, 1), NEW, extension=-1))


def test_a_correction_forgets_what_was_excluded_before_it() -> None:
    asked = Consultation("third_party", date(2021, 3, 3), back=date(2021, 3, 20))
    facts = Facts(date(2021, 3, 1), NEW, (asked,), corrected=date(2021, 3, 15))
    plain = Facts(date(2021, 3, 15), NEW)
    assert reply_deadline(CALENDAR, facts).due == reply_deadline(CALENDAR, plain).due


def test_the_answer_period_runs_again_after_payment_since_there_is_a_fee() -> None:
    facts = Facts(date(2021, 9, 1), NEW, paid=date(2021, 9, 20))
    assert reply_deadline(CALENDAR, facts).start == date(2021, 9, 20)
    before = Facts(date(2020, 9, 1), NEW, paid=date(2020, 9, 21))
    assert reply_deadline(CALENDAR, before).start == date(2020, 9, 1)
    assert reply_deadline(CALENDAR, Facts(date(2014, 3, 3), OLD, paid=date(2014, 3, 5))).start == (
        date(2014, 3, 3)
    )


def test_waiting_is_shown_and_moves_the_date_until_silence_ends_it() -> None:
    asked = Consultation("third_party", date(2021, 6, 7), reached=date(2021, 6, 9))
    facts = Facts(date(2021, 6, 1), NEW, (asked,))
    early = reply_deadline(CALENDAR, facts, as_of=date(2021, 6, 10))
    later = reply_deadline(CALENDAR, facts, as_of=date(2021, 6, 21))
    after = reply_deadline(CALENDAR, facts, as_of=date(2021, 8, 2))
    assert (early.waiting, later.waiting, after.waiting) == ("third_party", "third_party", "")
    assert early.due < later.due == date(2021, 7, 13)
    assert after.due == date(2021, 7, 23), "excluded until its 15th working day, 1 July"


def test_a_late_opinion_excludes_no_more_than_the_law_gives() -> None:
    asked = Consultation("organ", date(2021, 6, 7), date(2021, 7, 20), reached=date(2021, 6, 9))
    facts = Facts(date(2021, 6, 1), NEW, (asked,))
    assert reply_deadline(CALENDAR, facts).due == date(2021, 7, 23)


def test_an_open_consultation_under_the_old_law_has_no_end_of_its_own() -> None:
    asked = Consultation("third_party", date(2014, 5, 14), reached=date(2014, 5, 15))
    facts = Facts(date(2014, 5, 12), OLD, (asked,))
    assert reply_deadline(CALENDAR, facts, as_of=date(2015, 5, 14)).waiting == "third_party"
    with pytest.raises(Refused):
        reply_deadline(CALENDAR, facts)


def test_what_is_awaited_from_the_applicant() -> None:
    notice = Facts(date(2023, 4, 10), NEW, correction_notice=date(2023, 4, 18))
    assert reply_deadline(CALENDAR, notice).waiting == "correction"
    fee = Facts(date(2023, 4, 10), NEW, fee_notice_received=date(2023, 4, 18))
    assert reply_deadline(CALENDAR, fee).waiting == "fee"


def test_a_late_correction_notice_is_remarked_and_restarts_all_the_same() -> None:
    facts = Facts(
        date(2023, 4, 10),
        NEW,
        correction_notice=date(2023, 4, 20),
        corrected=date(2023, 5, 4),
    )
    counted = explain_reply(CALENDAR, facts)
    assert counted.due == date(2023, 5, 31)
    assert any("超过 7 个工作日" in step.text for step in counted.steps)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """An application with any of the things that move its clock."""
    received = draw(st.dates(date(2008, 5, 1), date(2028, 12, 31)))

    def later(most: int = 40) -> date:
        return received + timedelta(days=draw(st.integers(0, most)))

    def asked() -> Consultation:
        sent = later()
        return Consultation(
            draw(st.sampled_from(["third_party", "organ"])),
            sent,
            sent + timedelta(days=draw(st.integers(0, 30))),
        )

    return Facts(
        received,
        law_for(received),
        tuple(asked() for _ in range(draw(st.integers(0, 3)))),
        corrected=later() if draw(st.booleans()) else None,
        paid=later() if draw(st.booleans()) else None,
        extension=draw(st.integers(0, 25)),
    )


@given(facts())
def test_the_explanation_leads_to_the_same_date(case: Facts) -> None:
    found, counted = reply_deadline(CALENDAR, case), explain_reply(CALENDAR, case)
    assert (counted.due, counted.provisional) == (found.due, found.provisional)
    total = case.law.period("reply").days + min(case.extension, case.law.period("extension").days)
    assert sum(step.days for step in counted.steps if step.kind == "count") == total


@given(facts())
def test_due_is_a_working_day_and_an_extension_never_shortens(case: Facts) -> None:
    found = reply_deadline(CALENDAR, case)
    assert CALENDAR.is_working(found.due) and CALENDAR.is_working(found.base)
    assert found.start < found.base <= found.due


def test_targets_that_need_a_law_are_refused_without_one() -> None:
    with pytest.raises(Refused):
        count_target(CALENDAR, "proactive", date(2021, 3, 1))
    direct = count_target(CALENDAR, "litigation_direct", date(2014, 11, 30))
    assert direct.due == date(2015, 2, 28), "the text in force on the day: three months"
