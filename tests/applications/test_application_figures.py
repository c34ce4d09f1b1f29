"""The figures of the annual report: each cell opens, and the form's arithmetic holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from applying import ASKER, CREDIT_CODE, MONDAY, answered, on, registered, routed, submit
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import Bureau, small_bureau

from gongkai.applications import actions
from gongkai.applications.models import Remedy
from gongkai.applications.queries import (
    TOTAL,
    applications_of,
    counts,
    register_rows,
    remedies_behind,
    remedy_counts,
    row_keys,
    rows_behind,
)  # fmt: skip
from gongkai.applications.rules import Class
from gongkai.cases.models import Case
from gongkai.refusal import NotPermitted, Refused
from gongkai.statute import outcomes, report_form

CLASSES = [c.value for c in Class]
RESULTS = [o.row for o in outcomes()]


def as_class(kind: str) -> dict[str, Any]:
    """Somebody of that class."""
    identity = ASKER.identity if kind == "nat" else CREDIT_CODE
    facts = {**ASKER.__dict__, "applicant_class": kind, "identity": identity}
    return {"person": ASKER.__class__(**facts)}


def assert_form_holds(b: Bureau, year: int, opened: list[str]) -> None:
    """X1 to X5 of the form, and every cell of the ``opened`` columns equal to its rows."""
    table, before = counts(b.agency, year), counts(b.agency, year - 1)
    assert list(table) == row_keys(year)
    results = [row for row in table if row in RESULTS or row == "o_all"]
    for column in [*CLASSES, TOTAL]:
        cell = {row: table[row][column] for row in table}
        assert cell["new"] + cell["carried_in"] == cell["total"] + cell["carried_out"]
        assert cell["total"] == sum(cell[row] for row in results)
        assert cell["carried_in"] == before["carried_out"][column]
        for row, number in cell.items() if column in opened else ():
            assert number == rows_behind(b.agency, year, row, column).count(), (row, column)
    for row in table:
        assert table[row][TOTAL] == sum(table[row][c] for c in CLASSES)
        assert all(isinstance(n, int) and n >= 0 for n in table[row].values())


def test_a_year_is_counted_by_row_and_class(b: Bureau) -> None:
    answered(b)
    answered(
        b, routed(b, **as_class("law")), outcome="D5", grounds=["internal_affairs"], text="后勤。"
    )
    late = routed(b, **as_class("biz"))
    submit(b)  # never registered: not received, so not counted
    with on(date(2027, 1, 5)):
        answered(b, late)
    table = counts(b.agency, 2026)
    assert (table["new"][TOTAL], table["new"]["law"], table["new"]["biz"]) == (3, 1, 1)
    assert (table["granted"]["nat"], table["d_internal"]["law"]) == (1, 1)
    assert (table["total"][TOTAL], table["carried_out"]["biz"]) == (2, 1)
    after = counts(b.agency, 2027)
    assert (after["new"][TOTAL], after["carried_in"]["biz"], after["granted"]["biz"]) == (0, 1, 1)
    assert list(rows_behind(b.agency, 2027, "carried_in")) == [late]
    for year in (2026, 2027):
        assert_form_holds(b, year, ["biz", "oth", TOTAL])


def test_a_past_year_gives_the_same_again(b: Bureau) -> None:
    case = routed(b)
    with on(date(2026, 12, 31)):
        then = counts(b.agency, 2026)
    with on(date(2027, 1, 5)):
        answered(b, case)
        assert counts(b.agency, 2026) == then
    assert then["carried_out"][TOTAL] == 1


def test_the_first_and_the_last_day_belong_to_their_year(b: Bureau) -> None:
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)):
        with on(day):
            registered(b)
    table = counts(b.agency, 2026)
    assert (table["new"][TOTAL], table["carried_in"][TOTAL]) == (2, 1)
    with on(date(2026, 12, 31)):
        answered(b)
    with on(date(2027, 1, 1)):
        answered(b)
    table = counts(b.agency, 2026)
    assert (table["granted"][TOTAL], table["carried_out"][TOTAL]) == (1, 3)


def test_the_form_of_2019_has_one_row_for_all_other_ends(b: Bureau) -> None:
    with on(date(2020, 3, 2)):
        opened = submit(b)
        actions.register(opened.case, by=b.information_office)
        actions.withdraw(opened.case, code=opened.code)
        table = counts(b.agency, 2020)
    assert table["o_all"]["nat"] == 1 and "o_other" not in table
    assert_form_holds(b, 2020, ["nat"])


def test_a_withdrawal_before_registration_is_in_no_row(b: Bureau) -> None:
    opened = submit(b)
    actions.withdraw(opened.case, code=opened.code)
    assert all(n == 0 for row in counts(b.agency, 2026).values() for n in row.values())


def test_each_organ_counts_its_own(b: Bureau) -> None:
    registered(small_bureau("other", "别处司法局"))
    assert counts(b.agency, 2026)["new"][TOTAL] == 0
    assert not applications_of(b.agency).exists()


def test_a_row_that_the_form_lacks_is_refused(b: Bureau) -> None:
    with pytest.raises(Refused):
        rows_behind(b.agency, 2026, "o_all")


ENDS = ["open", "G1", "D5", "N2", "withdrawn", "abandoned", "unregistered"]
DAYS = st.dates(date(2024, 11, 1), date(2026, 2, 1))


def live(b: Bureau, kind: str, start: date, end: date, how: str) -> None:
    """One application that begins and ends on these days."""
    with on(start):
        opened = submit(b, **as_class(kind))
        case = opened.case
        if how == "unregistered":
            return
        actions.register(case, by=b.information_office, acknowledge=False)
        actions.route(case, b.lawyers, by=b.information_office)
        if how == "abandoned":
            until = start + timedelta(days=20)
            actions.ask_rectification(case, by=b.information_office, what="名称", until=until)
    with on(max(end, start + timedelta(days=30)) if how == "abandoned" else end):
        if how == "withdrawn":
            actions.withdraw(case, code=opened.code)
        elif how == "abandoned":
            actions.abandon(case, by=b.information_office)
        elif how != "open":
            grounds = ["internal_affairs"] if how == "D5" else []
            answered(b, case, outcome=how, grounds=grounds, text="附后。")


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(
    st.tuples(st.sampled_from(CLASSES), DAYS, st.integers(0, 120), st.sampled_from(ENDS)),
    max_size=4,
))  # fmt: skip
def test_the_arithmetic_of_the_form_always_holds(
    b: Bureau, lives: list[tuple[str, date, int, str]]
) -> None:
    with transaction.atomic():
        for kind, start, days, how in lives:
            live(b, kind, start, start + timedelta(days=days), how)
        for year in (2024, 2025, 2026):
            assert_form_holds(b, year, [lives[0][0]] if lives else [])
        transaction.set_rollback(True)


def test_the_register_names_no_applicant(b: Bureau) -> None:
    answered(b)
    [row] = register_rows(b.agency, 2026)
    assert (row["编号"], row["申请人类别"], row["答复类型"]) == (
        "SQ-2026-0001",
        "自然人",
        "予以公开",
    )
    assert (row["法定期限"], row["获取方式"]) == (date(2026, 3, 30), "网上查阅")
    assert ASKER.name not in str(row) and ASKER.phone not in str(row)


def with_remedy(b: Bureau, kind: str, case: Case | None = None) -> Remedy:
    return actions.file_remedy(
        case or answered(b), by=b.information_office, kind=kind, filed_on=MONDAY
    )


def test_remedies_are_counted_by_result_and_year(b: Bureau) -> None:
    upheld = with_remedy(b, "reconsideration")
    with_remedy(b, "suit")
    with on(date(2026, 4, 1)):
        actions.decide_remedy(
            upheld, by=b.information_office, result="upheld", decided_on=date(2026, 4, 1)
        )
        after = actions.file_remedy(
            upheld.case, by=b.information_office, kind="suit", filed_on=date(2026, 4, 1)
        )
    with on(date(2027, 2, 1)):
        actions.decide_remedy(
            after, by=b.information_office, result="corrected", decided_on=date(2027, 2, 1)
        )
    table = remedy_counts(b.agency, 2026)
    assert table["review"] == {"upheld": 1, "corrected": 0, "other": 0, "pending": 0, "total": 1}
    assert (table["suit_direct"]["pending"], table["suit_after_review"]["pending"]) == (1, 1)
    next_year = remedy_counts(b.agency, 2027)
    assert next_year["suit_after_review"]["corrected"] == 1
    assert (next_year["review"]["total"], next_year["suit_direct"]["pending"]) == (0, 1)
    form = report_form(2026).table(3)
    assert list(table) == [row.key for row in form.rows]
    for year in (2026, 2027):
        for row, line in remedy_counts(b.agency, year).items():
            for column, number in line.items():
                assert remedies_behind(b.agency, year, row, column).count() == number


def test_one_remedy_at_a_time_and_one_result(b: Bureau) -> None:
    remedy = with_remedy(b, "reconsideration")
    with pytest.raises(Refused, match="尚未审结"):
        with_remedy(b, "suit", remedy.case)
    with pytest.raises(Refused) as refused:
        actions.decide_remedy(remedy, by=b.information_office, result="pending", decided_on=MONDAY)
    assert refused.value.field == "result"
    with pytest.raises(NotPermitted):
        actions.decide_remedy(remedy, by=b.liaison, result="upheld", decided_on=MONDAY)
    actions.decide_remedy(remedy, by=b.information_office, result="other", decided_on=MONDAY)
    with pytest.raises(Refused, match="已经登记"):
        actions.decide_remedy(remedy, by=b.information_office, result="upheld", decided_on=MONDAY)
    kinds = list(remedy.case.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["remedy_filed", "remedy_decided"]
