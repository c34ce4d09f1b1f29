"""机构与人员: units with their public contacts, people, appointments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.viewsets.base import ViewSetGroup

from gongkai import clock
from gongkai.agencies import actions
from gongkai.agencies.models import Agency, Appointment, Unit, User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.rules import Duty, Role
from gongkai.office.access import agencies_with
from gongkai.office.acting import Act, Facts
from gongkai.office.registers.agencies_forms import (
    AppointForm,
    EndForm,
    EndUnitForm,
    NewUnitForm,
    PersonForm,
    UnitForm,
    agency_of,
)
from gongkai.office.registers.base import Register, Related, Shown
from gongkai.office.registers.links import Links
from gongkai.office.registers.sites import IndexShapes, Sites
from gongkai.refusal import Refused

_CONTACT = ("duties", "phone", "fax", "mail", "address", "hours")


def _manages(row: Any, user: User) -> bool:
    return may(user, Duty.AGENCY_MANAGE, agency_of(row))


def _allowed(agency: Agency, user: User) -> None:
    """The verbs of ``agencies`` are also used before anybody holds a post, so they do not ask."""
    require(user, Duty.AGENCY_MANAGE, agency)


def _found(agency: Agency, user: User, f: Facts) -> Unit:
    _allowed(agency, user)
    if Unit.objects.filter(agency=agency, code=f["code"]).exists():
        raise Refused(f"代码 {f['code']} 已有单位使用，请换一个。", field="code")
    return actions.found_unit(agency, by=user, **f)


def _change(unit: Unit, user: User, f: Facts) -> Unit:
    _allowed(unit.agency, user)
    return actions.change_unit(unit, by=user, **f)


def _end_unit(unit: Unit, user: User, f: Facts) -> Unit:
    if f["valid_to"] < unit.valid_from:
        raise Refused("撤销日期不能早于设立日期，请核对。", field="valid_to")
    return _change(unit, user, f)


def _person(agency: Agency, user: User, f: Facts) -> User:
    _allowed(agency, user)
    name = f.pop("username")
    return actions.add_person(name, by=user, **f)


def _appoint(agency: Agency, user: User, f: Facts) -> Appointment:
    _allowed(agency, user)
    return actions.appoint(
        f["user_to"], f["unit"], Role(f["role"]), start=f["start"], title=f["title"], by=user
    )


def _leave(appointment: Appointment, user: User, f: Facts) -> None:
    _allowed(agency_of(appointment), user)
    if f["end"] < appointment.start:
        raise Refused("离任日期不能早于任职日期，请核对。", field="end")
    actions.end_appointment(appointment, end=f["end"], by=user)


def _posts(unit: Unit) -> Iterator[tuple[Any, ...]]:
    rows = Appointment.objects.filter(post__unit=unit).select_related("user", "post")
    for a in rows.order_by("end", "-start"):
        yield a.user, a.post.get_role_display(), a.start, a.end or "至今"


def _held(user: User) -> Iterator[tuple[Any, ...]]:
    for a in user.appointments.select_related("post__unit"):
        yield a.post.unit, a.post.get_role_display(), a.start, a.end or "至今"


class Units(Register):
    name, model, icon, menu_label = "units", Unit, "home", "处室和单位"
    columns = (
        Shown("名称", "name", "name"), Shown("性质", "get_kind_display", "kind"),
        Shown("联系电话", "phone"), Shown("电子邮箱", "mail"),
        Shown("设立日期", "valid_from", "valid_from"), Shown("撤销日期", "valid_to"),
    )  # fmt: skip
    facts = (
        Shown("代码", "code"), Shown("职责", "duties"), Shown("传真", "fax"),
        Shown("办公地址", "address"), Shown("办公时间", "hours"),
        Shown("职能承接单位", "successor"),
    )  # fmt: skip
    related = (Related("任职", ("人员", "职责", "自", "至"), _posts),)
    search_fields = ("name", "code")
    list_filter = ("kind",)
    acts = (Act("add", "设立单位", NewUnitForm, _found, _manages, "设立"),)
    row_acts = (
        Act("change", "修改公开的联系信息", UnitForm, _change, _manages, "保存"),
        Act("end", "登记撤销", EndUnitForm, _end_unit,
            lambda r, u: r.valid_to is None and _manages(r, u), "撤销",
            warning="旧信息保留原单位名称；职能承接单位接手以后的办理。"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("agency", "successor")


class People(Register):
    name, model, icon, menu_label = "people", User, "group", "人员"
    reads = (Duty.AGENCY_MANAGE,)
    columns = (
        Shown("姓名", "get_full_name"), Shown("登录名", "username", "username"),
        Shown("在岗", lambda u: "、".join(_now(u)) or "无岗位"),
        Shown("可登录", lambda u: "是" if u.is_active else "否"),
    )  # fmt: skip
    related = (Related("任职", ("处室", "职责", "自", "至"), _held),)
    search_fields = ("username", "last_name", "first_name")
    acts = (Act("add", "登记人员", PersonForm, _person, _manages, "登记"),)

    def rows(self, user: User) -> QuerySet[Any]:
        """Everybody who holds or held a post here, and who holds none anywhere."""
        from django.db.models import Q

        here = Q(appointments__post__unit__agency__in=agencies_with(user, *self.reads))
        rows = User.objects.filter(here | Q(appointments=None)).distinct()
        return rows.prefetch_related("appointments__post__unit").order_by("username")


class Appointments(Register):
    name, model, icon, menu_label = "appointments", Appointment, "user", "任职"
    reads = (Duty.AGENCY_MANAGE,)
    agency_path = "post__unit__agency"
    columns = (
        Shown("人员", "user"), Shown("处室", "post.unit"), Shown("职责", "post.get_role_display"),
        Shown("任职日期", "start", "start"), Shown("离任日期", "end", "end"),
    )  # fmt: skip
    search_fields = ("user__last_name", "user__first_name", "user__username")
    acts = (Act("add", "任命", AppointForm, _appoint, _manages, "任命"),)
    row_acts = (
        Act("end", "登记离任", EndForm, _leave,
            lambda a, u: a.end is None and _manages(a, u), "登记离任"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("user", "post__unit__agency")


def _now(user: User) -> list[str]:
    today = clock.today()
    return [
        f"{a.post.unit.name}{a.post.get_role_display()}"
        for a in user.appointments.all()
        if a.start <= today and (a.end is None or a.end >= today)
    ]


class AgencyGroup(ViewSetGroup):
    menu_label, menu_icon, menu_order, menu_name = "机构与人员", "group", 330, "agencies"
    items = (Units, People, Appointments, Sites, IndexShapes, Links)
