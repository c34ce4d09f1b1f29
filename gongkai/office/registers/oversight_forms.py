"""What people fill in for the registers of oversight."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Post, Unit, User
from gongkai.agencies.queries import holders, units_of
from gongkai.agencies.rules import Role
from gongkai.office.acting import ActForm, DateField, LongText
from gongkai.oversight import actions, models, rules
from gongkai.review.models import Sheet


def agency_of(row: Any) -> Agency:
    return row if isinstance(row, Agency) else row.agency


class OfUnit(ActForm):
    """A form with a unit of the organ."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="处室", empty_label="请选择")

    def prepare(self) -> None:
        self.fields["unit"].queryset = units_of(agency_of(self.subject))  # type: ignore[attr-defined]


class TextForm(ActForm):
    text = LongText(label="说明")


class OptionalTextForm(ActForm):
    text = LongText(label="说明", required=False)


class RuleForm(ActForm):
    kind = forms.ChoiceField(
        label="类别", choices=[(k.value, v) for k, v in rules.RULE_LABELS.items()]
    )
    title = forms.CharField(label="名称", max_length=150, help_text="不写书名号。")
    adopted_on = DateField(label="通过日期")
    index_number = forms.CharField(label="公开的索引号", required=False, max_length=40)
    text = LongText(label="正文", required=False, help_text="正文和索引号至少填一项。")


class DayForm(ActForm):
    on = DateField(label="日期")


class MeetingForm(DayForm):
    title = forms.CharField(label="议题", max_length=150)
    attendees = LongText(label="参加人员", rows=2)
    minutes = LongText(label="纪要", rows=8)


class TrainingForm(DayForm):
    title = forms.CharField(label="内容", max_length=150)
    organiser = forms.CharField(label="举办单位", max_length=100)
    people = forms.IntegerField(label="参加人数", min_value=1)


class LetterForm(OfUnit):
    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    signed_on = DateField(label="签订日期")
    liaison = forms.ModelChoiceField(User.objects.none(), label="联络人", empty_label="请选择")

    def prepare(self) -> None:
        super().prepare()
        self.fields["liaison"].queryset = holders(Role.LIAISON, self.subject)  # type: ignore[attr-defined]


class FindingForm(OfUnit):
    text = LongText(label="问题")
    due = DateField(label="整改期限")
    subject_name = forms.CharField(label="对象", required=False, max_length=200,
                                   help_text="索引号或案件编号，可不填。")  # fmt: skip


class OutsideFindingForm(FindingForm):
    channel = forms.CharField(
        label="来源渠道", max_length=60, help_text="如来信、市政府网站、微博。"
    )


class AuditForm(ActForm):
    sheet = forms.ModelChoiceField(Sheet.objects.none(), label="公开的内容", empty_label="请选择")
    true = forms.BooleanField(label="内容真实", required=False, initial=True)
    lawful = forms.BooleanField(label="公开合法", required=False, initial=True)
    result = LongText(label="意见或问题", required=False, rows=3)
    due = DateField(label="整改期限", required=False, help_text="不真实或不合法的必填。")

    def prepare(self) -> None:
        rows = Sheet.objects.filter(agency=self.subject, state=Sheet.State.RELEASED)
        self.fields["sheet"].queryset = rows  # type: ignore[attr-defined]


class SuggestionForm(ActForm):
    channel = forms.CharField(label="来源渠道", max_length=60)
    text = LongText(label="建议内容")
    received = DateField(label="收到日期")


class DecideForm(ActForm):
    adopted = forms.ChoiceField(label="结果", choices=[("yes", "采纳"), ("no", "未采纳")])
    reason = LongText(label="怎样落实，或不采纳的理由")


class AssessForm(OfUnit):
    """A line for each deduction: indicator | points | row | reason."""

    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    deductions = LongText(
        label="扣分（每行一项）", required=False,
        help_text="写成：指标；分数；依据的条目；理由。没有扣分的留空，即为满分。",
    )  # fmt: skip

    def clean_deductions(self) -> list[actions.Taken]:
        return [self._taken(n, line) for n, line in enumerate(self._lines(), 1)]

    def _lines(self) -> list[str]:
        return [ln for ln in self.cleaned_data["deductions"].splitlines() if ln.strip()]

    def _taken(self, number: int, line: str) -> actions.Taken:
        parts = [p.strip() for p in line.split("；")]
        if len(parts) != 4 or not parts[1].isdigit():
            raise forms.ValidationError(f"第 {number} 行请写成：指标；分数；依据的条目；理由。")
        return actions.Taken(parts[0], int(parts[1]), parts[2], parts[3])


class ObjectionForm(ActForm):
    text = LongText(label="对哪一处扣分有异议，理由")


class SettleForm(ActForm):
    outcome = LongText(label="复核意见")
    take_back = forms.ModelMultipleChoiceField(
        models.Deduction.objects.none(), label="撤销的扣分", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def prepare(self) -> None:
        rows = self.subject.deductions.filter(taken_back=False)
        self.fields["take_back"].queryset = rows  # type: ignore[attr-defined]


class AccountForm(OfUnit):
    post = forms.ModelChoiceField(
        Post.objects.none(), label="岗位", required=False, empty_label="整个处室"
    )
    ground = LongText(label="事实和依据")
    decision = forms.CharField(label="处理决定", max_length=300)
    on = DateField(label="决定日期")

    def prepare(self) -> None:
        super().prepare()
        rows = Post.objects.filter(unit__agency=self.subject).select_related("unit")
        self.fields["post"].queryset = rows  # type: ignore[attr-defined]
