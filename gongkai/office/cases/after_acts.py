"""What is done with an answered application, with its forms."""

from __future__ import annotations

from django import forms

from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.rules import Afterwards, Did, afterwards
from gongkai.cases.models import Case
from gongkai.clock.queries import calendar
from gongkai.office.acting import Act, ActForm, LongText
from gongkai.office.cases.state import happened, holds, possible

YES_NO = {"yes": True, "no": False}


class ProactiveForm(ActForm):
    publish = forms.TypedChoiceField(
        label="是否转为主动公开", coerce=YES_NO.__getitem__,
        choices=[("yes", "转为主动公开"), ("no", "不转为主动公开")],
    )  # fmt: skip
    reason = LongText(
        label="理由", rows=2, help_text="例如：多人申请同一信息，可以公开；或者只与申请人有关。"
    )


class PublishedForm(ActForm):
    index_number = forms.CharField(label="已公开信息的索引号", max_length=40)


class LookAgainForm(ActForm):
    keep = forms.TypedChoiceField(
        label="复核结果", coerce=YES_NO.__getitem__,
        choices=[("yes", "仍不公开"), ("no", "情况已变化，转为公开")],
    )  # fmt: skip
    reason = LongText(label="理由", rows=2)


def left_of(case: Case) -> Afterwards:
    """What is still to be done with an answered application."""
    if not case.is_application:
        return Afterwards()
    return afterwards(happened(case), calendar(case.agency.code))


def _office(case: Case, user: User) -> bool:
    return holds(case, user, Duty.CASE_COLLATE)


ACTS = (
    Act(
        key="proactive", label="决定是否主动公开", form=ProactiveForm, button="登记决定",
        do=lambda c, u, f: actions.decide_proactive(c, by=u, **f),
        may=lambda c, u: possible(c, Did.PROACTIVE_DECIDED) and _office(c, u),
        warning="可以公开的信息，多人申请或者申请人建议的，可以纳入主动公开（条例第四十四条）。",
    ),
    Act(
        key="published", label="登记已主动公开", form=PublishedForm, button="登记",
        do=lambda c, u, f: actions.note_published(c, by=u, **f),
        may=lambda c, u: possible(c, Did.PROACTIVE_DONE) and _office(c, u),
    ),
    Act(
        key="look_again", label="复核不公开的信息", form=LookAgainForm, button="登记复核",
        do=lambda c, u, f: actions.look_again(c, by=u, **f),
        may=lambda c, u: possible(c, Did.WITHHELD_CHECKED) and _office(c, u),
        warning="不予公开的信息应当定期评估审查，因情势变化可以公开的应当公开（条例第十八条）。",
    ),
)  # fmt: skip
