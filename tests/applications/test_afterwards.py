"""After the reply: what is to be published, and the second look at what was withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from applying import ASKER, IN_2014, MONDAY, answered, on, routed
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.queries import to_follow_up
from gongkai.applications.rules import afterwards, looked_at_before
from gongkai.cases.models import Case
from gongkai.clock.queries import calendar
from gongkai.refusal import NotPermitted, Refused

WITHHELD = {"outcome": "D5", "grounds": ["internal_affairs"], "text": "属于后勤管理信息。"}
YEAR_LATER = date(2027, 3, 2)


def left(case: Case):
    return afterwards([e.happened() for e in case.events.order_by("seq")], calendar("sfj"))


def waiting() -> list[Case]:
    return list(to_follow_up(Case.objects.all()))


def test_what_was_given_out_waits_for_a_decision(b: Bureau) -> None:
    case = answered(b)
    assert left(case).decide and waiting() == [case]
    actions.decide_proactive(case, by=b.information_office, publish=False, reason="仅关系申请人")
    assert not left(case).decide and left(case).publish is None and waiting() == []
    with pytest.raises(Refused, match="已经决定过"):
        actions.decide_proactive(case, by=b.information_office, publish=True, reason="再想想")


def test_what_is_to_be_published_has_a_last_day(b: Bureau) -> None:
    case = answered(b)
    actions.decide_proactive(case, by=b.information_office, publish=True, reason="三人申请")
    # 20 working days from Monday 2 March, as for any other information.
    assert left(case).publish == date(2026, 3, 30) and waiting() == [case]
    with pytest.raises(Refused) as refused:
        actions.note_published(case, by=b.information_office, index_number="000000001/2026-99999")
    assert refused.value.field == "index_number"


def test_what_was_withheld_is_looked_at_again_each_year(b: Bureau) -> None:
    case = answered(b, **WITHHELD)
    assert left(case).look_again == YEAR_LATER and not left(case).decide and waiting() == []
    with on(date(2027, 3, 1)):
        assert waiting() == []
    with on(YEAR_LATER):
        assert waiting() == [case] and looked_at_before(YEAR_LATER) == MONDAY
        actions.look_again(case, by=b.information_office, keep=True, reason="情况没有变化")
        assert waiting() == []
    # A Thursday: the day rolls past a day of rest only.
    assert left(case).look_again == date(2028, 3, 2)
    with on(date(2028, 3, 2)):
        assert waiting() == [case]
        actions.look_again(case, by=b.information_office, keep=False, reason="已过保密期")
        assert left(case).look_again is None and left(case).publish is not None
        assert waiting() == [case]
        with pytest.raises(Refused, match="不再复核"):
            actions.look_again(case, by=b.information_office, keep=True, reason="再看")


@pytest.mark.parametrize("facts", [
    {"outcome": "R2", "text": "您已收到同一信息。"},
    {"outcome": "D8", "grounds": ["special_register"], "text": "请依不动产登记的规定查询。"},
])  # fmt: skip
def test_neither_task_follows_what_was_neither_given_nor_withheld(b: Bureau, facts: dict) -> None:
    case = answered(b, **facts)
    assert left(case) == type(left(case))() and waiting() == []
    with pytest.raises(Refused):
        actions.decide_proactive(case, by=b.information_office, publish=True, reason="试试")
    with pytest.raises(Refused):
        actions.look_again(case, by=b.information_office, keep=True, reason="试试")


def test_the_text_of_2007_knows_neither(b: Bureau) -> None:
    with on(IN_2014):
        case = answered(b, routed(b, person=replace(ASKER, identity="")))
        with pytest.raises(Refused):
            actions.decide_proactive(case, by=b.information_office, publish=True, reason="试试")
    assert case.outcome == "G1" and waiting() == []


def test_a_reason_and_the_office_are_needed(b: Bureau) -> None:
    case = answered(b)
    with pytest.raises(Refused) as refused:
        actions.decide_proactive(case, by=b.information_office, publish=True, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(NotPermitted):
        actions.decide_proactive(case, by=b.liaison, publish=True, reason="三人申请")
