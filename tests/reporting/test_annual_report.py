"""The annual report: counted, opened cell by cell, corrected by two people, frozen by a third."""

from __future__ import annotations

from datetime import date

import pytest
from acts import found_off_the_record, on_record
from people import Bureau
from report_world import NEXT_YEAR, SPRING, SPRING_2014, YEAR, answered, application, message, on

from gongkai.applications.actions import charge_fee, file_remedy, receive_fee
from gongkai.cases.rules import Channel, Kind
from gongkai.ledger.models import Entry
from gongkai.refusal import NotPermitted, Refused
from gongkai.reporting import actions
from gongkai.reporting.counting import statistics
from gongkai.reporting.counting.statistics import _class_of
from gongkai.reporting.document import report_document
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.queries import (
    as_file,
    cell_rows,
    check_report,
    count_cells,
    figures,
    figures_of,
    report_of,
    rows_behind,
)
from gongkai.reporting.rules import check
from gongkai.reporting.sources import SOURCES, counting
from gongkai.statute import report_form

BY_HAND = (("行政许可", "decisions"), ("行政处罚", "decisions"), ("行政强制", "decisions"),
           ("行政事业性收费_万元", "amount"))  # fmt: skip


@pytest.fixture
def year(b: Bureau) -> Bureau:
    """2025: one granted, one refused and taken to reconsideration, one still open."""
    with on(SPRING):
        answered(b, application(b))
        refused = answered(
            b, application(b, "law"), "D5", grounds=["internal_affairs"], text="属于后勤管理信息。"
        )
        application(b, "biz")
        file_remedy(refused, by=b.information_office, kind="reconsideration", filed_on=SPRING)
    return b


def drafted(b: Bureau, day: date = NEXT_YEAR) -> AnnualReport:
    with on(day):
        return actions.draft_report(b.agency, YEAR, by=b.information_office)


def complete(b: Bureau) -> AnnualReport:
    """A draft whose gaps are filled."""
    report = drafted(b)
    with on(NEXT_YEAR):
        for row, column in BY_HAND:
            actions.enter_cell(
                report, 1, row, column, 12, source="办公室许可台账", by=b.information_office
            )
    return AnnualReport.objects.get(pk=report.pk)


def test_a_report_is_counted_checked_and_frozen(year: Bureau) -> None:
    report = complete(year)
    assert report.cells["2.new.tot"] == 3 and report.cells["2.carried_out.biz"] == 1
    assert report.cells["3.review.pending"] == 1
    assert check_report(report).violations == []
    with on(NEXT_YEAR):
        frozen = actions.freeze(report, by=year.leader)
    assert frozen.state == "frozen" and report_of(year.agency, YEAR) == frozen
    assert figures_of(year.agency, YEAR)["1.行政许可.decisions"] == 12


def test_every_cell_of_the_form_opens_to_as_many_rows(year: Bureau) -> None:
    with on(NEXT_YEAR):
        cells = count_cells(year.agency, YEAR)
        for table in report_form(YEAR).tables:
            for row, column in table.cells():
                rows = cell_rows(year.agency, YEAR, table.number, row, column)
                assert len(rows) == (cells[f"{table.number}.{row}.{column}"] or 0), (row, column)
    assert len(cells) == sum(len(table.cells()) for table in report_form(YEAR).tables)


def test_what_nobody_recorded_is_empty_and_not_nought(year: Bureau) -> None:
    report = drafted(year)
    empty = {key for key, value in report.cells.items() if value is None}
    assert empty == {f"1.{row}.{column}" for row, column in BY_HAND}
    with on(NEXT_YEAR), pytest.raises(Refused, match="4 处问题"):
        actions.freeze(report, by=year.leader)


def test_the_fee_stands_in_yuan_in_section_six(b: Bureau) -> None:
    with on(NEXT_YEAR):
        assert "没有收取信息处理费" in report_document(b.agency, YEAR).sections[5].paragraphs[0]
    with on(SPRING):
        for pages in (68, 32):  # 10 yuan for each page above the 30th
            case = application(b)
            charge = {"way": "pages", "units": pages, "pay_how": "缴款码"}
            charge_fee(case, by=b.information_office, **charge)
            receive_fee(case, by=b.information_office, day=SPRING, receipt=f"票据{pages}")
    with on(NEXT_YEAR):
        told = report_document(b.agency, YEAR).sections[5].paragraphs
        assert told == ("本年度收取信息处理费400元。",)
        assert figures(b.agency, YEAR)["fees"] == 400
        assert [text.split()[-1] for text, _ in rows_behind("fees", b.agency, YEAR)] == [
            "380元", "20元",
        ]  # fmt: skip
        assert figures(b.agency, YEAR + 1)["fees"] == 0


