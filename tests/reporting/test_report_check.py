"""Reports that were printed, with their known faults; and planted faults, each one found."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.refusal import Refused
from gongkai.reporting.rules import check
from gongkai.statute import report_form

FIXTURES = Path(__file__).parent / "fixtures"
REPORTS = {r["id"]: r for r in json.loads((FIXTURES / "reports.json").read_text("utf-8"))}
OLDER = {r["id"]: r for r in json.loads((FIXTURES / "older_reports.json").read_text("utf-8"))}
GOOD = REPORTS["report-01"]
OF_2019 = REPORTS["report-05"]
COLUMNS = [column.key for column in report_form(2021).table(2).columns]
SIX_KEYS = ["rule", "table", "row", "column", "expected", "found"]


def rules(report: dict[str, Any], previous: dict[str, Any] | None = None) -> set[str]:
    """The rules that a report violates."""
    return {fault["rule"] for fault in check(report, previous)["violations"]}


def changed(report: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    """A copy with one figure changed."""
    copied = copy.deepcopy(report)
    place = copied
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return copied


def test_a_sound_report_passes() -> None:
    assert check(GOOD) == {"violations": [], "warnings": []}


@pytest.mark.parametrize("report", REPORTS.values(), ids=list(REPORTS))
def test_the_known_faults_of_printed_reports_and_no_others(report: dict[str, Any]) -> None:
    assert rules(report) == set(report["known"])


def test_blanks_of_the_form_of_2019_count_as_zero_and_are_told() -> None:
    found = check(OF_2019)
    blank = [w for w in found["warnings"] if w["rule"] == "blank"]
    assert len([w for w in blank if w["table"] == 2]) == 126
    assert len([w for w in blank if w["table"] == 3]) == 9
    assert {"X4"} & {v["rule"] for v in found["violations"]} == set()
    total = next(v for v in found["violations"] if v["rule"] == "X2" and v["column"] == "tot")
    assert (total["expected"], total["found"]) == (0, 805)


def test_the_text_of_2019_against_its_table() -> None:
    found = {v["row"]: v for v in check(OF_2019)["violations"] if v["table"] == "text"}
    assert (found["granted_and_partial"]["expected"], found["unable"]["expected"]) == (275, 337)
    assert (found["categories"]["expected"], found["categories"]["found"]) == (805, 716)
    assert found["granted_pct"]["expected"] == 32.05
    assert (found["claim"]["expected"], found["claim"]["found"]) == (13, 16)
    assert "denied" not in found and "denied_pct" not in found


def test_a_fault_has_the_six_keys() -> None:
    found = check(changed(GOOD, "table2", "total", 6, to=3051))
    assert [list(fault) for fault in found["violations"]] == [SIX_KEYS] * len(found["violations"])
    x2 = next(fault for fault in found["violations"] if fault["rule"] == "X2")
    assert x2 == {
        "rule": "X2", "table": 2, "row": "total", "column": "tot", "expected": 3050, "found": 3051,
    }  # fmt: skip


@given(
    row=st.sampled_from(sorted(GOOD["table2"])),
    column=st.integers(0, 6),
    by=st.integers(-50, 50).filter(bool),
)
def test_any_changed_cell_of_table_2_is_found(row: str, column: int, by: int) -> None:
    value = GOOD["table2"][row][column] + by
    found = check(changed(GOOD, "table2", row, column, to=value))["violations"]
    hit = [f for f in found if f["table"] == 2]
    assert hit, (row, COLUMNS[column], by)
    assert any(f["column"] == COLUMNS[column] or f["row"] == row for f in hit)
    assert any(f["rule"] == "X3" and f["row"] == row for f in hit)


@given(
    row=st.sampled_from(sorted(GOOD["table3"])),
    column=st.sampled_from(["upheld", "corrected", "other", "pending", "total"]),
    by=st.integers(-50, 50).filter(bool),
)
def test_any_changed_cell_of_table_3_is_found(row: str, column: str, by: int) -> None:
    report = changed(GOOD, "table3", row, column, to=GOOD["table3"][row][column] + by)
    found = check(report)["violations"]
    assert any((f["rule"], f["table"], f["row"]) == ("X8", 3, row) for f in found)


@given(name=st.sampled_from(sorted(GOOD["prose"])), by=st.integers(-50, 50).filter(bool))
def test_any_changed_figure_of_the_text_is_found(name: str, by: int) -> None:
    report = changed(GOOD, "prose", name, to=GOOD["prose"][name] + by)
    assert [(f["rule"], f["table"], f["row"]) for f in check(report)["violations"]] == [
        ("X7", "text", name)
    ]


@pytest.mark.parametrize("value", [None, -1, 1.5, "12", "30+", True, float("nan")])
@pytest.mark.parametrize(
    ("path", "row"),
    [(("table2", "partial", 0), "partial"), (("table3", "review", "other"), "review"),
     (("table1", "规章", "valid"), "规章"), (("table1", "行政许可"), "行政许可")],
)  # fmt: skip
def test_what_is_no_whole_number_is_found(path: tuple[Any, ...], row: str, value: Any) -> None:
    found = check(changed(GOOD, *path, to=value))["violations"]
    assert ("X4", row) in {(f["rule"], f["row"]) for f in found}


def test_money_may_have_decimals_and_nothing_else_may() -> None:
    assert rules(changed(GOOD, "table1", "行政事业性收费_万元", to=12.5)) == set()
    assert rules(changed(GOOD, "table1", "行政事业性收费_万元", to=-12.5)) == {"X4"}


def test_a_missing_row_is_blank_and_a_missing_table_is_told() -> None:
    short = copy.deepcopy(GOOD)
    del short["table2"]["n_mass"], short["table3"], short["confidence"]
    found = check(short)
    gone = {(f["row"], f["column"]) for f in found["violations"] if f["rule"] == "X4"}
    assert gone == {("n_mass", column) for column in COLUMNS}
    assert ("missing", 3) in {(w["rule"], w["table"]) for w in found["warnings"]}


def test_a_row_of_another_form_or_length_is_told() -> None:
    alien = changed(GOOD, "table2", "o_all", to=[0] * 7)
    assert ("form", "o_all") in {(w["rule"], w["row"]) for w in check(alien)["warnings"]}
    assert "form" in rules(changed(GOOD, "table2", "new", to=[1, 2, 3]))


def last_year() -> dict[str, Any]:
    """A report that the good one follows from."""
    before = copy.deepcopy(GOOD)
    before["year"] -= 1
    before["table2"]["carried_out"] = list(GOOD["table2"]["carried_in"])
    before["table1"]["规章"]["valid"] = 10
    before["table1"]["行政规范性文件"]["valid"] = 84
    return before


def test_last_year_carries_over_class_by_class() -> None:
    assert check(GOOD, last_year()) == {"violations": [], "warnings": []}
    wrong = changed(last_year(), "table2", "carried_out", 0, to=35)
    (fault,) = check(GOOD, wrong)["violations"]
    assert fault == {
        "rule": "X5", "table": 2, "row": "carried_in", "column": "nat", "expected": 35, "found": 34,
    }  # fmt: skip


def test_the_stock_of_documents_follows_from_last_year_or_is_doubted() -> None:
    wrong = changed(last_year(), "table1", "行政规范性文件", "valid", to=85)
    found = check(GOOD, wrong)
    assert found["violations"] == []
    (doubt,) = found["warnings"]
    assert (doubt["rule"], doubt["row"], doubt["expected"], doubt["found"]) == (
        "X9", "行政规范性文件", 67, 66,
    )  # fmt: skip


def test_a_report_that_is_not_last_years_is_told() -> None:
    other = {**last_year(), "year": GOOD["year"] - 2}
    assert [w["rule"] for w in check(GOOD, other)["warnings"]] == ["previous_year"]


def test_received_with_two_meanings_is_doubted() -> None:
    assert [w["rule"] for w in check(REPORTS["report-03"])["warnings"]] == ["term"]


@pytest.mark.parametrize(
    ("prose", "rule"),
    [
        ({"published_items": 10, "parts": [3, 6]}, "text_sum"),
        ({"published_items": 10, "named_parts": [3, 8]}, "text_sum"),
        ({"made": 20, "proactive": 5, "on_request": 0, "not_public": 14}, "text_sum"),
        ({"by_channel": {"web": 3000, "letter": 118}}, "text_sum"),
        ({"granted_partial": 1816, "granted_partial_pct": 59.7, "closed": 3050}, "text_percent"),
        ({"withdrawn_within_other": 188}, "X7"),
        ({"claim": "全部维持"}, "text_claim"),
    ],
)
def test_a_text_that_contradicts_itself_is_found(prose: dict[str, Any], rule: str) -> None:
    assert rules({**GOOD, "prose": prose}) == {rule}


@pytest.mark.parametrize(
    "prose",
    [
        {"published_items": 10, "parts": [4, 6]},
        {"published_items": 10, "named_parts": [3, 6]},
        {"granted_partial": 1816, "granted_partial_pct": 59.54, "closed": 3050},
        {"granted_partial": 1816, "granted_partial_pct": 59.5409, "closed": 3050},
        {"withdrawn_within_other": 187, "natural": 3001, "organisations": 118},
        {"remark": "没有数字", "visits": 260939},
    ],
)
def test_a_text_that_agrees_is_left_alone(prose: dict[str, Any]) -> None:
    assert check({**GOOD, "prose": prose}) == {"violations": [], "warnings": []}


@pytest.mark.parametrize("report", OLDER.values(), ids=list(OLDER))
def test_reports_before_the_national_form(report: dict[str, Any]) -> None:
    found = check(report)
    assert {f["rule"] for f in found["violations"]} == set(report["known"])
    assert {f["rule"] for f in found["warnings"]} == set(report["doubts"])


def test_the_sums_of_the_form_of_2014_only_warn() -> None:
    ways = ("fax", "letter", "in_person", "online")
    rows = {"received": 5, **{f"received_{way}": 1 for way in ways}}
    found = check({"year": 2014, "table1": rows})
    assert found["violations"] == []
    assert [(w["rule"], w["expected"], w["found"]) for w in found["warnings"]] == [("S1", 4, 5)]


@pytest.mark.parametrize(
    "report", [None, [], "x", {}, {"year": "2024"}, {"format": "2020"}, {"year": 1999},
               {**GOOD, "table2": [1]}, {**GOOD, "prose": [1]}],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_chinese(report: Any) -> None:
    with pytest.raises(Refused, match=r"[一-龥]"):
        check(report)
