"""A draft as the public would read it: the page of the site itself, made from the draft."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views import View
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.views.pages.workflow import PreviewRevisionForTaskView
from wagtail.models import Page, Revision
from wagtail.utils.decorators import xframe_options_sameorigin_override

from gongkai import clock
from gongkai.catalogue.models import ItemPage, SiteProfile
from gongkai.portal.pages.items import item_page
from gongkai.portal.render import render
from gongkai.review.pages import GatedPage

_same_origin = method_decorator(xframe_options_sameorigin_override, name="dispatch")


def as_read(page: GatedPage) -> HttpResponse:
    """The page as it would be published today; of columns and home pages their reviewed texts."""
    html = _item(page) if isinstance(page, ItemPage) and page.pk else None
    if html is None:
        html = render_to_string("office/preview.html", {"texts": page.reviewed_texts().items()})
    response = HttpResponse(html)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _item(item: ItemPage) -> str | None:
    column = item.column()
    profile = SiteProfile.objects.filter(site__root_page__in=column.get_ancestors()).first()
    if profile is None:
        return None
    item.released_at = item.released_at or clock.now()
    return render(item_page(item, column, profile))


class DraftView(View):
    """The newest draft."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        return as_read(get_object_or_404(Page, pk=page_id).get_latest_revision_as_object())


class RevisionView(View):
    """An older draft."""

    def get(self, request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
        revision = get_object_or_404(Revision.page_revisions, pk=revision_id, object_id=page_id)
        return as_read(revision.as_object())


class TaskView(PreviewRevisionForTaskView):
    """Exactly the revision that is being reviewed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.task_state:
            raise Http404
        return as_read(self.task_state.revision.as_object())


class _Typed:
    """What stands in the editor now, saved or not."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view: Any = self
        form = view.get_form(view._get_form_data(view._get_form_state()))
        if not view.validate_form(form):
            return view.error_response()
        form.save(commit=False)
        return as_read(view.object)


@_same_origin
class EditPreview(_Typed, PreviewOnEditView):
    """Beside the editor of a draft."""


@_same_origin
class CreatePreview(_Typed, PreviewOnCreateView):
    """Beside the editor of a new item."""
