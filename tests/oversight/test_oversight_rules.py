from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.oversight import rules
from gongkai.oversight.rules import Act, State, fold, objection_to_act


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ("", None),
        ("opened", State.OPEN),
        ("opened answered", State.ANSWERED),
        ("opened answered accepted", State.CLOSED),
        ("opened answered reopened", State.OPEN),
        ("opened answered accepted reopened answered accepted", State.CLOSED),
    ],
)
def test_a_finding_is_its_events(acts: str, state: State | None) -> None:
    assert fold(acts.split()) == state


@pytest.mark.parametrize(
    "acts", ["answered", "opened accepted", "opened opened", "opened reopened", "opened waved"]
)
def test_a_sequence_that_cannot_have_happened_is_an_error(acts: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        fold(acts.split())


@given(st.lists(st.sampled_from([a for a in Act if a != Act.OPENED]), max_size=12))
def test_what_the_rule_lets_happen_can_be_folded(tried: list[Act]) -> None:
    done = [Act.OPENED]
    for act in tried:
        state = fold(done)
        assert state is not None
        allowed = not objection_to_act(state, act, "已改")
        try:
            fold([*done, act])
        except ValueError:
            assert not allowed
        else:
            assert allowed
            done.append(act)


@pytest.mark.parametrize("act", [Act.ANSWERED, Act.REOPENED])
def test_an_answer_and_a_return_say_something(act: Act) -> None:
    state = State.OPEN if act == Act.ANSWERED else State.ANSWERED
    assert "请写明" in objection_to_act(state, act, " ")
    assert not objection_to_act(state, act, "已更正")


def test_overdue() -> None:
    due = date(2014, 6, 30)
    assert not rules.is_overdue(State.OPEN, due, due)
    assert rules.is_overdue(State.ANSWERED, due, date(2014, 7, 1))
    assert not rules.is_overdue(State.CLOSED, due, date(2014, 7, 1))


def test_the_score() -> None:
    assert rules.score([]) == 100
    assert rules.score([5, 3]) == 92
    assert rules.score([60, 60]) == 0


@pytest.mark.parametrize(
    ("points", "row", "reason"),
    [(0, "item:1", "迟"), (101, "item:1", "迟"), (1, " ", "迟"), (1, "a", "")],
)
def test_no_deduction_without_a_row_and_a_reason(points: int, row: str, reason: str) -> None:
    assert rules.objection_to_deduction(points, row, reason)


def test_numbers() -> None:
    assert rules.number("JD", 2014, 7) == "JD-2014-007"
