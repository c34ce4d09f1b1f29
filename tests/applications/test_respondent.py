"""The organ's own time in a reconsideration or suit: counted, shown, kept, and told at the desk."""

from __future__ import annotations

from datetime import date

import pytest
from applying import MONDAY, answered, on
from people import Bureau

from gongkai.applications import actions
from gongkai.applications.models import Remedy
from gongkai.applications.queries import answers_due, remedy_counts, to_answer
from gongkai.applications.rules import answer_due
from gongkai.cases.models import Case
from gongkai.clock.shipped import shipped_calendar
from gongkai.office.cases.calendar import calendar_of
from gongkai.office.cases.remedy_acts import answering, lamps_of_answers
from gongkai.refusal import NotPermitted, Refused

# Ten working days after Monday 2 March 2026: 3-6=4, 9-13=9, 16=10.
TENTH = date(2026, 3, 16)


def disputed(b: Bureau, kind: str = "reconsideration", **more: object) -> Remedy:
    facts = {"filed_on": MONDAY, "copy_on": MONDAY, **more}
    return actions.file_remedy(answered(b), by=b.information_office, kind=kind, **facts)  # type: ignore[arg-type]


def test_the_period_runs_from_the_copy_until_the_answer(b: Bureau) -> None:
    remedy = disputed(b)
    ((_, due),) = answers_due(to_answer())
    assert due is not None and due.due == TENTH
    (shown,) = answering(remedy.case)
    assert shown.what == "书面答复" and shown.words == "剩10个工作日"
    assert any("第48条" in step.article for step in due.steps)
    with on(date(2026, 3, 17)):
        assert lamps_of_answers([remedy.case])[remedy.case_id][1] == "书面答复逾期1个工作日"
        actions.answer_remedy(remedy, by=b.information_office, answered_on=TENTH, proof="收件回执")
        assert not to_answer().exists() and lamps_of_answers([remedy.case]) == {}
        with pytest.raises(Refused, match="已经登记"):
            actions.note_remedy_copy(remedy, by=b.information_office, copy_on=MONDAY)
    assert remedy_counts(b.agency, 2026)["review"]["pending"] == 1  # no clock moves a figure


@pytest.mark.parametrize(
    ("kind", "copy", "simple", "due", "article"),
    [
        ("reconsideration", date(2026, 3, 2), True, date(2026, 3, 9), "第54条"),
        # 15 days end on Tuesday 17 March.
        ("suit", date(2026, 3, 2), False, date(2026, 3, 17), "行政诉讼法第67条"),
        # The 15th day is Sunday 15 March: the next working day.
        ("suit", date(2026, 2, 28), False, date(2026, 3, 16), "行政诉讼法第67条"),
        ("suit", date(2014, 3, 3), False, date(2014, 3, 13), "（1989）第43条"),
        # Ten calendar days under the law of 1999.
        ("reconsideration", date(2023, 11, 6), False, date(2023, 11, 16), "（1999）第23条"),
    ],
)
def test_each_law_has_its_own_days(
    kind: str, copy: date, simple: bool, due: date, article: str
) -> None:
    found = answer_due(kind, copy, shipped_calendar(), simple=simple)
    assert found.due == due and any(article in step.article for step in found.steps)


def test_what_is_entered_wrongly_is_refused(b: Bureau) -> None:
    remedy, office = disputed(b, copy_on=None), b.information_office
    (shown,) = answering(remedy.case)
    assert shown.due is None and "待登记收到副本" in shown.words
    with pytest.raises(NotPermitted):
        actions.note_remedy_copy(remedy, by=b.liaison, copy_on=MONDAY)
    with pytest.raises(Refused, match="请先登记收到副本"):
        actions.answer_remedy(remedy, by=office, answered_on=MONDAY, proof="回执")
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(Refused, match="收到副本的日期"):
            actions.note_remedy_copy(remedy, by=office, copy_on=day)
    actions.note_remedy_copy(remedy, by=office, copy_on=MONDAY)
    with pytest.raises(Refused, match="提交凭证"):
        actions.answer_remedy(remedy, by=office, answered_on=MONDAY, proof=" ")
    actions.note_remedy_copy(remedy, by=office, copy_on=MONDAY, simple=True)
    ((_, due),) = answers_due(to_answer())
    assert due is not None and due.due == date(2026, 3, 9)
    suit = disputed(b, "suit", copy_on=None)
    with pytest.raises(Refused, match="简易程序"):
        actions.note_remedy_copy(suit, by=office, copy_on=MONDAY, simple=True)


def test_it_stands_in_the_calendar(b: Bureau) -> None:
    case: Case = disputed(b).case
    text = calendar_of([], answers_due(to_answer()))
    assert "DTSTART;VALUE=DATE:20260316" in text
    assert f"{case.number} 行政复议书面答复期限" in text
