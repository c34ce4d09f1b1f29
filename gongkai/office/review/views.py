"""The sheet as a page and on paper, a file with its findings, and the withdrawal."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page

from gongkai import clock
from gongkai.agencies.permissions import may
from gongkai.agencies.rules import Duty
from gongkai.files.models import StoredFile
from gongkai.office.access import files_for, sheet_for_reader
from gongkai.office.acting import Act
from gongkai.office.frame import DeskPage
from gongkai.office.review.acts import ACTS
from gongkai.office.review.forms import WithdrawForm
from gongkai.office.review.looking import passages_of
from gongkai.office.review.shown import page_of, shown_sheet
from gongkai.review.actions import ask_for
from gongkai.review.cleaning import words_of
from gongkai.review.models import FileWork, Sheet
from gongkai.review.pages import GatedPage, withdraw_page
from gongkai.review.queries import work_has_stopped, work_on
from gongkai.review.rules import screens_later

REFRESH_SECONDS = 5
# These have their own place on the page; every other act stands folded below them.
_PLACED = ("settle", "approve", "return", "mask")


class OfSheet(DeskPage):
    """What is shown of one sheet that the person may read."""

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_for_reader(self.user, self.kwargs["pk"])

    def files(self) -> Any:
        return files_for(self.user).filter(sha256__in=self.sheet.files)


class SheetPage(OfSheet):
    """保密审查表: findings with their settlement, decisions, and the person's own decision."""

    template_name = "office/sheet.html"
    header_icon = "check"
    page_title = "审查表"

    def get_page_subtitle(self) -> str:
        return self.sheet.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = self.sheet
        acts = {key: act for key, act in ACTS.items() if act.may(sheet, self.user)}
        forms = {
            key: act.form(subject=sheet, user=self.user, prefix=None, auto_id=f"{key}_%s")
            for key, act in acts.items()
        }
        page, shown = page_of(sheet), shown_sheet(sheet, self.user)
        return super().get_context_data(
            files=self.files(), look=_look(page), shown=shown, acts=acts, page=page,
            passages=passages_of(page, sheet, shown.findings), refresh=REFRESH_SECONDS,
            others=_others(acts, forms), **{"forms": forms} | kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """One act; what was refused is shown where it was typed."""
        found = ACTS.get(act)
        if found is None:
            raise Http404
        form = found.bound(request, self.sheet)
        form.auto_id = f"{act}_%s"
        done = found.attempt(request, form)
        if done is None:
            return self._again(found, form)
        self.tell(done)
        return HttpResponseRedirect(self.back_to(reverse("office_sheet", args=[pk])))

    def _again(self, act: Act, form: Any) -> HttpResponse:
        context = self.get_context_data()
        context["forms"][act.key] = form
        context["acts"].setdefault(act.key, act)
        context["others"] = _others(context["acts"], context["forms"])
        context["refused"] = form
        context["refused_act"] = act.key
        context["refused_finding"] = form.data.get("finding", "")
        return self.render_to_response(context, status=422)


def _others(acts: dict[str, Act], forms: dict[str, Any]) -> list[tuple[Act, Any]]:
    return [(act, forms[key]) for key, act in acts.items() if key not in _PLACED]


def _look(page: GatedPage | None) -> str:
    """Where exactly the revision under review can be read; empty when none is."""
    task = page.current_workflow_task if page is not None else None
    if page is None or task is None:
        return ""
    return reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, task.pk])


class SheetPaper(OfSheet):
    """The same on paper, with places to sign."""

    template_name = "office/sheet_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = shown_sheet(self.sheet, self.user)
        return super().get_context_data(
            files=self.files(), shown=shown, printed_at=clock.now(), **kwargs
        )


class SheetFile(OfSheet):
    """The words of an attachment, masked, beside what the screening found in it."""

    template_name = "office/sheet_file.html"
    header_icon = "doc-full"
    page_title = "附件"

    @cached_property
    def file(self) -> StoredFile:
        return get_object_or_404(self.files(), pk=self.kwargs["file"])

    def get_page_subtitle(self) -> str:
        return self.file.name

    def get_trail(self) -> list[tuple[str, str]]:
        return [("审查表", reverse("office_sheet", args=[self.sheet.pk]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = shown_sheet(self.sheet, self.user)
        found = [f for f in shown.findings if f.get("file") == self.file.sha256]
        work = self._work() if screens_later([self.file.size]) else None
        words = work.words if work else words_of(self.file, self.sheet.agency)
        facts = {"shown": shown, "file": self.file, "found": found, "words": words, "work": work}
        return super().get_context_data(refresh=REFRESH_SECONDS, **kwargs | facts)

    def _work(self) -> FileWork:
        """A large file is read by the worker, while the person waits or goes on."""
        kind = FileWork.Kind.WORDS
        known = next((w for w in work_on(self.sheet, kind) if w.file_id == self.file.pk), None)
        if known is not None and (known.ended_at or not work_has_stopped(known, clock.now())):
            return known
        return ask_for(kind, self.sheet, self.file, by=self.user)


class WithdrawPage(DeskPage):
    """撤回: takes a public page away from every outlet; the reason is mandatory."""

    template_name = "office/act.html"
    header_icon = "download"
    page_title = "撤回已公开的内容"

    @cached_property
    def page(self) -> GatedPage:
        page = get_object_or_404(Page, pk=self.kwargs["pk"]).specific
        if not isinstance(page, GatedPage):
            raise Http404
        if not may(self.user, Duty.ITEM_WITHDRAW, page.agency, page.unit):
            raise PermissionDenied
        return page

    @property
    def act(self) -> Act:
        return Act(
            key="withdraw", label="撤回", form=WithdrawForm, button="撤回",
            told="已撤回，各渠道随即下架。",
            do=lambda p, u, f: withdraw_page(p, by=u, reason=f["reason"]), may=lambda p, u: True,
            warning=f"《{self.page.title}》将从网站、搜索和各渠道撤下；撤回理由长期留存。",
        )  # fmt: skip

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=self.act.bound(request, self.page), act=self.act)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.act.bound(request, self.page)
        done = self.act.attempt(request, form)
        if done is None:
            return self.show(status=422, form=form, act=self.act)
        self.tell(self.act.told)
        # A leader has no editor to go back to; the sheet says what was done.
        sheet = Sheet.objects.filter(subject=self.page.subject).first()
        back = reverse("office_sheet", args=[sheet.pk]) if sheet else reverse("wagtailadmin_home")
        return HttpResponseRedirect(back)
