"""Every figure is counted from cases that were really walked, and opens to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from mailbox_world import ANSWER, MONDAY, Bureau, case_at, on, submitted

from gongkai.cases.rules import Kind, Stage
from gongkai.enquiries import actions, queries
from gongkai.refusal import Refused


def test_it_works(b: Bureau) -> None:
    """The bureau's own year: 14 enquiries answered, 14 complaints handled, every one answered."""
    for kind in (Kind.ENQUIRY, Kind.COMPLAINT):
        for _ in range(14):
            case_at(Stage.ANSWERED, b, kind)
    assert queries.figures(b.agency, 2026) == {
        "enquiries": {"received": 14, "answered": 14},
        "complaints": {"received": 14, "handled": 14},
        "answer_rate": 100.0,
    }


def a_year(b: Bureau) -> None:
    """Two years, several kinds, some unanswered, one never registered."""
    case_at(Stage.ANSWERED, b, topic="notaries")
    case_at(Stage.ROUTED, b, topic="judicial_exam")
    case_at(Stage.SUBMITTED, b, Kind.COMPLAINT, topic="judicial_exam")
    slow = case_at(Stage.APPROVED, b, Kind.SUGGESTION, topic="other")
    with on(MONDAY + timedelta(days=9)):
        actions.dispatch(slow, by=b.clerk)
    with on(date(2025, 12, 31), 23, 59):
        case_at(Stage.ANSWERED, b)
    with on(date(2026, 1, 1), 0, 1):
        submitted(b, Kind.REPORT)


def test_by_kind_topic_and_unit(b: Bureau) -> None:
    a_year(b)
    told = queries.statistics(b.agency, 2026)
    assert (told.total.received, told.total.answered, told.total.rate) == (5, 2, 40.0)
    assert {k: (f.received, f.answered) for k, f in told.by_kind.items()} == {
        "咨询": (2, 1), "投诉": (1, 0), "建议": (1, 1), "举报": (1, 0),
    }  # fmt: skip
    assert told.by_topic["司法考试"].received == 2
    assert list(told.by_unit) == ["公证管理处", "未分办"]
    assert told.by_kind["咨询"].average_days == 0.0
    assert told.by_kind["建议"].average_days == 7.0
    assert told.by_kind["投诉"].average_days is None
    for part in (told.by_kind, told.by_topic, told.by_unit):
        assert sum(f.received for f in part.values()) == told.total.received
        assert sum(f.answered for f in part.values()) == told.total.answered


def test_years_and_months_end_at_midnight_in_china(b: Bureau) -> None:
    a_year(b)
    assert queries.statistics(b.agency, 2025).total.received == 1
    assert queries.statistics(b.agency, 2025, 12).total.received == 1
    months = [queries.statistics(b.agency, 2026, m).total.received for m in range(1, 13)]
    assert months == [1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_a_past_day_counts_again(b: Bureau) -> None:
    a_year(b)
    then = MONDAY + timedelta(days=8)
    assert queries.statistics(b.agency, 2026, as_of=then).total.answered == 1
    assert queries.statistics(b.agency, 2026, as_of=MONDAY - timedelta(days=1)).total.received == 1
    assert queries.statistics(b.agency, 2026, as_of=MONDAY + timedelta(days=9)).total.answered == 2


def test_every_figure_opens(b: Bureau) -> None:
    a_year(b)

    def leaves(told: dict[str, Any], above: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in told.items():
            found |= leaves(value, f"{key}.") if isinstance(value, dict) else {above + key: value}
        return found

    for as_of in (None, MONDAY + timedelta(days=8)):
        for name, figure in leaves(queries.figures(b.agency, 2026, as_of=as_of)).items():
            rows = queries.rows_behind(b.agency, 2026, name, as_of=as_of).count()
            whole = queries.statistics(b.agency, 2026, as_of=as_of).total
            assert rows == (whole.received if name == "answer_rate" else figure), name
            if name == "answer_rate":
                answered = queries.rows_behind(b.agency, 2026, "answered", as_of=as_of).count()
                assert figure == round(100 * answered / rows, 2)
    with pytest.raises(Refused):
        queries.rows_behind(b.agency, 2026, "weather")


def test_an_empty_year_has_no_rate(b: Bureau) -> None:
    assert queries.figures(b.agency, 2019)["answer_rate"] is None


def test_other_agencies_and_applications_do_not_count(b: Bureau) -> None:
    from mailbox_world import bureau

    from gongkai.cases.models import Case

    other = bureau("other")
    case_at(Stage.ANSWERED, other)
    case = case_at(Stage.ANSWERED, b)
    Case.objects.filter(pk=case.pk).update(kind="application")
    assert queries.statistics(b.agency, 2026).total.received == 0


def test_counting_costs_the_same_however_many(b: Bureau) -> None:
    from django.db import connection

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.statistics(b.agency, 2026)
            queries.public_answers(b.agency)
            [(e.case.number, e.case.owner_unit) for e in queries.enquiries_of(b.agency)]
        return len(seen)

    case_at(Stage.ANSWERED, b)
    few = cost()
    for _ in range(4):
        case_at(Stage.ANSWERED, b)
    assert cost() == few


def test_the_unit_is_the_one_that_answered(b: Bureau) -> None:
    case = case_at(Stage.REGISTERED, b)
    actions.route(case, b.notaries, by=b.clerk)
    actions.send_back(case, by=b.notary_liaison, reason="属律师")
    actions.route(case, b.lawyers, by=b.clerk)
    actions.draft(case, ANSWER, by=b.lawyer_liaison)
    assert list(queries.statistics(b.agency, 2026).by_unit) == ["律师管理处"]
