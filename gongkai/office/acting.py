"""An act at the desk: its form, who may, and the one action that it calls.

The door holds no rule: whatever the action refuses is said beside what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from gongkai.agencies.models import User
from gongkai.office.access import me
from gongkai.refusal import Refused

Facts = dict[str, Any]


class DateField(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": "请填写日期。",
        "invalid": "日期写法不对，请写成 2026-03-02。",
    }


class LongText(forms.CharField):
    """Several lines; a browser sends two characters for each end of line."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Several files at once; the store judges each."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFiles, self).clean(file, initial) for file in files]


class ActForm(forms.Form):
    """Knows what it is about and who fills it in, for its choices and first values."""

    def __init__(self, *args: Any, subject: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.subject, self.user = subject, user
        for name, field in self.fields.items():
            if field.required and "required" not in _own_messages(field):
                field.error_messages["required"] = f"请填写{field.label or name}。"
        self.prepare()

    def prepare(self) -> None:
        """Choices and first values that depend on the subject."""

    def refuse(self, refusal: Refused) -> None:
        """Say a refusal beside its field, or on top when it has none here."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


class NoFacts(ActForm):
    """Nothing to fill in."""


class ReasonForm(ActForm):
    """A reason, and it is mandatory."""

    reason = LongText(label="理由")


class NoteForm(ActForm):
    """A remark that may be left out."""

    note = LongText(label="意见", required=False, rows=2)


@dataclass(frozen=True)
class Done:
    """What an act gave, and what to tell."""

    result: object
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Act:
    """``do`` calls one action and may return a sentence to tell instead of ``told``."""

    key: str
    label: str
    form: type[ActForm]
    do: Callable[[Any, User, Facts], object]
    may: Callable[[Any, User], bool]
    button: str = ""
    told: str = ""
    warning: str = ""

    def bound(self, request: HttpRequest, subject: Any) -> ActForm:
        """The form, bound when it was sent."""
        who = {"subject": subject, "user": me(request)}
        if request.method == "POST":
            return self.form(request.POST, request.FILES, **who)
        return self.form(**who)

    def attempt(self, request: HttpRequest, form: ActForm) -> Done | None:
        """Do it; None when the form or a rule refused, which the form then says."""
        if not form.is_valid():
            return None
        try:
            result = self.do(form.subject, me(request), form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
            return None
        sentence = result if isinstance(result, str) else self.told
        return Done(result, sentence or f"已办理：{self.label}。")


def now_open(acts: Iterable[Act], subject: Any, user: User) -> list[Act]:
    """The acts that this person may do now, in the order in which they are told."""
    return [act for act in acts if act.may(subject, user)]


def by_key(acts: Iterable[Act]) -> Mapping[str, Act]:
    """Acts by the name in their address."""
    return {act.key: act for act in acts}


def _own_messages(field: forms.Field) -> Mapping[str, Any]:
    """Messages that the field's own class gives."""
    return {} if type(field) in _PLAIN else type(field).default_error_messages


_PLAIN = {
    LongText, SeveralFiles, forms.CharField, forms.IntegerField, forms.ChoiceField,
    forms.ModelChoiceField, forms.MultipleChoiceField, forms.BooleanField, forms.FileField,
    forms.EmailField, forms.ModelMultipleChoiceField,
}  # fmt: skip
