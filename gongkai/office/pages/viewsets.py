"""Wagtail's page screens, held to the posts of the person and to one transaction.

The login group of a role may change drafts anywhere in the tree; here it is asked whether the page
belongs to a unit for which the person writes.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views import View
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.lock import LockView, UnlockView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.revisions import (
    RevisionsCompareView,
    RevisionsRevertView,
)
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, WorkflowState

from gongkai.agencies.rules import Duty
from gongkai.catalogue.checking import remarks_on
from gongkai.catalogue.models import ColumnPage, HomePage, ItemPage
from gongkai.office.access import agencies_with, me, units_with
from gongkai.office.pages.checks import ChecksPanel
from gongkai.office.pages.panel import ReviewPanel
from gongkai.office.pages.preview import (
    CreatePreview,
    DraftView,
    EditPreview,
    RevisionView,
    TaskView,
)
from gongkai.refusal import Refused
from gongkai.review.pages import GatedPage


def writes_for(request: HttpRequest, page: GatedPage) -> bool:
    """Whether the person writes for the page's unit."""
    if page.unit is None:
        return False
    return units_with(me(request), Duty.ITEM_WRITE).filter(pk=page.unit.pk).exists()


def may_open(request: HttpRequest, page: Any) -> bool:
    """Writers of the page's unit, and whoever has to review it now."""
    page = page.specific
    if not isinstance(page, GatedPage):
        return False
    task = page.current_workflow_task
    return writes_for(request, page) or bool(
        task is not None and task.user_can_access_editor(page, request.user)
    )


class OfThePost:
    """Refuses a page of another unit before anything is shown; saves whole or not at all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Wagtail names it in three ways; the comparison of drafts says ``pk``.
        pk = kwargs.get("page_id") or kwargs.get("page_to_move_id") or kwargs.get("pk")
        if not may_open(request, get_object_or_404(Page, pk=pk)):
            raise PermissionDenied
        with transaction.atomic():
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class OwnUnits:
    """The form offers the units for which the person writes, and a refusal keeps what was typed."""

    form: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whatever a rule refuses is taken back whole and told beside what was typed."""
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except Refused as refusal:
            field = refusal.field if refusal.field in self.form.fields else None
            self.form.add_error(field, refusal.message)
            if not self.expects_json_response:  # type: ignore[attr-defined]  # Wagtail's autosave
                messages.error(request, refusal.message)
            return self.form_invalid(self.form)  # type: ignore[attr-defined]

    @property
    def form_class(self) -> Any:
        return self._form_class

    @form_class.setter
    def form_class(self, plain: Any) -> None:
        def made(*args: Any, **kwargs: Any) -> Any:
            return _with_own_units(plain(*args, **kwargs))

        self._form_class = made


def _with_own_units(form: Any) -> Any:
    unit = form.fields.get("unit")
    if unit is not None:
        unit.queryset = units_with(form.for_user, Duty.ITEM_WRITE)
        unit.required = True
        first = list(unit.queryset[:2])
        if not form.instance.unit_id and len(first) == 1:
            form.initial["unit"] = first[0].pk
    return form


class DeskEditView(OfThePost, OwnUnits, EditView):
    """The editor of a draft, with the review beside it."""

    workflow_state: Any

    def submit_action(self) -> Any:
        """A returned draft starts again from the first step: nobody has read the new one yet.

        Wagtail would go on at the step that returned it, and open no sheet.
        """
        state = self.workflow_state
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.cancel(user=self.request.user)
            self.workflow_state = None
        response = super().submit_action()
        if isinstance(self.page, ItemPage):
            for remark in remarks_on(self.page):
                messages.warning(self.request, f"提示：{remark.message}")
        return response

    def get_side_panels(self) -> Any:
        ours = [ReviewPanel(self.page, self.request)]
        if isinstance(self.page, ItemPage):
            ours.append(ChecksPanel(self.page, self.request))
        return MediaContainer([*super().get_side_panels(), *ours])


class DeskRevertView(OfThePost, OwnUnits, RevisionsRevertView):
    """An older text as the new draft."""


class DeskCreateView(OwnUnits, CreateView):
    """A new draft under a column of the person's own organ."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        parent = get_object_or_404(Page, pk=kwargs.get("parent_page_id")).specific
        mine = agencies_with(me(request), Duty.ITEM_WRITE)
        if not isinstance(parent, GatedPage) or parent.agency not in mine:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ClosedView(View):
    """A screen that the gate refuses to everybody: nobody moves, copies or publishes by hand."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise Http404


def _held(view: type[Any]) -> type[Any]:
    """The same screen, for pages of the person's units only."""
    return type(f"Desk{view.__name__}", (OfThePost, view), {})


class DeskPages(PageViewSet):
    """The same screens for every kind of page."""

    add_view_class = DeskCreateView
    edit_view_class = DeskEditView
    revisions_revert_view_class = DeskRevertView
    delete_view_class = _held(DeleteView)
    lock_view_class = _held(LockView)
    unlock_view_class = _held(UnlockView)
    set_page_position_view_class = _held(SetPagePositionView)
    workflow_action_view_class = _held(WorkflowActionView)
    collect_workflow_action_data_view_class = _held(CollectWorkflowActionDataView)
    confirm_workflow_cancellation_view_class = _held(ConfirmWorkflowCancellationView)
    view_draft_view_class = _held(DraftView)
    preview_on_edit_view_class = _held(EditPreview)
    preview_on_add_view_class = CreatePreview
    revisions_view_class = _held(RevisionView)
    revisions_compare_view_class = _held(RevisionsCompareView)
    history_view_class = _held(PageHistoryView)
    workflow_preview_view_class = _held(TaskView)
    move_view_class = ClosedView
    move_confirm_view_class = ClosedView
    copy_view_class = ClosedView
    unpublish_view_class = ClosedView
    set_privacy_view_class = ClosedView
    convert_alias_view_class = ClosedView


def page_viewsets() -> list[PageViewSet]:
    """One viewset a kind of page."""
    return [
        DeskPages(f"desk_{model._meta.model_name}", model=model)
        for model in (HomePage, ColumnPage, ItemPage)
    ]
