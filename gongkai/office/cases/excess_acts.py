"""Asking for reasons, and telling a later day (条例（2019）第35条), with their forms."""

from __future__ import annotations

from django import forms

from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.queries import items_in_month
from gongkai.applications.rules import Did, is_excessive
from gongkai.cases.models import Case
from gongkai.office.acting import Act, ActForm, DateField, Facts, LongText
from gongkai.office.cases.forms import set_ways
from gongkai.office.cases.state import happened, holds, possible
from gongkai.statute import law_for


class _Notice(ActForm):
    how = forms.ChoiceField(label="告知方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        set_ways(self, "how", optional=True)


class ReasonsForm(_Notice):
    """说明理由告知书."""

    why = LongText(label="数量、频次的情况（写入告知书）", rows=2)
    until = DateField(label="说明理由的期限")

    field_order = ["why", "until", "how", "proof"]

    def prepare(self) -> None:
        super().prepare()
        items = items_in_month(self.subject)
        if is_excessive(items):
            self.initial.setdefault("why", f"您本月已申请公开 {items} 件政府信息")


class GivenForm(ActForm):
    text = LongText(label="申请人说明的理由", rows=4)
    reasonable = forms.TypedChoiceField(
        label="是否合理", coerce=lambda told: told == "yes",
        choices=[("yes", "合理"), ("no", "不合理")],
    )  # fmt: skip


class DelayForm(_Notice):
    """延迟答复告知书."""

    until = DateField(label="延迟到哪一天答复")
    reason = LongText(label="不能按期答复的原因（写入告知书）", rows=2)

    field_order = ["until", "reason", "how", "proof"]


def _delay(case: Case, user: User, f: Facts) -> str:
    actions.delay_reply(case, by=user, **f)
    return f"已制发延迟答复告知书，答复期限改为 {case.due_on}。"


def _askable(case: Case, user: User) -> bool:
    known = case.received_on is not None and "ask_reasons" in law_for(case.received_on).duties
    return known and possible(case, Did.REASONS_ASKED) and holds(case, user, Duty.CASE_REGISTER)


def _delayable(case: Case, user: User) -> bool:
    good = any(e.kind == Did.REASONS_GIVEN and e.data["reasonable"] for e in happened(case))
    return good and possible(case, Did.DELAYED) and holds(case, user, Duty.CASE_ROUTE)


ACTS = (
    Act(
        key="reasons_given", label="登记说明的理由", form=GivenForm, button="登记",
        do=lambda c, u, f: actions.receive_reasons(c, by=u, **f),
        may=lambda c, u: possible(c, Did.REASONS_GIVEN) and holds(c, u, Duty.CASE_REGISTER),
        warning="理由不合理的，由承办单位按“无正当理由大量反复申请”拟告知书。",
    ),
    Act(
        key="delay", label="延迟答复", form=DelayForm, button="制发延迟答复告知书", do=_delay,
        may=_delayable,
    ),
    Act(
        key="reasons", label="要求说明理由", form=ReasonsForm, button="制发说明理由告知书",
        do=lambda c, u, f: actions.ask_reasons(c, by=u, **f), may=_askable,
        warning="只对数量、频次明显超过合理范围的申请（条例第三十五条）；期间继续计时。",
    ),
)  # fmt: skip
