"""How a request to correct one's own record ends (条例（2019）第41条, 条例（2007）第25条)."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked
from gongkai.applications.actions.notices import send_correction
from gongkai.applications.actions.telling import Moment, tell_applicant
from gongkai.applications.rules import NAMES_AN_ORGAN, Correction, Did
from gongkai.cases.actions import append, ensure_possible
from gongkai.cases.models import Case, Event
from gongkai.refusal import Refused


@transaction.atomic
def decide_correction(
    case: Case, *, by: User, result: str, text: str, organ: str = "", how: str = "", proof: str = ""
) -> Event:
    """Corrected, forwarded, told whom to ask, or not corrected; by a numbered 更正告知书.

    ``text`` says what was changed, or why nothing was; ``organ`` who may correct it where this
    organ may not. It is no disclosure, so the tables of the annual report do not count it.
    """
    post = require(by, Duty.CASE_COLLATE, case.agency)
    locked(case)
    ensure_possible(case, Did.RECORD_DECIDED)
    if result not in set(Correction):
        raise Refused("请选择处理结果。", field="result")
    if not text.strip():
        raise Refused("请写明更正了什么，或者不更正的理由。", field="text")
    if result in NAMES_AN_ORGAN and not organ.strip():
        raise Refused("请写明有权更正的机关。", field="organ")
    data = {"result": result, "organ": organ.strip(), "outcome": ""}
    event = append(case, Did.RECORD_DECIDED, by=by, post=str(post), data=data)
    send_correction(case, result, by=by, text=text, organ=organ.strip(), how=how, proof=proof)
    tell_applicant(case, Moment.ANSWERED, by=by)
    return event
