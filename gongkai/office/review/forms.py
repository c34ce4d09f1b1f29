"""What drafters and reviewers fill in."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.files.models import StoredFile
from gongkai.office.access import files_for
from gongkai.office.acting import ActForm, DateField, LongText
from gongkai.review.models import FormerSecret
from gongkai.review.queries import former_secret_of
from gongkai.review.rules import OUTCOME_LABELS
from gongkai.screening import Masking

_LEVELS = [("", "请选择"), *FormerSecret.Level.choices]
_OUTCOMES = [("", "请选择"), *((o.value, words) for o, words in OUTCOME_LABELS.items())]


class SettleForm(ActForm):
    """Why a finding may stand."""

    finding = forms.CharField(widget=forms.HiddenInput)
    reason = LongText(label="为什么可以公开", rows=2, max_length=500)


class ApproveForm(ActForm):
    """Approval, with an opinion if there is one."""

    reason = LongText(label="意见（可不填）", required=False, rows=2, max_length=1000)


class ReturnForm(ActForm):
    """A return says why; the drafter reads it."""

    reason = LongText(label="退回理由", rows=3, max_length=1000)


class WithdrawForm(ActForm):
    """Taking something public away."""

    reason = LongText(label="撤回理由", rows=3, max_length=1000)


class ReferForm(ActForm):
    """What nobody here is sure of, and who decides it."""

    question = LongText(label="拿不准的问题", rows=3, max_length=500)
    to = forms.CharField(label="请示哪个部门", max_length=100)

    def prepare(self) -> None:
        self.fields["to"].widget.attrs["placeholder"] = "例如：市国家保密局"


class AnswerForm(ActForm):
    """What the secrecy administration answered."""

    outcome = forms.ChoiceField(label="答复的结论", choices=_OUTCOMES)
    answer = LongText(label="答复内容", rows=3, max_length=1000)
    document = forms.CharField(label="答复文号（可不填）", max_length=80, required=False)
    answered_on = DateField(label="答复日期（不填为今天）", required=False)


class FormerSecretForm(ActForm):
    """Who classified it, and how it ceased to be secret."""

    level = forms.ChoiceField(label="原密级", choices=_LEVELS)
    organ = forms.CharField(label="定密机关", max_length=100)
    declassified_on = DateField(label="解密日期", required=False)
    document = forms.CharField(label="解密文件（名称、文号）", max_length=120, required=False)

    def prepare(self) -> None:
        known = former_secret_of(self.subject)
        for name in self.fields if known else ():
            self.fields[name].initial = getattr(known, name)


class LookAgainForm(ActForm):
    """The second look at a declassification."""

    opinion = LongText(label="复核意见", rows=2, max_length=500)


class RetractForm(ActForm):
    """Why an entry was a mistake."""

    reason = LongText(label="撤销登记的理由", rows=2, max_length=500)


class CleanForm(ActForm):
    """Which attachment gets a clean copy."""

    file = forms.ModelChoiceField(label="附件", queryset=StoredFile.objects.none())

    def prepare(self) -> None:
        field: Any = self.fields["file"]
        field.empty_label = "请选择"
        found = files_for(self.user).filter(sha256__in=self.subject.files)
        field.queryset = found.exclude(state=StoredFile.State.WITHDRAWN)


class MaskingForm(ActForm):
    """The organ's one masking rule; what it would show is judged by the rule itself."""

    id_first = forms.IntegerField(label="身份证号前面留几位", min_value=0, max_value=18)
    id_last = forms.IntegerField(label="身份证号后面留几位", min_value=0, max_value=18)

    def prepare(self) -> None:
        rule: Masking = self.subject.masking
        self.fields["id_first"].initial = rule.id_first
        self.fields["id_last"].initial = rule.id_last
