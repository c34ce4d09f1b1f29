"""The organ's one masking rule, set at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.agencies.models import Agency
from gongkai.agencies.rules import Duty
from gongkai.office.access import agency_with
from gongkai.office.acting import Act
from gongkai.office.frame import DeskPage
from gongkai.office.review.forms import MaskingForm
from gongkai.review.actions import set_masking_rule
from gongkai.review.queries import policy_of

SETS = (Duty.AGENCY_MANAGE, Duty.REVIEW_OFFICE)


class MaskingPage(DeskPage):
    """遮盖规则: one for the whole organ; whoever masks has no choice."""

    template_name = "office/act.html"
    header_icon = "lock"
    page_title = "遮盖规则"

    @cached_property
    def agency(self) -> Agency:
        return agency_with(self.user, *SETS)

    @property
    def act(self) -> Act:
        return Act(
            key="masking", label="遮盖规则", form=MaskingForm, button="保存规则",
            told="已保存。以后的筛查和遮盖都按这条规则。",
            warning="全机关只有这一条规则，办理人不能另选。第7至14位是出生日期，任何规则都不得露出。",
            do=lambda p, u, f: set_masking_rule(self.agency, by=u, **f), may=lambda p, u: True,
        )  # fmt: skip

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.act.bound(request, policy_of(self.agency))
        return self.show(form=form, act=self.act)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.act.bound(request, policy_of(self.agency))
        if self.act.attempt(request, form) is None:
            return self.show(status=422, form=form, act=self.act)
        self.tell(self.act.told)
        return HttpResponseRedirect(reverse("office_masking"))
