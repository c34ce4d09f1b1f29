"""网站、索引号、站外链接: codes of the sites, the shape of index numbers, links that lead out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.catalogue import actions, numbering
from gongkai.catalogue.models import IndexCounter, IndexShape, SiteProfile
from gongkai.office.access import agencies_with
from gongkai.office.acting import Act, ActForm
from gongkai.office.registers.base import Register, Shown

_EXAMPLE = "{code}/{year}-{serial:05d}"


class SiteCodeForm(ActForm):
    """The code may be left out: then the site bears the organ's."""

    site_code = forms.CharField(
        label="政府网站标识码", required=False, max_length=10,
        help_text="10 位数字，或 bm 加 8 位数字。留空则使用本机关的标识码。",
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["site_code"].initial = self.subject.site_code


class ShapeForm(ActForm):
    """The shape as a line of text with three gaps."""

    template = forms.CharField(
        label="索引号格式", max_length=60,
        help_text="{code} 是机关代码，{year} 是年份，{serial:05d} 是五位流水号（位数可写 4 至 8）。"
        f"国家指引的格式是 {_EXAMPLE}。",
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["template"].initial = shape_of(self.subject)


def shape_of(agency: Agency) -> str:
    """The shape in which the organ numbers now."""
    shape = IndexShape.objects.filter(agency=agency).first()
    return shape.template if shape else numbering.NATIONAL


def next_number(agency: Agency) -> str:
    """What the next new item would be called; numbers of imports are passed over."""
    year = clock.today().year
    counter = IndexCounter.objects.filter(agency=agency, year=year).first()
    serial = (counter.last if counter else 0) + 1
    return numbering.index_number(shape_of(agency), agency.index_code, year, serial)


def _sets_code(profile: SiteProfile, user: User) -> bool:
    return may(user, Duty.AGENCY_MANAGE, profile.agency)


def _sets_shape(agency: Agency, user: User) -> bool:
    return may(user, Duty.AGENCY_MANAGE, agency)


class Sites(Register):
    name, model, icon, menu_label = "site-profiles", SiteProfile, "site", "网站"
    reads = (Duty.AGENCY_MANAGE,)
    columns = (
        Shown("名称", "site.site_name"), Shown("种类", "get_kind_display", "kind"),
        Shown("域名", "site.hostname"), Shown("政府网站标识码", "site_id_code"),
    )  # fmt: skip
    facts = (
        Shown("标识码的来源", lambda p: "本站" if p.site_code else "本机关"),
        Shown("主办单位", "host_unit"), Shown("承办单位", "run_by"), Shown("备案号", "icp"),
    )  # fmt: skip
    row_acts = (
        Act("code", "设定标识码", SiteCodeForm,
            lambda p, u, f: actions.set_site_code(p, f["site_code"], by=u), _sets_code, "保存",
            told="已保存，各页随后更新。"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("site", "agency")


class IndexShapes(Register):
    name, model, icon, menu_label = "index-shapes", Agency, "list-ol", "索引号格式"
    reads = (Duty.AGENCY_MANAGE,)
    columns = (
        Shown("机关", "name", "name"), Shown("机关代码", "index_code"),
        Shown("索引号格式", shape_of), Shown("下一个索引号", next_number),
    )  # fmt: skip
    row_acts = (
        Act("set", "设定索引号格式", ShapeForm,
            lambda a, u, f: actions.set_index_shape(a, f["template"], by=u), _sets_shape, "保存",
            told="已保存，以后新编的索引号用这个格式。",
            warning="已有的索引号不变，流水号接着编。"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        keys = [agency.pk for agency in agencies_with(user, *self.reads)]
        return Agency.objects.filter(pk__in=keys)
