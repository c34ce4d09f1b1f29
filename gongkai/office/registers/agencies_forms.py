"""What people fill in about units, people and appointments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from gongkai.agencies.models import Agency, Appointment, Unit, User
from gongkai.agencies.queries import units_of
from gongkai.agencies.rules import LABELS, Role
from gongkai.office.acting import ActForm, DateField, LongText

_CONTACT = ("duties", "phone", "fax", "mail", "address", "hours")


def agency_of(row: Any) -> Agency:
    if isinstance(row, Agency):
        return row
    if isinstance(row, Appointment):
        return row.post.unit.agency
    return row.agency


class UnitForm(ActForm):
    """What the public reads of a unit."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.ChoiceField(label="性质", choices=Unit.Kind.choices)
    duties = LongText(label="职责", required=False)
    phone = forms.CharField(label="联系电话", required=False, max_length=40)
    fax = forms.CharField(label="传真", required=False, max_length=40)
    mail = forms.EmailField(
        label="电子邮箱", required=False, error_messages={"invalid": "电子邮箱格式不对，请核对。"}
    )
    address = forms.CharField(label="办公地址", required=False, max_length=200)
    hours = forms.CharField(label="办公时间", required=False, max_length=100)
    order = forms.IntegerField(label="排序", min_value=0, max_value=999, initial=0)

    def prepare(self) -> None:
        if isinstance(self.subject, Unit):
            for name in ("name", "kind", *_CONTACT, "order"):
                self.initial[name] = getattr(self.subject, name)


class NewUnitForm(UnitForm):
    code = forms.SlugField(
        label="代码", max_length=30, error_messages={"invalid": "代码只用小写字母、数字和短横线。"}
    )
    valid_from = DateField(label="设立日期")
    field_order = ["code", "name", "kind", "valid_from"]


class EndUnitForm(ActForm):
    valid_to = DateField(label="撤销日期")
    successor = forms.ModelChoiceField(Unit.objects.none(), label="职能承接单位", required=False)

    def prepare(self) -> None:
        others = units_of(self.subject.agency).exclude(pk=self.subject.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]


class PersonForm(ActForm):
    username = forms.SlugField(
        label="登录名", max_length=60, error_messages={"invalid": "登录名只用字母、数字和短横线。"}
    )
    family = forms.CharField(label="姓", max_length=20)
    given = forms.CharField(label="名", max_length=20)
    password = forms.CharField(
        label="初始密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AppointForm(ActForm):
    user_to = forms.ModelChoiceField(User.objects.none(), label="人员", empty_label="请选择")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="处室", empty_label="请选择")
    role = forms.ChoiceField(label="职责", choices=[(r.value, LABELS[r]) for r in Role])
    title = forms.CharField(label="职务名称", required=False, max_length=60)
    start = DateField(label="任职日期")

    def prepare(self) -> None:
        self.fields["unit"].queryset = units_of(self.subject)  # type: ignore[attr-defined]
        self.fields["user_to"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]


class EndForm(ActForm):
    end = DateField(label="离任日期（当日仍在任）")
