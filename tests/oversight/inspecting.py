"""Rules, findings, suggestions and assessments for the tests of oversight."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from people import Bureau

from gongkai import clock
from gongkai.clock import SHANGHAI
from gongkai.oversight import actions
from gongkai.oversight.actions import Taken
from gongkai.oversight.models import Finding, Suggestion
from gongkai.review.models import Sheet

TODAY = date(2014, 6, 16)
DUE = date(2014, 6, 30)
FIVE = {
    "disclosure": "政务信息公开制度",
    "confidentiality": "信息公开保密审查制度",
    "submission": "信息公开材料报送制度",
    "assessment": "信息公开考核评议制度",
    "accountability": "关于违反信息公开工作规定行为责任追究办法",
}


def on(day: date) -> Any:
    return clock.set_to(datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI))


def rule(b: Bureau, by: Any = None, **facts: Any) -> Any:
    given = {
        "kind": "disclosure",
        "title": "某制度",
        "adopted_on": TODAY,
        "text": "第一条",
        **facts,
    }
    return actions.adopt_rule(b.agency, by=by or b.information_office, **given)


def finding(b: Bureau, by: Any = None, **facts: Any) -> Finding:
    given = {
        "source": "internal",
        "text": "办事指南缺少电话",
        "unit": b.lawyers,
        "due": DUE,
        **facts,
    }
    return actions.record_finding(b.agency, by=by or b.supervisor, **given)


def answered(b: Bureau) -> Finding:
    found = finding(b)
    actions.answer_finding(found, by=b.liaison, text="已补上")
    return found


def suggestion(b: Bureau, by: Any = None, **facts: Any) -> Suggestion:
    given = {"channel": "新浪微博", "text": "建议公开考试时间", "received": TODAY, **facts}
    return actions.receive_suggestion(b.agency, by=by or b.information_office, **given)


def told(b: Bureau) -> Suggestion:
    return actions.tell_unit(suggestion(b), by=b.information_office, unit=b.lawyers)


def released(b: Bureau, subject: str = "item:000000001/2014-00001") -> Sheet:
    return Sheet.objects.create(
        subject=subject, title="某通知", content_hash="a" * 64, agency=b.agency, unit=b.lawyers,
        drafter=b.editor, path="standard", state=Sheet.State.RELEASED, submitted_at=clock.now(),
    )  # fmt: skip


def audit(b: Bureau, sheet: Sheet, by: Any = None, **facts: Any) -> Any:
    given = {"true": True, "lawful": True, **facts}
    return actions.audit_content(b.agency, by=by or b.supervisor, subject=sheet.subject, **given)


LATE = Taken("及时", 5, "finding:sfj/JD-2014-001", "逾期")


def assessed(b: Bureau, by: Any = None, **facts: Any) -> Any:
    given = {"year": 2014, "unit": b.lawyers, "deductions": [LATE], **facts}
    return actions.assess(b.agency, by=by or b.information_office, **given)


def objected(b: Bureau) -> Any:
    return actions.object_to_assessment(assessed(b), by=b.unit_head, text="已按期")
