"""站外链接: entered and checked by a unit, let out by the information office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.agencies.models import Unit, User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.catalogue import actions
from gongkai.catalogue.models import Link, LinkGroup
from gongkai.office.access import units_with
from gongkai.office.acting import Act, ActForm, NoFacts, ReasonForm
from gongkai.office.registers.base import Register, Shown


class ChangeForm(ActForm):
    """What a link says and where it leads."""

    group = forms.ChoiceField(label="分组", choices=LinkGroup.choices)
    title = forms.CharField(label="名称", max_length=80)
    url = forms.URLField(label="地址", max_length=200, assume_scheme="https")

    def prepare(self) -> None:
        if isinstance(self.subject, Link):
            for name in ("group", "title", "url"):
                self.fields[name].initial = getattr(self.subject, name)


class LinkForm(ChangeForm):
    """A link out of the site and who answers for it."""

    owner = forms.ModelChoiceField(Unit.objects.none(), label="责任处室", empty_label="请选择")

    def prepare(self) -> None:
        units: Any = self.fields["owner"]
        units.queryset = units_with(self.user, Duty.ITEM_WRITE).filter(agency=self.subject)


def _writes(link: Link, user: User) -> bool:
    return may(user, Duty.ITEM_WRITE, link.agency, link.owner)


def _agrees(link: Link, user: User) -> bool:
    waits = link.state == Link.State.ASKED and user.pk != link.changed_by_id
    return waits and may(user, Duty.REVIEW_OFFICE, link.agency)


class Links(Register):
    name, model, icon, menu_label = "links-out", Link, "link", "站外链接"
    reads = (Duty.ITEM_WRITE,)
    columns = (
        Shown("名称", "title", "title"), Shown("分组", "get_group_display", "group"),
        Shown("地址", "url"), Shown("责任处室", "owner"),
        Shown("状态", "get_state_display", "state"), Shown("核查日期", "checked_on", "checked_on"),
    )  # fmt: skip
    facts = (Shown("登记人", "changed_by"), Shown("同意人", "agreed_by"))
    list_filter = ("group", "state")
    acts = (
        Act("add", "登记站外链接", LinkForm, lambda a, u, f: actions.add_link(a, by=u, **f),
            lambda a, u: units_with(u, Duty.ITEM_WRITE).filter(agency=a).exists(), "登记",
            told="已登记；信息办另一人同意后公开。",
            warning="登记前请打开链接，核对内容和责任单位。"),
    )  # fmt: skip
    row_acts = (
        Act("agree", "同意公开", NoFacts, lambda link, u, f: actions.agree_to_link(link, by=u),
            _agrees, "已打开核对，同意公开", told="已同意，链接随即公开。"),
        Act("checked", "登记今天核查过", NoFacts,
            lambda link, u, f: actions.check_link(link, by=u), actions.may_keep_link,
            "已打开核对，内容正确", told="已登记核查日期。"),
        Act("change", "更正", ChangeForm, lambda link, u, f: actions.change_link(link, by=u, **f),
            _writes, "保存", told="已更正；信息办另一人同意后重新公开。",
            warning="更正后先从网站撤下，同意后重新公开。"),
        Act("remove", "撤下", ReasonForm,
            lambda link, u, f: actions.remove_link(link, by=u, reason=f["reason"]),
            actions.may_keep_link, "撤下", told="已撤下。"),
    )  # fmt: skip

    def rows(self, user: User) -> QuerySet[Any]:
        return super().rows(user).select_related("agency", "owner__agency")
