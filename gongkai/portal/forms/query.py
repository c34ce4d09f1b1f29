"""Asking after a case, and rating its answer."""

from __future__ import annotations

from django import forms

from gongkai.portal.forms.base import PublicForm

NOT_FOUND = "编号或查询码不正确，还可再试 {left} 次；忘记查询码可凭证件到受理窗口查询。"


class QueryForm(PublicForm):
    """Number and query code; the answer is the same whether the number exists or not."""

    number = forms.CharField(
        label="编号",
        max_length=30,
        help_text="例如 SQ-2026-0012",
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off"}),
        error_messages={"required": "请填写编号，见提交成功页或回执。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=30,
        help_text="16位，见提交成功页或回执",
        widget=forms.TextInput(attrs={"width": "20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "请填写查询码，见提交成功页或回执。"},
    )


RATINGS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
"""The stars of a rating in the words in which it was asked for."""


class RatingForm(PublicForm):
    """One question, and a word if one likes."""

    stars = forms.TypedChoiceField(
        label="您对这次答复满意吗",
        coerce=int,
        choices=list(RATINGS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "请选择满意程度。"},
    )
    comment = forms.CharField(
        label="意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    number = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(widget=forms.HiddenInput)
