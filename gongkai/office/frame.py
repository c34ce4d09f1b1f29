"""Our pages in Wagtail's frame: breadcrumbs, one title, messages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.agencies.models import User
from gongkai.office.access import me


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk. ``trail`` is (label, address) from the top, without the page itself."""

    trail: list[tuple[str, str]] = []
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    @property
    def user(self) -> User:
        return me(self.request)

    def get_trail(self) -> list[tuple[str, str]]:
        return self.trail

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": label} for label, url in self.get_trail()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render with this context."""
        return self.render_to_response(self.get_context_data(**context), status=status)

    def tell(self, sentence: object) -> None:
        """A message on the next page."""
        messages.success(self.request, str(sentence))

    def back_to(self, default: str) -> str:
        """Where the form asked to go on, if that is on this host."""
        wish = self.request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(wish, allowed_hosts={self.request.get_host()})
        return wish if safe else default
