"""A draft before anybody reviews it: what the screening says of its text, and masking at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page

from gongkai.agencies.models import User
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.office.acting import Act, NoFacts
from gongkai.office.frame import DeskPage
from gongkai.office.review.shown import SEVERITY_LABELS, SEVERITY_SHAPES
from gongkai.review.drafts import mask_draft
from gongkai.review.pages import GatedPage
from gongkai.review.queries import policy_of
from gongkai.review.screen import findings_in


def findings_of_draft(draft: GatedPage) -> list[dict[str, Any]]:
    """What stands in the text of the draft as it was last saved, worst first.

    Attachments are read when the draft is submitted: that takes longer than a page may.
    """
    _, found = findings_in(draft.reviewed_texts(), policy=policy_of(draft.agency))
    return [
        row | {"shape": SEVERITY_SHAPES[row["severity"]], "word": SEVERITY_LABELS[row["severity"]]}
        for row in found
    ]


def _mask(page: GatedPage, user: User, facts: dict[str, Any]) -> str:
    count = mask_draft(page, by=user)
    return f"已按本机关的遮盖规则遮盖 {count} 处文字，存为新的草稿。请看一遍后提交。"


MASK = Act(
    key="mask", label="一键遮盖", form=NoFacts, button="按规则遮盖并存为新草稿",
    warning="按本机关统一的遮盖规则，遮盖已保存草稿的文字中的个人信息；附件不改动，原文留在历史版本里。",
    do=_mask, may=lambda page, user: may(user, Duty.ITEM_WRITE, page.agency, page.unit),
)  # fmt: skip


class MaskDraftPage(DeskPage):
    """一键遮盖 from the editor, and back into it."""

    template_name = "office/act.html"
    header_icon = "edit"
    page_title = "一键遮盖"

    @cached_property
    def page(self) -> GatedPage:
        page = get_object_or_404(Page, pk=self.kwargs["pk"]).specific
        if not isinstance(page, GatedPage):
            raise Http404
        if not MASK.may(page, self.user):
            raise PermissionDenied
        return page

    def get_page_subtitle(self) -> str:
        return str(self.page.draft_title)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=MASK.bound(request, self.page), act=MASK)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = MASK.bound(request, self.page)
        done = MASK.attempt(request, form)
        if done is None:
            return self.show(status=422, form=form, act=MASK)
        self.tell(done)
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[pk]))
