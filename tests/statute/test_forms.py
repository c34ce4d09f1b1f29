"""Outcomes and report forms: one enumeration serves letters, rules and reports."""

from itertools import pairwise

import pytest

from gongkai import statute
from gongkai.refusal import Refused

ROWS_2021 = [
    "new", "carried_in", "granted", "partial", "d_secret", "d_law", "d_safety", "d_third",
    "d_internal", "d_process", "d_case", "d_query", "u_notheld", "u_create", "u_unclear",
    "n_petition", "n_repeat", "n_publication", "n_mass", "n_confirm", "o_nocorrection",
    "o_nofee", "o_other", "total", "carried_out",
]  # fmt: skip


def rows(year: int, number: int) -> list[str]:
    return [row.key for row in statute.report_form(year).table(number).rows]


def test_there_are_21_outcomes_in_the_order_of_the_report() -> None:
    codes = [outcome.code for outcome in statute.outcomes()]
    assert codes == (
        ["G1", "P1"] + [f"D{i}" for i in range(1, 9)] + ["N1", "N2", "N3"]
        + [f"R{i}" for i in range(1, 6)] + ["O1", "O2", "O3"]
    )  # fmt: skip
    assert statute.outcome("D8").group_label == "（三）不予公开"
    with pytest.raises(Refused):
        statute.outcome("X1")


def test_every_outcome_has_its_own_row_and_its_label() -> None:
    assert rows(2021, 2) == ROWS_2021
    labels = {row.key: row.label for row in statute.report_form(2021).table(2).rows}
    for outcome, row in zip(statute.outcomes(), ROWS_2021[2:23], strict=True):
        assert (outcome.row, outcome.row_label) == (row, labels[row])
        assert statute.outcome_of_row(row) is outcome


def test_the_older_forms_have_a_row_for_what_they_can_count() -> None:
    assert {o.row_2019 for o in statute.outcomes()} == set(rows(2020, 2)[2:-2])
    old = set(rows(2014, 1))
    assert {row for o in statute.outcomes() for row in o.rows_2007} <= old
    assert {g.row_2007 for g in statute.grounds("2007")} - {""} <= old


@pytest.mark.parametrize(
    ("year", "form", "cells"),
    [
        (2008, "2007", {1: 58}),
        (2018, "2007", {1: 58}),
        (2019, "2019", {1: 22, 2: 161, 3: 15}),
        (2020, "2019", {1: 22, 2: 161, 3: 15}),
        (2021, "2021", {1: 10, 2: 175, 3: 15}),
        (2026, "2021", {1: 10, 2: 175, 3: 15}),
    ],
)
def test_the_year_fixes_the_form_and_its_cells(year: int, form: str, cells: dict[int, int]) -> None:
    found = statute.report_form(year)
    assert found.id == form
    assert {table.number: len(table.cells()) for table in found.tables} == cells


@pytest.mark.parametrize("year", [2014, 2020, 2021])
def test_constraints_name_rows_and_columns_that_exist(year: int) -> None:
    form = statute.report_form(year)
    for constraint in form.constraints:
        if constraint.kind == "text":
            continue
        table = form.table(constraint.table)
        across = constraint.kind in ("columns", "stock")
        known = {c.key for c in table.columns} if across else {r.key for r in table.rows}
        assert {*constraint.left, *constraint.right} <= known, constraint.id


def test_the_total_adds_every_outcome() -> None:
    (total,) = [c for c in statute.report_form(2021).constraints if c.id == "X2"]
    assert total.right == tuple(o.row for o in statute.outcomes())


def test_unconfirmed_sums_warn_and_never_stop() -> None:
    assert {c.level for c in statute.report_form(2014).constraints} == {"warning"}
    levels = {c.id: c.level for c in statute.report_form(2021).constraints}
    assert levels == {"X1": "error", "X2": "error", "X3": "error", "X4": "error", "X5": "error",
                      "X7": "warning", "X8": "error", "X9": "warning"}  # fmt: skip


def test_forms_follow_each_other_without_a_gap() -> None:
    forms = [statute.report_form(year) for year in (2014, 2019, 2021)]
    for earlier, later in pairwise(forms):
        assert earlier.last_year is not None and earlier.last_year + 1 == later.first_year
    with pytest.raises(Refused):
        statute.report_form(1999)


def test_parents_are_rows() -> None:
    table = statute.report_form(2014).table(1)
    keys = {row.key for row in table.rows}
    assert {row.parent for row in table.rows} - {""} <= keys


def test_grounds_lead_to_outcomes() -> None:
    for version in ("2007", "2019"):
        for ground in statute.grounds(version):
            assert statute.outcome(ground.outcome).group == "D"
            assert ground.duty in ("must", "may")
