"""What reviewers fill in."""

from __future__ import annotations

from django import forms

from gongkai.office.acting import ActForm, LongText


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