def test_the_fee_of_the_older_form_is_not_rounded(
    b: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count_cells(b.agency, 2014)["1.fees.value"] is None  # nobody recorded any
    monkeypatch.setattr(statistics.applications, "fees_collected", lambda agency, year: 12345)
    assert count_cells(b.agency, 2014)["1.fees.value"] == 1.2345
    assert "费用1.2345万元" in str(report_document(b.agency, 2014).sections[3].paragraphs)


def test_the_statistics_form_of_2014(b: Bureau) -> None:
    with on(SPRING_2014):
        answered(b, application(b, channel=Channel.FAX))
        secret = application(b)
        answered(b, secret, "D4", grounds=["trade_secret"], text="涉及商业秘密。")
        application(b)
        message(b, Kind.COMPLAINT)
        cells = count_cells(b.agency, 2014)
        rows = {key.split(".")[1]: value for key, value in cells.items()}
        for row, value in rows.items():
            assert len(cell_rows(b.agency, 2014, 1, row, "value")) == (value or 0), row
        found = check(as_file(b.agency, 2014, cells))
    assert (rows["received"], rows["received_fax"], rows["received_online"]) == (3, 1, 2)
    assert (rows["completed"], rows["answered"], rows["granted"], rows["refused"]) == (2, 2, 1, 1)
    assert (rows["refused_commercial"], rows["refused_privacy"]) == (1, 0)
    assert (rows["complaints"], rows["offices"]) == (1, 1)
    assert (rows["staff"], rows["staff_full_time"], rows["staff_part_time"]) == (2, 1, 1)
    assert rows["by_gazette"] is None and rows["budget"] is None and rows["press_by_head"] is None
    assert found == {"violations": [], "warnings": []}


def test_every_way_in_is_a_row_of_the_form_of_2014() -> None:
    assert {_class_of(way) for way in Channel} == {"in_person", "fax", "online", "letter"}
    assert _class_of(Channel.CITY_PLATFORM) == "online"


def test_what_a_room_above_counts_is_taken_from_it(
    b: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = counting(lambda agency, year: [("一条微博", "")] * 3)
    monkeypatch.setitem(SOURCES, "posts.weibo", posts)
    with on(SPRING_2014):
        assert count_cells(b.agency, 2014)["1.by_weibo.value"] == 3
        assert len(cell_rows(b.agency, 2014, 1, "by_weibo", "value")) == 3
        monkeypatch.delitem(SOURCES, "posts.weibo")
        assert count_cells(b.agency, 2014)["1.by_weibo.value"] is None


def test_a_correction_needs_a_reason_and_another_person(year: Bureau) -> None:
    report = drafted(year)
    office, leader = year.information_office, year.leader

    def correct(second, reason="一件系重复登记"):
        return actions.correct_cell(
            report, 2, "new", "nat", 0, reason=reason, by=office, second=second
        )

    with on(NEXT_YEAR):
        with pytest.raises(Refused, match="另一人复核"):
            correct(office)
        for second in (year.nobody, year.superuser, year.liaison):
            with pytest.raises(Refused, match="复核人应是"):
                correct(second)
        with pytest.raises(Refused, match="为什么更正"):
            correct(leader, reason=" ")
        corrected = correct(leader)
    assert corrected.cells["2.new.nat"] == 1 and corrected.figures()["2.new.nat"] == 0
    told = corrected.corrections["2.new.nat"]
    assert (told["counted"], told["second"]) == (1, leader.username)
    rules = {fault.rule for fault in check_report(corrected).violations}
    assert {"X1", "X3"} <= rules  # a correction that breaks the sums is found


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [((2, "new", "nat"), -1, "不小于零的整数"), ((2, "new", "nat"), 1.5, "不小于零的整数"),
     ((2, "nothing", "nat"), 1, "没有这一格"), ((9, "new", "nat"), 1, "没有这一格"),
     ((1, "行政许可", "decisions"), 1, "直接填报")],
)  # fmt: skip
def test_a_correction_of_nothing_is_refused(
    b: Bureau, cell: tuple[int, str, str], value: float, says: str
) -> None:
    report = drafted(b)
    with on(NEXT_YEAR), pytest.raises(Refused, match=says):
        actions.correct_cell(
            report, *cell, value, reason="有误", by=b.information_office, second=b.leader
        )


def test_an_entry_names_its_source_and_never_covers_a_count(b: Bureau) -> None:
    report = drafted(b)
    with on(NEXT_YEAR):
        with pytest.raises(Refused, match="来源"):
            actions.enter_cell(
                report, 1, "行政许可", "decisions", 3, source=" ", by=b.information_office
            )
        with pytest.raises(Refused, match="更正"):
            actions.enter_cell(report, 2, "new", "tot", 3, source="台账", by=b.information_office)
        entered = actions.enter_cell(
            report, 1, "行政事业性收费_万元", "amount", 1.25, source="财务", by=b.information_office
        )
    assert entered.figures()["1.行政事业性收费_万元.amount"] == 1.25


def test_nothing_moves_in_a_frozen_report_and_a_new_version_keeps_the_work(year: Bureau) -> None:
    report = complete(year)
    office = year.information_office
    with on(NEXT_YEAR):
        actions.set_text(report, 5, "公开意识有待加强。", by=office)
        actions.freeze(report, by=year.leader)
        for act in (
            lambda: actions.set_text(report, 1, "改", by=office),
            lambda: actions.enter_cell(
                report, 1, "行政许可", "decisions", 9, source="x", by=office
            ),
            lambda: actions.freeze(report, by=year.leader),
        ):
            with pytest.raises(Refused, match="已经定稿"):
                act()
        second = actions.draft_report(year.agency, YEAR, by=office)
    assert (second.version, second.texts, len(second.entries)) == (
        2,
        {"5": "公开意识有待加强。"},
        4,
    )
    assert report_of(year.agency, YEAR).version == 1


def test_a_running_year_is_not_frozen(year: Bureau) -> None:
    with on(date(2025, 11, 21)):
        report = actions.draft_report(year.agency, YEAR, by=year.information_office)
        assert report.cut_off == date(2025, 11, 21)
        with pytest.raises(Refused, match="年底"):
            actions.freeze(report, by=year.leader)
    with on(NEXT_YEAR), pytest.raises(Refused, match="重新统计"):
        actions.freeze(report, by=year.leader)


def test_only_the_office_makes_and_only_the_leader_freezes(year: Bureau) -> None:
    report = complete(year)
    with on(NEXT_YEAR):
        for person in (year.leader, year.liaison, year.superuser):
            with pytest.raises(NotPermitted):
                actions.draft_report(year.agency, YEAR, by=person)
            with pytest.raises(NotPermitted):
                actions.set_text(report, 1, "改", by=person)
        for person in (year.information_office, year.superuser):
            with pytest.raises(NotPermitted):
                actions.freeze(report, by=person)


def test_a_text_may_name_numbers_and_only_known_ones(b: Bureau) -> None:
    report = drafted(b)
    with on(NEXT_YEAR):
        actions.set_text(report, 1, "新收{2.new.tot}件。", by=b.information_office)
        with pytest.raises(Refused, match=r"2\.nothing"):
            actions.set_text(report, 1, "新收{2.nothing.tot}件。", by=b.information_office)
        with pytest.raises(Refused, match="没有这一部分"):
            actions.set_text(report, 7, "多出一节", by=b.information_office)


def test_every_act_is_on_record(year: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    with on_record():
        report = drafted(year)
    verbs = set(Entry.objects.filter(subject=report.subject).values_list("verb", flat=True))
    assert verbs == {"report.drafted"}
    with on(NEXT_YEAR):
        with on_record():
            actions.set_text(report, 1, "一。", by=year.information_office)
        found_off_the_record(
            monkeypatch, (actions,),
            lambda: actions.set_text(report, 1, "二。", by=year.information_office),
        )  # fmt: skip


def test_last_years_report_is_compared(year: Bureau) -> None:
    with on(SPRING):
        actions.draft_report(year.agency, YEAR - 1, by=year.information_office)
    before = report_of(year.agency, YEAR - 1)
    before.cells["2.carried_out.nat"] += 1
    before.save()
    rules = {(f.rule, f.column) for f in check_report(complete(year)).violations}
    assert rules == {("X5", "nat")}


def test_the_figures_in_the_order_of_the_command(b: Bureau) -> None:
    with on(SPRING_2014):
        message(b, Kind.ENQUIRY)
        found = figures(b.agency, 2014)
    order = [
        "sites", "sections", "service_columns", "rules", "enquiries", "complaints", "answer_rate",
        "applications", "reconsiderations", "litigations", "computers", "printers", "software",
    ]  # fmt: skip
    assert [key for key in found if key in order] == [k for k in order if k in found]
    assert set(order) - {"rules"} <= set(found)
    assert found["enquiries"] == {"received": 1, "answered": 1}
    assert found["complaints"] == {"received": 0, "handled": 0}
    assert found["answer_rate"] == 100.0
    assert list(found["computers"]) == [
        "total", "internal_information", "standalone", "intranet", "labelled", "with_custodian",
    ]  # fmt: skip


@pytest.mark.parametrize("year", [2006, 2027, 3000])
def test_a_year_without_a_form_is_refused(b: Bureau, year: int) -> None:
    with on(NEXT_YEAR):
        for ask in (figures, count_cells):
            with pytest.raises(Refused, match=f"{year} 年"):
                ask(b.agency, year)
