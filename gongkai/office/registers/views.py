"""The screens of a register: the list, the Excel file, the page of a row, the forms of its acts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.office.access import agencies_with, agency_with, me
from gongkai.office.acting import Act, now_open
from gongkai.office.frame import DeskPage
from gongkai.office.spreadsheet import as_download


class RegisterIndex(IndexView):
    """The rows of the person's organ."""

    register: Any = None
    any_permission_required = None
    permission_policy = None
    paginate_by = 50
    search_backend_name = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.register.require_reader(me(request))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.register.title)

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.register.rows(me(self.request))

    @cached_property
    def columns(self) -> list[Column]:
        first, *rest = self.register.columns
        return [
            TitleColumn(
                "c0", label=first.label, accessor=first.value, sort_key=first.sort or None,
                get_url=lambda row: reverse(self.register.get_url_name("row"), args=[row.pk]),
            ),
            *(
                Column(f"c{n}", label=c.label, accessor=c.value, sort_key=c.sort or None)
                for n, c in enumerate(rest, 1)
            ),
        ]  # fmt: skip

    @cached_property
    def header_buttons(self) -> list[Any]:
        user = me(self.request)
        buttons = [
            HeaderButton(
                act.label, url=reverse(self.register.get_url_name("act"), args=[act.key]),
                icon_name="plus",
            )
            for act in _open_for_organ(self.register, user)
        ]  # fmt: skip
        export = reverse(self.register.get_url_name("export"))
        return [*buttons, HeaderButton("导出 Excel", url=export, icon_name="download")]


class RegisterExport(DeskPage):
    """The same rows as an Excel file."""

    register: Any = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.register.require_reader(self.user)
        shown = (*self.register.columns, *self.register.facts)
        rows = (tuple(c.value(row) for c in shown) for row in self.register.rows(self.user))
        title = f"{self.register.title}-{clock.today()}"
        return as_download(
            title, [c.label for c in shown], ([plain(v) for v in row] for row in rows)
        )


class AgencyAct(DeskPage):
    """An act about the organ: a new row, mostly."""

    register: Any = None
    template_name = "office/act.html"

    @cached_property
    def act(self) -> Act:
        found = next((a for a in self.register.acts if a.key == self.kwargs["act"]), None)
        if found is None:
            raise Http404
        if not found.may(self.agency, self.user):
            raise PermissionDenied
        return found

    @cached_property
    def agency(self) -> Any:
        return agency_with(self.user, *self.register.reads)

    def get_page_title(self) -> str:
        return self.act.label

    def get_trail(self) -> list[tuple[str, str]]:
        return [(self.register.title, reverse(self.register.get_url_name("index")))]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(act=self.act, form=self.act.bound(request, self.agency))

    def post(self, request: HttpRequest, act: str) -> HttpResponse:
        form = self.act.bound(request, self.agency)
        done = self.act.attempt(request, form)
        if done is None:
            return self.show(status=422, act=self.act, form=form)
        self.tell(done)
        if isinstance(done.result, self.register.model):
            address = reverse(self.register.get_url_name("row"), args=[done.result.pk])
            return HttpResponseRedirect(address)
        return HttpResponseRedirect(reverse(self.register.get_url_name("index")))


class RowPage(DeskPage):
    """A row: facts, tables, and the acts that this person may do now."""

    register: Any = None
    template_name = "office/row.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.register.require_reader(me(request))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> Any:
        return self.register.row(self.user, self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.row)

    def get_trail(self) -> list[tuple[str, str]]:
        return [(self.register.title, reverse(self.register.get_url_name("index")))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = self.register
        shown = (*register.columns, *register.facts)
        facts = [(c.label, c.value(self.row)) for c in shown]
        return super().get_context_data(
            row=self.row,
            facts=[(label, value) for label, value in facts if value not in ("", None)],
            related=[(t.title, t.headings, list(t.rows(self.row))) for t in register.related],
            acts=[
                (a, reverse(register.get_url_name("row_act"), args=[self.row.pk, a.key]))
                for a in now_open(register.row_acts, self.row, self.user)
            ],
            **kwargs,
        )

    def get(self, request: HttpRequest, pk: int, act: str = "") -> HttpResponse:
        if not act:
            return self.show()
        chosen = self._act(act)
        return self.show(act=chosen, form=chosen.bound(request, self.row))

    def post(self, request: HttpRequest, pk: int, act: str = "") -> HttpResponse:
        chosen = self._act(act)
        form = chosen.bound(request, self.row)
        done = chosen.attempt(request, form)
        if done is None:
            self.row.refresh_from_db()
            return self.show(status=422, act=chosen, form=form)
        self.tell(done)
        name = self.register.get_url_name
        if not type(self.row)._default_manager.filter(pk=pk).exists():
            return HttpResponseRedirect(reverse(name("index")))
        return HttpResponseRedirect(reverse(name("row"), args=[pk]))

    def _act(self, key: str) -> Act:
        found = next((a for a in self.register.row_acts if a.key == key), None)
        if found is None:
            raise Http404
        if self.request.method == "GET" and not found.may(self.row, self.user):
            raise Http404
        return found


def plain(value: Any) -> Any:
    """For a spreadsheet: no markup."""
    return strip_tags(value) if isinstance(value, SafeString) else value


def _open_for_organ(register: Any, user: User) -> list[Act]:
    agencies = agencies_with(user, *register.reads)
    return now_open(register.acts, agencies[0], user) if agencies else []
