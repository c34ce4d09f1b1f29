"""Who was asked for an opinion on a case, with the clock that runs for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai import clock
from gongkai.applications.deadlines import Consultation
from gongkai.applications.rules import consultations, opinion_due, opinions, overruled
from gongkai.cases.models import Case
from gongkai.clock.queries import calendar
from gongkai.office.cases.state import happened
from gongkai.statute import Law, law_for

_KINDS = {"third_party": "第三方", "organ": "其他机关"}
_SAID = {"agreed": "同意公开", "objected": "不同意公开", "none": "逾期未答复"}


@dataclass(frozen=True)
class Asked:
    """One consultation: ``due`` is the last day of the other side, where the law sets one."""

    ref: int
    kind: str
    sent: date
    reached: date | None
    due: date | None
    state: str
    after: str


def asked_in(case: Case) -> list[Asked]:
    """Every consultation of an application, oldest first."""
    if not case.is_application or case.received_on is None:
        return []
    events, law = happened(case), law_for(case.received_on)
    days, said, told = calendar(case.agency.code), opinions(events), overruled(events)
    rows = []
    for ref, asked in consultations(events).items():
        due = opinion_due(asked, law, days)
        state = _SAID.get(said.get(ref, ""), "") or _waiting(asked, due)
        state += "，已告知决定公开" if ref in told else ""
        after = _after(asked, law)
        rows.append(Asked(ref, _KINDS[asked.kind], asked.sent, asked.reached, due, state, after))
    return rows


def _waiting(asked: Consultation, due: date | None) -> str:
    if asked.reached is None:
        return "待登记对方收到的日期"
    if due is not None and clock.today() > due:
        return "对方已逾期"
    return "等对方意见"


def _after(asked: Consultation, law: Law) -> str:
    """What a silence leads to, and the article."""
    silence = law.silence.get(asked.kind)
    return f"{silence.text}（{silence.article}）" if silence else ""
