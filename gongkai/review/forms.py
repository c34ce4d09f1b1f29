"""Forms of the review buttons."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    """A return says why."""

    comment = forms.CharField(
        label="退回理由",
        widget=forms.Textarea,
        error_messages={"required": "请写明退回理由，起草人会看到它。"},
    )
