"""Events are the only truth: append-only, folded by a pure function."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from mailbox_world import ANSWER, MONDAY, WAY, Bureau, case_at, on, submitted

from gongkai.cases.actions import FOLDED, append, ensure_possible, refold, remind, route
from gongkai.cases.models import Case, Event
from gongkai.cases.queries import (
    clock_of,
    lamp_of,
    lamps_of,
    may_act,
    overdue,
    visible_to,
    waiting_for,
)
from gongkai.cases.registry import machine_of
from gongkai.cases.rules import (
    ACT_LABELS,
    FINISHED,
    MOST_RETURNS,
    SHARED,
    STAGE_LABELS,
    Act,
    Clock,
    Happened,
    Kind,
    Lamp,
    Machine,
    Stage,
    State,
    fold,
    lamp,
    objection,
    step,
)
from gongkai.clock.queries import shipped_calendar
from gongkai.enquiries import actions
from gongkai.ledger.models import Entry
from gongkai.refusal import Refused

PLAIN = Machine(SHARED, lambda events, calendar: Clock(), ACT_LABELS)
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DATA: dict[str, dict[str, object]] = {
    Act.REGISTERED: {"received_on": "2026-03-02"},
    Act.ROUTED: {"unit": 7},
    Act.RATED: {"stars": 4},
}


def happened(kind: str, **data: object) -> Happened:
    return Happened(kind=kind, at=NOW, day=MONDAY, data={**DATA.get(kind, {}), **data})


def test_it_works() -> None:
    way = [Act.SUBMITTED, Act.REGISTERED, Act.ROUTED, Act.DRAFTED, Act.COLLATED, Act.APPROVED,
           Act.DISPATCHED, Act.RATED, Act.CLOSED]  # fmt: skip
    state = fold(map(happened, way), PLAIN)
    assert state == State(
        Stage.CLOSED, owner_unit=7, received_on=MONDAY, answered_on=MONDAY, rating=4
    )


@given(st.data())
def test_objection_and_fold_always_agree(data: st.DataObject) -> None:
    """What ``objection`` lets through the fold can take; what it stops leaves the state alone."""
    state = State()
    returns = 0
    for _ in range(data.draw(st.integers(0, 25))):
        kind = data.draw(st.sampled_from(list(Act)))
        event = happened(kind)
        if objection(state, kind, PLAIN):
            provided = kind in SHARED.get(state.stage, {}) if state.stage else kind == Act.SUBMITTED
            if not provided:
                with pytest.raises(ValueError, match=r"provided|begins"):
                    step(state, event, PLAIN)
            continue
        before, state = state, step(state, event, PLAIN)
        returns += kind == Act.SENT_BACK
        assert state.returns == returns <= MOST_RETURNS
        unowned = {Stage.SUBMITTED, Stage.REGISTERED}
        closed_unrouted = state.stage == Stage.CLOSED and before.owner_unit is None
        assert (state.owner_unit is None) == (state.stage in unowned or closed_unrouted)
        assert (state.answered_on is not None) <= (state.stage in FINISHED)
        assert (state.received_on is None) == (state.stage == Stage.SUBMITTED)


def test_a_sequence_that_cannot_be_is_an_error() -> None:
    for kinds in ([Act.REGISTERED], [Act.SUBMITTED, Act.APPROVED], [Act.SUBMITTED, Act.SUBMITTED]):
        with pytest.raises(ValueError, match=r"provided|begins"):
            fold(map(happened, kinds), PLAIN)


@pytest.mark.parametrize("stage", list(Stage), ids=str)
def test_objections_name_stage_and_act(stage: Stage) -> None:
    for act in Act:
        told = objection(State(stage=stage), act, PLAIN)
        if act in SHARED.get(stage, {}):
            assert told == ""
        else:
            assert STAGE_LABELS[stage] in told
            assert ACT_LABELS[act] in told
            assert "刷新页面" in told


def test_every_stage_and_act_has_its_words() -> None:
    assert set(STAGE_LABELS) == set(Stage)
    assert set(ACT_LABELS) == set(Act)
    assert "尚未提交" in objection(State(), Act.ROUTED, PLAIN)


# -- lamps ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "shown", "words"),
    [
        (date(2026, 3, 10), Lamp.GREEN, "剩6个工作日"),
        (date(2026, 3, 9), Lamp.YELLOW, "剩5个工作日"),
        (date(2026, 3, 5), Lamp.YELLOW, "剩3个工作日"),
        (date(2026, 3, 4), Lamp.ORANGE, "剩2个工作日"),
        (date(2026, 3, 2), Lamp.ORANGE, "今天到期"),
        (date(2026, 2, 28), Lamp.RED, "逾期1个工作日"),
        (None, Lamp.YELLOW, "待登记计时"),
    ],
)
def test_lamps(due: date | None, shown: Lamp, words: str) -> None:
    told = lamp(Clock(due_on=due), Stage.ROUTED, MONDAY, shipped_calendar())
    assert told == (shown, words)


def test_paused_and_done_lamps() -> None:
    late = Clock(due_on=date(2020, 1, 1), paused=True)
    assert lamp(late, Stage.ROUTED, MONDAY, shipped_calendar())[0] == Lamp.GREY
    assert lamp(late, Stage.ANSWERED, MONDAY, shipped_calendar())[0] == Lamp.DONE


# -- rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.filter(seq=1).update(kind="approved"),
        lambda: Event.objects.filter(seq=1).update(data={"unit": 1}),
        lambda: Event.objects.filter(seq=2).delete(),
        lambda: Event.objects.all()._raw_delete("default"),
    ],
    ids=["kind", "data", "delete", "all"],
)
def test_events_are_only_added(b: Bureau, change) -> None:
    case = case_at(Stage.REGISTERED, b)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        change()
    assert [e.kind for e in case.events.order_by("seq")] == ["submitted", "registered"]


def test_an_event_has_its_place_once(b: Bureau) -> None:
    case = case_at(Stage.SUBMITTED, b)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.create(case=case, seq=1, kind="registered", at=NOW, by="x")


def test_an_event_that_cannot_be_is_refused_and_leaves_nothing(b: Bureau) -> None:
    case = case_at(Stage.SUBMITTED, b)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="待信息办登记"):
        append(case, Act.APPROVED, by=b.leader)
    with pytest.raises(Refused, match="待信息办登记"):
        ensure_possible(case, Act.APPROVED)
    assert (case.events.count(), Entry.objects.count()) == (1, before)


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_rebuilds_to_what_is_stored(b: Bureau, seed: int) -> None:
    """Random walks by the real transitions; then every folded field is spoilt and rebuilt."""
    import random

    chance = random.Random(seed)
    case = submitted(b).case
    for _ in range(14):
        machine = machine_of(case.kind)
        choices = [
            act for act in machine.transitions.get(Stage(case.stage), {})
            if not objection(_state(case), act, machine)
            and (act != Act.CLOSED or case.events.count() > 8)
        ]  # fmt: skip
        if not choices:
            break
        act = chance.choice(choices)
        data: dict[str, object] = {"stars": chance.randint(1, 5)} if act == Act.RATED else {}
        if act == Act.REGISTERED:
            data = {"received_on": "2026-02-27"}
        if act == Act.ROUTED:
            data = {"unit": chance.choice([b.lawyers, b.notaries]).pk}
        append(case, act, by=b.clerk, data=data)
    attributes = [{"owner_unit": "owner_unit_id"}.get(name, name) for name in FOLDED]
    stored = Case.objects.values(*attributes).get(pk=case.pk)
    state, told = _state(case), clock_of(case)
    assert len(case.events.all()) > 3
    assert stored == {
        "stage": state.stage, "owner_unit_id": state.owner_unit, "received_on": state.received_on,
        "answered_on": state.answered_on, "outcome": state.outcome, "returns": state.returns,
        "rating": state.rating, "due_on": told.due_on, "safe_on": told.safe_on,
        "provisional": told.provisional, "paused": told.paused,
    }  # fmt: skip
    Case.objects.filter(pk=case.pk).update(
        stage="submitted", owner_unit=None, received_on=None, answered_on=None, due_on=None,
        safe_on=None, provisional=True, paused=True, outcome="x", returns=9, rating=9,
    )  # fmt: skip
    refold(Case.objects.get(pk=case.pk))
    assert Case.objects.values(*attributes).get(pk=case.pk) == stored


def _state(case: Case) -> State:
    return fold([e.happened() for e in case.events.order_by("seq")], machine_of(case.kind))


def test_an_event_is_dated_by_the_day_in_china(b: Bureau) -> None:
    with on(MONDAY, 0, 30):
        case = case_at(Stage.ANSWERED, b)
    assert case.answered_on == MONDAY


# -- reading -------------------------------------------------------------------------------------


def test_the_inbox_costs_the_same_however_full(b: Bureau) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            rows = lamps_of(waiting_for(b.clerk))
            assert [str(c.agency) + str(c.owner_unit) + words for c, (_, words) in rows]
        return len(seen)

    case_at(Stage.DRAFTED, b)
    one = cost()
    for stage in (Stage.SUBMITTED, Stage.DRAFTED, Stage.DRAFTED, Stage.REGISTERED, Stage.APPROVED):
        case_at(stage, b)
    assert len(waiting_for(b.clerk)) == 6
    assert cost() == one <= 4


def test_the_inbox_begins_with_what_is_due_first(b: Bureau) -> None:
    late = case_at(Stage.REGISTERED, b, Kind.COMPLAINT)
    soon = case_at(Stage.REGISTERED, b)
    new = submitted(b).case
    assert list(waiting_for(b.clerk)) == [soon, late, new]


def test_a_unit_reads_its_own_cases_only(b: Bureau) -> None:
    case = case_at(Stage.ROUTED, b)
    assert case in visible_to(b.notary_liaison)
    assert case in visible_to(b.leader)
    assert case not in visible_to(b.lawyer_liaison)
    assert case not in visible_to(b.editor)
    assert may_act(b.notary_liaison, case)
    assert not may_act(b.lawyer_liaison, case)
    assert not may_act(b.clerk, case)


def test_overdue_and_its_lamp(b: Bureau) -> None:
    case, done = case_at(Stage.ROUTED, b), case_at(Stage.ANSWERED, b)
    with on(date(2026, 3, 9)):
        assert list(overdue(b.agency)) == []
        assert lamp_of(case) == (Lamp.ORANGE, "今天到期")
    with on(date(2026, 3, 11)):
        assert list(overdue(b.agency)) == [case]
        assert lamp_of(case) == (Lamp.RED, "逾期2个工作日")
        assert lamp_of(done)[0] == Lamp.DONE


def test_urging_once_a_day(b: Bureau) -> None:
    case = case_at(Stage.ROUTED, b)
    remind(case, by=b.clerk)
    with pytest.raises(Refused, match="今天已经催办过"):
        remind(case, by=b.clerk)
    with on(MONDAY + timedelta(days=1), 0, 1):
        remind(case, by=b.clerk)
    assert case.stage == Stage.ROUTED


def test_a_unit_of_another_agency_gets_nothing(b: Bureau) -> None:
    from mailbox_world import bureau

    other = bureau("other")
    with pytest.raises(Refused, match="不属于本机关"):
        route(case_at(Stage.REGISTERED, b), other.notaries, by=b.clerk)


def test_sending_back_out_of_turn_is_refused_in_words(b: Bureau) -> None:
    with pytest.raises(Refused, match="不能办理“退回信息办”"):
        actions.send_back(case_at(Stage.REGISTERED, b), by=b.notary_liaison, reason="x")


def test_the_way_is_whole() -> None:
    assert ANSWER
    assert set(WAY) == set(Stage) - {Stage.RECTIFYING, Stage.CLOSED}
