"""Reconsiderations and suits against the organ: entered, answered, decided; with its own clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.models import Remedy
from gongkai.applications.queries import answers_due, to_answer
from gongkai.applications.rules import Did
from gongkai.cases.models import Case
from gongkai.cases.rules import LAMP_SHAPES, Clock, Lamp, Stage, lamp
from gongkai.clock.queries import calendar
from gongkai.clock.rules import Counted
from gongkai.office.acting import Act, ActForm, DateField
from gongkai.office.cases.state import holds, possible

WORDS = {Remedy.Kind.RECONSIDERATION: "书面答复", Remedy.Kind.SUIT: "答辩状"}
_COPY = "收到副本之日起算答复（答辩）期限；还没有收到的，可以以后登记。"


class OfOpenRemedy(ActForm):
    """Which one: there is one at a time."""

    remedy: Any = forms.ModelChoiceField(
        Remedy.objects.none(), label="复议或诉讼", empty_label=None
    )

    def prepare(self) -> None:
        self.fields["remedy"].queryset = self.subject.remedies.filter(decided_on=None)  # type: ignore[attr-defined]


class FileRemedyForm(ActForm):
    kind = forms.ChoiceField(label="途径", choices=Remedy.Kind.choices)
    filed_on = DateField(label="受理日期")
    reference = forms.CharField(label="案号", required=False, max_length=60)
    copy_on = DateField(label="收到申请书（起诉状）副本的日期", required=False, help_text=_COPY)
    simple = forms.BooleanField(label="行政复议适用简易程序", required=False)


class CopyForm(OfOpenRemedy):
    copy_on = DateField(label="收到申请书（起诉状）副本的日期")
    simple = forms.BooleanField(label="行政复议适用简易程序", required=False)


class AnswerForm(OfOpenRemedy):
    answered_on = DateField(label="提交日期")
    proof = forms.CharField(
        label="提交凭证", max_length=100, help_text="收件回执、邮寄单号或系统提交记录。"
    )


class DecideRemedyForm(OfOpenRemedy):
    result = forms.ChoiceField(label="结果", choices=Remedy.Result.choices)
    decided_on = DateField(label="审结日期")


@dataclass(frozen=True)
class Answering:
    """One reconsideration or suit with the organ's own period, for the page of the case."""

    row: Remedy
    what: str
    due: Counted | None
    lamp: str
    shape: str
    words: str


def lamp_for(remedy: Remedy, due: Counted) -> tuple[Lamp, str]:
    """The lamp of the organ's answer, with the limits of every other lamp."""
    stage = Stage.ANSWERED if remedy.answered_on or remedy.decided_on else Stage.ROUTED
    now = Clock(due_on=due.due, provisional=due.provisional)
    return lamp(now, stage, clock.today(), calendar(remedy.case.agency.code))


def answering(case: Case) -> list[Answering]:
    """The reconsiderations and suits of an application, oldest first."""
    remedies = _all(case)
    for remedy in remedies:
        remedy.case = case
    rows = []
    for remedy, due in answers_due(remedies):
        light, words = lamp_for(remedy, due) if due else (Lamp.YELLOW, "待登记收到副本的日期")
        if remedy.answered_on is not None:
            words = f"{remedy.answered_on} 已提交"
        what = WORDS[Remedy.Kind(remedy.kind)]
        rows.append(Answering(remedy, what, due, light.value, LAMP_SHAPES[light], words))
    return rows


def lamps_of_answers(cases: Iterable[Case]) -> dict[int, tuple[Lamp, str]]:
    """By case: the lamp where the organ still has to answer; one query for all."""
    numbers = {case.pk for case in cases}
    found = {}
    for remedy, due in answers_due(r for r in to_answer() if r.case_id in numbers):
        assert due is not None
        light, words = lamp_for(remedy, due)
        found[remedy.case_id] = (light, f"{WORDS[Remedy.Kind(remedy.kind)]}{words}")
    return found


def _office(case: Case, user: User) -> bool:
    return holds(case, user, Duty.CASE_REGISTER)


def _all(case: Case) -> list[Remedy]:
    """Asked for once a request: every act of the page asks."""
    if "_desk_remedies" not in case.__dict__:
        case.__dict__["_desk_remedies"] = list(case.remedies.all())
    found: list[Remedy] = case.__dict__["_desk_remedies"]
    return found


def _pending(case: Case) -> Remedy | None:
    return next((remedy for remedy in _all(case) if remedy.decided_on is None), None)


def _unanswered(case: Case) -> Remedy | None:
    remedy = _pending(case)
    return remedy if remedy is not None and remedy.answered_on is None else None


def _told(remedy: Remedy) -> str:
    ((_, due),) = answers_due([remedy])
    if due is None:
        return "已登记。收到申请书（起诉状）副本后，请登记日期，期限从收到之日起算。"
    return f"已登记，应于 {due.due} 前提交{WORDS[Remedy.Kind(remedy.kind)]}。"


ACTS = (
    Act(
        key="remedy", label="登记复议或诉讼", form=FileRemedyForm, button="登记",
        do=lambda c, u, f: _told(actions.file_remedy(c, by=u, **f)),
        may=lambda c, u: c.stage != Stage.SUBMITTED and possible(c, Did.REMEDY_FILED)
        and _office(c, u) and _pending(c) is None,
        warning="只登记本机关作为被申请人或被告的案件。本机关作为复议机关审理的案件不在这里登记，"
        "不计入年度报告。",
    ),
    Act(
        key="remedy_copy", label="收到申请书或起诉状副本", form=CopyForm, button="登记",
        do=lambda c, u, f: _told(actions.note_remedy_copy(f.pop("remedy"), by=u, **f)),
        may=lambda c, u: _office(c, u) and _unanswered(c) is not None,
    ),
    Act(
        key="remedy_answer", label="登记已提交书面答复或答辩状", form=AnswerForm, button="登记",
        do=lambda c, u, f: actions.answer_remedy(f.pop("remedy"), by=u, **f) and None,
        may=lambda c, u: _office(c, u)
        and (r := _unanswered(c)) is not None and r.copy_on is not None,
        warning="书面答复（答辩状）连同作出答复的证据、依据和其他材料一并提交。",
    ),
    Act(
        key="remedy_end", label="登记复议或诉讼结果", form=DecideRemedyForm, button="登记",
        do=lambda c, u, f: actions.decide_remedy(f.pop("remedy"), by=u, **f) and None,
        may=lambda c, u: _office(c, u) and _pending(c) is not None,
    ),
)  # fmt: skip
