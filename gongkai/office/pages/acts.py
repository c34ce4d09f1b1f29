"""What people do about an item beside its text: its validity, its other columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.catalogue import actions
from gongkai.catalogue.models import ColumnPage, ItemPage, Placement, ValidityProposal
from gongkai.catalogue.rules import WITHOUT_LIST, ColumnKind
from gongkai.office.acting import Act, ActForm, NoFacts, ReasonForm, by_key
from gongkai.office.frame import DeskPage
from gongkai.office.pages.columns import OrderForm, StandardForm, taken_over, writes_in


class PlaceForm(ActForm):
    """Another column for a public item."""

    column = forms.ModelChoiceField(ColumnPage.objects.none(), label="栏目", empty_label="请选择")

    def prepare(self) -> None:
        public = ColumnPage.objects.filter(live=True, address="").exclude(kind__in=WITHOUT_LIST)
        own = self.subject.get_parent().pk
        self.fields["column"].queryset = public.exclude(pk=own).order_by("path")  # type: ignore[attr-defined]


def _writes(item: ItemPage, user: User) -> bool:
    return may(user, Duty.ITEM_WRITE, item.agency, item.unit)


def _decides(placement: Placement, user: User) -> bool:
    column = placement.column
    asked = placement.state == Placement.State.ASKED and placement.asked_by_id != user.pk
    return asked and may(user, Duty.REVIEW_UNIT, column.agency, column.unit)


def _ends(placement: Placement, user: User) -> bool:
    column = placement.column
    open_ = placement.state in {Placement.State.ASKED, Placement.State.AGREED}
    return open_ and (
        _writes(placement.item, user) or may(user, Duty.REVIEW_UNIT, column.agency, column.unit)
    )


def _proposed(proposal: ValidityProposal, user: User) -> bool:
    return proposal.state == proposal.State.OPEN and _writes(proposal.item, user)


PROPOSALS = by_key([
    Act(
        key="accept", label="采纳并送审", form=NoFacts, told="已送审，审查通过后公开页面才会改变。",
        do=lambda p, u, f: actions.accept_validity(p, by=u), may=_proposed,
    ),
    Act(
        key="decline", label="不采纳", form=ReasonForm, told="已记录不采纳的理由。",
        do=lambda p, u, f: actions.decline_validity(p, by=u, reason=f["reason"]), may=_proposed,
    ),
])  # fmt: skip

PLACING = by_key([
    Act(
        key="ask", label="同时列入其他栏目", form=PlaceForm, button="申请",
        told="已申请，栏目责任处室同意后列入。",
        do=lambda i, u, f: actions.ask_for_placement(i, f["column"], by=u),
        may=lambda i, u: isinstance(i, ItemPage) and i.live and _writes(i, u),
    ),
    Act(
        key="agree", label="同意列入", form=NoFacts, told="已同意，本件随即列入该栏目。",
        do=lambda p, u, f: actions.agree_to_placement(p, by=u),
        may=lambda p, u: isinstance(p, Placement) and _decides(p, u),
    ),
    Act(
        key="refuse", label="不同意列入", form=ReasonForm, told="已记录不同意的理由。",
        do=lambda p, u, f: actions.refuse_placement(p, by=u, reason=f["reason"]),
        may=lambda p, u: isinstance(p, Placement) and _decides(p, u),
    ),
    Act(
        key="end", label="取消列入", form=ReasonForm, told="已取消列入。",
        do=lambda p, u, f: actions.end_placement(p, by=u, reason=f["reason"]),
        may=lambda p, u: isinstance(p, Placement) and _ends(p, u),
    ),
])  # fmt: skip

COLUMNS = by_key([
    Act(
        key="standard", label="套用标准目录", form=StandardForm, button="写入草稿",
        do=lambda c, u, f: taken_over(*actions.apply_standard(
            c, f["unit"], by=u, matters=f["matters"], doubtful=f["doubtful"]
        )),
        may=lambda c, u: c.kind == ColumnKind.STANDARD and writes_in(c, u),
        warning="条目据各地公布的目录整理，没有与国家原文逐字核对。写入的是草稿，核对后请提交审查。",
    ),
    Act(
        key="place", label="调整栏目顺序", form=OrderForm, button="保存",
        told="已调整，网站导航随后更新。",
        do=lambda c, u, f: actions.place_column(c, f["place"], by=u),
        may=lambda c, u: may(u, Duty.ITEM_WRITE, c.agency, c.unit),
    ),
])  # fmt: skip

_KINDS: Mapping[str, tuple[type[models.Model], Mapping[str, Act]]] = {
    "validity": (ValidityProposal, PROPOSALS),
    "placement": (Placement, PLACING),
    "item": (ItemPage, PLACING),
    "column": (ColumnPage, COLUMNS),
}


class CatalogueAct(DeskPage):
    """One of these acts on a page of its own; back to the editor, or to the desk without one."""

    template_name = "office/act.html"
    header_icon = "doc-full-inverse"

    @property
    def page_title(self) -> str:
        return f"{self.act.label}：{self.page.title}"

    @cached_property
    def subject(self) -> Any:
        model, _ = _KINDS.get(self.kwargs["kind"]) or self._nothing()
        return get_object_or_404(model, pk=self.kwargs["pk"])

    @property
    def page(self) -> ItemPage | ColumnPage:
        """The page that the act is about."""
        own = isinstance(self.subject, ItemPage | ColumnPage)
        return self.subject if own else self.subject.item

    @cached_property
    def act(self) -> Act:
        _, acts = _KINDS.get(self.kwargs["kind"]) or self._nothing()
        found = acts.get(self.kwargs["act"]) or self._nothing()
        if not found.may(self.subject, self.user):
            raise PermissionDenied
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=self.act.bound(request, self.subject), act=self.act)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.act.bound(request, self.subject)
        done = self.act.attempt(request, form)
        if done is None:
            return self.show(status=422, form=form, act=self.act)
        self.tell(done)
        if isinstance(self.page, ColumnPage):
            return HttpResponseRedirect(reverse("office_catalogue"))
        if _writes(self.page, self.user):
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[self.page.pk]))
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    def _nothing(self) -> Any:
        raise Http404
