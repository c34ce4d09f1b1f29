"""设备台账: computers, printers, licences, spot checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from wagtail.admin.viewsets.base import ViewSetGroup

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.assets import actions, rules
from gongkai.assets.models import (
    Device,
    Licence,
    Peripheral,
    SpotCheck,
)
from gongkai.assets.queries import is_honest, still_to_check
from gongkai.office.acting import Act, Facts
from gongkai.office.registers.assets_forms import (
    CheckForm,
    DeviceForm,
    HandOverForm,
    InstallForm,
    LabelForm,
    LicenceForm,
    MachineForm,
    MoveForm,
    PeripheralForm,
    RemedyForm,
    ResultForm,
    RetireForm,
    UninstallForm,
)
from gongkai.office.registers.base import Register, Related, Shown

READS = (Duty.ASSET_MANAGE, Duty.CASE_READ_ALL)


def _keeps(row: Any, user: User) -> bool:
    agency = row if isinstance(row, Agency) else getattr(row, "agency", None)
    return agency is not None and may(user, Duty.ASSET_MANAGE, agency)


def _keeps_in_use(row: Any, user: User) -> bool:
    return row.scrapped_on is None and _keeps(row, user)


def _register_device(agency: Agency, user: User, f: Facts) -> Device:
    facts = {n: f.pop(n) for n in ("maker", "model", "serial", "operating_system")}
    return actions.register_device(agency, by=user, facts=facts, **f)


def _record_result(check: SpotCheck, user: User, f: Facts) -> object:
    device = Device.objects.get(agency=check.agency, number=f["device"])
    return actions.record_check_result(check, device, by=user, passed=f["passed"], found=f["found"])


def _placements(device: Device) -> Iterator[tuple[Any, ...]]:
    for p in device.placements.select_related("unit"):
        yield p.unit, p.get_zone_display(), p.get_connection_display(), p.start, p.end or "至今"


def _custodies(device: Device) -> Iterator[tuple[Any, ...]]:
    for c in device.custodies.all():
        yield c.person, c.start, c.end or "至今"


def _installed(device: Device) -> Iterator[tuple[Any, ...]]:
    for i in device.installations.select_related("licence__title"):
        yield i.licence.title, i.start, i.end or "至今"


def _results(check: SpotCheck) -> Iterator[tuple[Any, ...]]:
    done = {r.device.number: r for r in check.results.select_related("device")}
    for number in check.drawn:
        r = done.get(number)
        passed = ("合格" if r.passed else "不合格") if r else "待检查"
        yield number, passed, r.found if r else "", r.remedy if r else ""


class Devices(Register):
    name, model, icon, menu_label = "devices", Device, "desktop", "计算机"
    reads = READS
    columns = (
        Shown("资产编号", "number", "number"),
        Shown("类型", "get_kind_display", "kind"),
        Shown("使用处室", "unit_name"),
        Shown("用途", lambda d: rules.ZONE_LABELS.get(d.zone, "")),
        Shown("联网", lambda d: rules.CONNECTION_LABELS.get(d.connection, "")),
        Shown("管理人", "custodian"),
        Shown("贴标日期", "labelled_on", "labelled_on"),
        Shown("启用日期", "in_use_from", "in_use_from"),
        Shown("报废日期", "scrapped_on", "scrapped_on"),
    )
    facts = (
        Shown("品牌", "maker"), Shown("型号", "model"), Shown("序列号", "serial"),
        Shown("操作系统", "operating_system"), Shown("标签内容", "label"),
    )  # fmt: skip
    related = (
        Related("使用情况", ("处室", "用途", "联网", "自", "至"), _placements),
        Related("管理人", ("管理人", "自", "至"), _custodies),
        Related("安装的软件", ("软件", "安装", "卸载"), _installed),
    )
    search_fields = ("number", "serial", "maker", "model")
    list_filter = ("kind",)
    acts = (Act("add", "登记计算机", DeviceForm, _register_device, _keeps, "登记"),)
    row_acts = (
        Act("correct", "更正机器信息", MachineForm,
            lambda d, u, f: actions.correct_device(d, by=u, facts=f), _keeps, "更正"),
        Act("move", "变更用途或处室", MoveForm,
            lambda d, u, f: actions.move_device(d, by=u, **f), _keeps_in_use, "变更"),
        Act("label", "登记标签", LabelForm,
            lambda d, u, f: actions.label_device(d, by=u, text=f["label"], on=f["on"]),
            _keeps_in_use, "登记"),
        Act("hand_over", "更换管理人", HandOverForm,
            lambda d, u, f: actions.hand_over(d, by=u, **f), _keeps_in_use, "更换"),
        Act("install", "安装软件", InstallForm,
            lambda d, u, f: actions.install(f["licence"], d, by=u, on=f["on"]),
            _keeps_in_use, "登记安装"),
        Act("uninstall", "卸载软件", UninstallForm,
            lambda d, u, f: actions.uninstall(f["installation"], by=u, on=f["on"]),
            lambda d, u: _keeps(d, u) and d.installations.filter(end=None).exists(), "登记卸载"),
        Act("retire", "报废或停用", RetireForm,
            lambda d, u, f: actions.retire_device(d, by=u, **f), _keeps_in_use, "报废"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        """With place and custodian of today; what is out of use is shown as it stood last."""
        from django.db.models import OuterRef, Subquery

        from gongkai.assets.models import Custody, Placement

        places = Placement.objects.filter(device=OuterRef("pk")).order_by("-start", "-pk")
        keepers = Custody.objects.filter(device=OuterRef("pk")).order_by("-start", "-pk")
        return super().rows(user).select_related("agency").annotate(
            zone=Subquery(places.values("zone")[:1]),
            connection=Subquery(places.values("connection")[:1]),
            unit_name=Subquery(places.values("unit__name")[:1]),
            custodian=Subquery(keepers.values("person")[:1]),
        )  # fmt: skip


class Peripherals(Register):
    name, model, icon, menu_label = "peripherals", Peripheral, "print", "打印机和外设"
    reads = READS
    columns = (
        Shown("资产编号", "number", "number"), Shown("类型", "get_kind_display", "kind"),
        Shown("品牌型号", "model"), Shown("使用处室", "unit"),
        Shown("启用日期", "in_use_from", "in_use_from"), Shown("报废日期", "scrapped_on"),
    )  # fmt: skip
    search_fields = ("number", "model")
    list_filter = ("kind",)
    acts = (
        Act("add", "登记外设", PeripheralForm,
            lambda a, u, f: actions.register_peripheral(a, by=u, **f), _keeps, "登记"),
    )  # fmt: skip
    row_acts = (
        Act("retire", "报废或停用", RetireForm,
            lambda p, u, f: actions.retire_peripheral(p, by=u, **f), _keeps_in_use, "报废"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("agency", "unit")


class Licences(Register):
    name, model, icon, menu_label = "licences", Licence, "key", "软件许可"
    reads = READS
    columns = (
        Shown("软件", "title"), Shown("类别", "title.get_kind_display"),
        Shown("套数", "sets", "sets"),
        Shown("已安装", "installed"), Shown("来源", "get_source_display"),
        Shown("取得日期", "acquired_on", "acquired_on"), Shown("有效期至", "valid_until"),
    )  # fmt: skip
    facts = (Shown("许可编号", "number"), Shown("供应商", "vendor"))
    search_fields = ("title__name", "number", "vendor")
    list_filter = ("source",)
    acts = (
        Act("add", "登记软件许可", LicenceForm,
            lambda a, u, f: actions.register_licence(a, by=u, **f), _keeps, "登记"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("title").annotate(
            installed=Count("installations", filter=Q(installations__end=None))
        )  # fmt: skip


class SpotChecks(Register):
    name, model, icon, menu_label = "spot-checks", SpotCheck, "check", "安全抽查"
    reads = READS
    columns = (
        Shown("抽查内容", "plan"), Shown("抽查日期", "on", "on"),
        Shown("抽中", lambda c: len(c.drawn)), Shown("在用", lambda c: len(c.population)),
        Shown("抽查人", "by"), Shown("已检查", "done"),
    )  # fmt: skip
    facts = (
        Shown("公布的种子", "seed"),
        Shown("名单与种子相符", lambda c: "相符" if is_honest(c) else "不符，名单被改动"),
    )
    related = (Related("抽中的计算机", ("编号", "结果", "发现的问题", "整改情况"), _results),)
    search_fields = ("plan",)
    acts = (
        Act("add", "抽取计算机", CheckForm,
            lambda a, u, f: actions.plan_spot_check(a, by=u, **f), _keeps, "随机抽取",
            warning="名单由存证台账的摘要决定，抽取后不能更换。"),
    )  # fmt: skip
    row_acts = (
        Act("result", "填写结果", ResultForm, _record_result,
            lambda c, u: _keeps(c, u) and c.on <= clock.today() and bool(still_to_check(c)),
            "填写"),
        Act("remedy", "登记整改", RemedyForm,
            lambda c, u, f: actions.record_remedy(
                f["result"], by=u, remedy=f["remedy"], on=f["on"]),
            lambda c, u: _keeps(c, u)
            and c.results.filter(passed=False, remedied_on=None).exists(), "登记"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("agency", "by").annotate(done=Count("results"))


class AssetGroup(ViewSetGroup):
    menu_label, menu_icon, menu_order, menu_name = "设备台账", "desktop", 300, "assets"
    items = (Devices, Peripherals, Licences, SpotChecks)
