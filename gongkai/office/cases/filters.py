"""The list of cases: filters, search and order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.applications.queries import to_follow_up
from gongkai.cases.models import Case
from gongkai.cases.queries import visible_to, waiting_for
from gongkai.cases.rules import FINISHED, KIND_LABELS, STAGE_LABELS, Lamp, lamp_limits
from gongkai.clock.queries import calendar
from gongkai.office.access import agencies_with
from gongkai.office.acting import DateField

_SOON, _VERY_SOON = lamp_limits(clock.today())
LAMPS = [
    (Lamp.RED.value, "▲ 逾期"),
    (Lamp.ORANGE.value, f"● {_VERY_SOON} 个工作日内到期"),
    (Lamp.YELLOW.value, f"◐ {_SOON} 个工作日内到期"),
    (Lamp.GREEN.value, f"○ {_SOON} 个工作日以上"),
    (Lamp.GREY.value, "‖ 暂停计时"),
    (Lamp.DONE.value, "✓ 已办结"),
]
_DONE = Q(stage__in=[stage.value for stage in FINISHED])
_RUNNING = ~_DONE & Q(paused=False)


class CaseFilter(forms.Form):
    """Everything is optional; a wrong value is told and leaves the list as it was."""

    q = forms.CharField(label="搜索", required=False, max_length=60)
    kind = forms.ChoiceField(
        label="类别", required=False,
        choices=[("", "全部类别"), *((k.value, v) for k, v in KIND_LABELS.items())],
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="承办单位", required=False, empty_label="全部单位"
    )
    stage = forms.ChoiceField(
        label="状态", required=False,
        choices=[("", "全部状态"), *((s.value, v) for s, v in STAGE_LABELS.items())],
    )  # fmt: skip
    lamp = forms.ChoiceField(label="灯色", required=False, choices=[("", "全部灯色"), *LAMPS])
    due = DateField(label="期限不晚于", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.agencies = agencies_with(user)
        units = Unit.objects.filter(agency__in=self.agencies)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = "标题、编号、内容"

    def chosen(self) -> list[str]:
        """The filters in words, for an empty list."""
        if not self.is_valid():
            return []
        words = []
        for name, value in self.cleaned_data.items():
            if value:
                choices = dict(getattr(self.fields[name], "choices", []) or [])
                words.append(str(choices.get(value, value)))
        return words

    def narrow(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """The rows that fit."""
        if not self.is_valid():
            return rows
        told = self.cleaned_data
        if told["q"]:
            q = told["q"].strip()
            rows = rows.filter(
                Q(number__icontains=q) | Q(title__icontains=q) | Q(text__icontains=q)
            )
        if told["kind"]:
            rows = rows.filter(kind=told["kind"])
        if told["unit"]:
            rows = rows.filter(owner_unit=told["unit"])
        if told["stage"]:
            rows = rows.filter(stage=told["stage"])
        if told["due"]:
            rows = rows.filter(due_on__lte=told["due"])
        if told["lamp"]:
            rows = rows.filter(lamp_condition(Lamp(told["lamp"]), self.agencies, clock.today()))
        return rows


def lamp_condition(lamp: Lamp, agencies: list[Agency], today: date) -> Q:
    """The rows whose lamp is lit so today: the same borders as ``cases.rules.lamp``, as days.

    At most n working days are left up to the eve of the working day after those n.
    """
    if lamp is Lamp.DONE:
        return _DONE
    if lamp is Lamp.GREY:
        return ~_DONE & Q(paused=True)
    found = Q(pk__in=[])
    for agency in agencies:
        days = calendar(agency.code)
        near = days.add_working_days(today, _VERY_SOON + 1).date - timedelta(days=1)
        far = days.add_working_days(today, _SOON + 1).date - timedelta(days=1)
        found |= (
            Q(agency=agency)
            & {
                Lamp.RED: Q(due_on__lt=today),
                Lamp.ORANGE: Q(due_on__gte=today, due_on__lte=near),
                Lamp.YELLOW: Q(due_on__gt=near, due_on__lte=far) | Q(due_on=None),
                Lamp.GREEN: Q(due_on__gt=far),
            }[lamp]
        )
    return _RUNNING & found


def rows_for(user: User, tab: str) -> QuerySet[Case]:
    """The rows of a tab, nearest due date first; finished ones last."""
    if tab == "mine":
        return waiting_for(user)
    if tab == "after":
        return to_follow_up(visible_to(user)).order_by("answered_on", "pk")
    return visible_to(user).order_by(
        F("answered_on").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "submitted_at",
        "pk",
    )
