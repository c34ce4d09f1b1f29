"""The result of a request to correct one's own record, with its form."""

from __future__ import annotations

from django import forms

from gongkai.agencies.rules import Duty
from gongkai.applications import actions
from gongkai.applications.rules import CORRECTION_LABELS, Did
from gongkai.office.acting import Act, ActForm, LongText
from gongkai.office.cases.forms import set_ways
from gongkai.office.cases.state import holds, possible


class CorrectionForm(ActForm):
    """更正告知书."""

    result = forms.ChoiceField(
        label="处理结果", choices=[(r.value, label) for r, label in CORRECTION_LABELS.items()]
    )
    organ = forms.CharField(
        label="有权更正的机关", required=False, max_length=100, help_text="本机关无权更正的必填。"
    )
    text = LongText(label="更正的内容，或者不更正的理由（写入告知书）", rows=4)
    how = forms.ChoiceField(label="告知方式", required=False)
    proof = forms.CharField(label="凭证", required=False, max_length=200)

    def prepare(self) -> None:
        set_ways(self, "how", optional=True)


DECIDE = Act(
    key="correction", label="登记更正结果", form=CorrectionForm, button="制发更正告知书",
    do=lambda c, u, f: actions.decide_correction(c, by=u, **f),
    may=lambda c, u: possible(c, Did.RECORD_DECIDED) and holds(c, u, Duty.CASE_COLLATE),
    warning="申请人有证据证明与其有关的记录不准确的，应当更正并告知；无权更正的，转送或者告知（条例第四十一条）。",
)  # fmt: skip
