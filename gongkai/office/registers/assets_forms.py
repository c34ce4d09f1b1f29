"""What people fill in for the register of computers, printers and software."""

from __future__ import annotations

from django import forms

from gongkai.agencies.models import Agency, Unit
from gongkai.agencies.queries import units_of
from gongkai.assets import rules
from gongkai.assets.actions.devices import CORRECTABLE
from gongkai.assets.models import (
    CheckResult,
    Device,
    Installation,
    Licence,
)
from gongkai.assets.queries import still_to_check
from gongkai.office.acting import ActForm, DateField, LongText


class UnitForm(ActForm):
    """A form with a unit of the organ."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="使用处室", empty_label="请选择")

    def prepare(self) -> None:
        agency = self.subject if isinstance(self.subject, Agency) else self.subject.agency
        self.fields["unit"].queryset = units_of(agency)  # type: ignore[attr-defined]


class MachineForm(ActForm):
    """What stands on the machine itself."""

    kind = forms.ChoiceField(
        label="类型", choices=[(k.value, v) for k, v in rules.DEVICE_LABELS.items()]
    )
    maker = forms.CharField(label="品牌", required=False, max_length=60)
    model = forms.CharField(label="型号", required=False, max_length=80)
    serial = forms.CharField(label="序列号", required=False, max_length=80)
    operating_system = forms.CharField(label="操作系统", required=False, max_length=80)

    def prepare(self) -> None:
        if isinstance(self.subject, Device):
            for name in CORRECTABLE:
                self.initial.setdefault(name, getattr(self.subject, name))


class PlaceForm(UnitForm):
    zone = forms.ChoiceField(
        label="用途", choices=[(z.value, v) for z, v in rules.ZONE_LABELS.items()]
    )
    connection = forms.ChoiceField(
        label="联网", required=False,
        choices=[("", "按用途"), *((c.value, v) for c, v in rules.CONNECTION_LABELS.items())],
    )  # fmt: skip


class DeviceForm(PlaceForm, MachineForm):
    number = forms.CharField(label="资产编号", max_length=40)
    custodian = forms.CharField(label="管理人", max_length=60)
    in_use_from = DateField(label="启用日期")

    field_order = ["number", "kind", "unit", "zone", "connection", "custodian", "in_use_from"]


class MoveForm(PlaceForm):
    on = DateField(label="自哪天起")


class LabelForm(ActForm):
    label = forms.CharField(label="标签内容", max_length=120, help_text="编号、用途、管理人。")
    on = DateField(label="贴标日期")


class HandOverForm(ActForm):
    custodian = forms.CharField(label="新的管理人", max_length=60)
    on = DateField(label="自哪天起")


class RetireForm(ActForm):
    on = DateField(label="报废日期")
    reason = LongText(label="原因", rows=2)


class InstallForm(ActForm):
    licence = forms.ModelChoiceField(Licence.objects.none(), label="软件许可", empty_label="请选择")
    on = DateField(label="安装日期")

    def prepare(self) -> None:
        rows = Licence.objects.filter(agency=self.subject.agency).select_related("title")
        self.fields["licence"].queryset = rows  # type: ignore[attr-defined]


class UninstallForm(ActForm):
    installation = forms.ModelChoiceField(
        Installation.objects.none(), label="已安装的软件", empty_label="请选择"
    )
    on = DateField(label="卸载日期")

    def prepare(self) -> None:
        rows = self.subject.installations.filter(end=None).select_related("licence__title")
        self.fields["installation"].queryset = rows  # type: ignore[attr-defined]


class PeripheralForm(UnitForm):
    number = forms.CharField(label="资产编号", max_length=40)
    kind = forms.ChoiceField(
        label="类型", choices=[(k.value, v) for k, v in rules.PERIPHERAL_LABELS.items()]
    )
    model = forms.CharField(label="品牌型号", required=False, max_length=120)
    in_use_from = DateField(label="启用日期")


class LicenceForm(ActForm):
    title = forms.CharField(label="软件名称", max_length=120)
    kind = forms.ChoiceField(
        label="类别", choices=[(k.value, v) for k, v in rules.SOFTWARE_LABELS.items()]
    )
    sets = forms.IntegerField(label="套数", min_value=1)
    acquired_on = DateField(label="取得日期")
    source = forms.ChoiceField(label="来源", choices=Licence.Source.choices)
    number = forms.CharField(label="许可编号", required=False, max_length=80)
    vendor = forms.CharField(label="供应商", required=False, max_length=120)
    valid_until = DateField(label="有效期至", required=False)


class CheckForm(ActForm):
    plan = forms.CharField(label="抽查内容", max_length=300)
    on = DateField(label="抽查日期")
    size = forms.IntegerField(label="抽查台数", min_value=1)


class ResultForm(ActForm):
    device = forms.ChoiceField(label="计算机")
    passed = forms.BooleanField(label="合格", required=False)
    found = LongText(label="发现的问题", required=False, rows=2, max_length=500)

    def prepare(self) -> None:
        left = [(number, number) for number in still_to_check(self.subject)]
        self.fields["device"].choices = left  # type: ignore[attr-defined]


class RemedyForm(ActForm):
    result = forms.ModelChoiceField(CheckResult.objects.none(), label="问题", empty_label=None)
    remedy = LongText(label="整改情况", rows=2, max_length=500)
    on = DateField(label="整改日期")

    def prepare(self) -> None:
        rows = self.subject.results.filter(passed=False, remedied_on=None)
        self.fields["result"].queryset = rows  # type: ignore[attr-defined]
