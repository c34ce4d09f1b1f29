"""What people do about a column: its place among its neighbours, the standard catalogue in it."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Unit, User
from gongkai.agencies.rules import Duty
from gongkai.catalogue.actions import shipped_standard
from gongkai.catalogue.models import ColumnPage, ItemPage
from gongkai.office.access import units_with
from gongkai.office.acting import ActForm


class StandardForm(ActForm):
    """For which unit, and which matters of the standard."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任处室", empty_label=None)
    matters = forms.MultipleChoiceField(label="一级事项", widget=forms.CheckboxSelectMultiple)
    doubtful = forms.BooleanField(
        label="连同没有在已公布的目录中见到的条目（请逐条核对）", required=False
    )

    def prepare(self) -> None:
        matters = shipped_standard().matters()
        field: Any = self.fields["matters"]
        field.choices, field.initial = [(m, m) for m in matters], matters
        units: Any = self.fields["unit"]
        units.queryset = _units(self.subject, self.user)
        units.initial = self.subject.unit_id


class OrderForm(ActForm):
    """A number: usable by keyboard, without a script and without a mouse."""

    place = forms.IntegerField(label="排在第几", min_value=1)

    def prepare(self) -> None:
        beside = list(self.subject.get_parent().get_children())
        here = [page.pk for page in beside].index(self.subject.pk) + 1
        field: Any = self.fields["place"]
        field.max_value, field.initial = len(beside), here
        field.widget.attrs["max"] = len(beside)
        order = "、".join(f"{n} {page.title}" for n, page in enumerate(beside, 1))
        field.help_text = f"现在的顺序：{order}。"


def writes_in(column: ColumnPage, user: User) -> bool:
    """Whether the person writes for any unit of the column's organ."""
    return _units(column, user).exists()


def taken_over(item: ItemPage, count: int) -> str:
    """What was done, in a sentence."""
    return f"已把 {count} 个条目写入草稿（索引号 {item.index_number}），请核对后提交审查。"


def _units(column: ColumnPage, user: User) -> Any:
    return units_with(user, Duty.ITEM_WRITE).filter(agency=column.agency)
