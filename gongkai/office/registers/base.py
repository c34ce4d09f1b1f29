"""A register as a Wagtail viewset: a list, the page of a row, an Excel file, and acts.

There is no generic form that saves a row: every change is an act that calls one action.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.viewsets.base import ViewSet
from wagtail.coreutils import multigetattr

from gongkai.agencies.models import User
from gongkai.agencies.rules import Duty
from gongkai.office.access import agencies_with
from gongkai.office.acting import Act
from gongkai.office.menus import DutyItem
from gongkai.office.registers.views import AgencyAct, RegisterExport, RegisterIndex, RowPage


@dataclass(frozen=True)
class Shown:
    """One column or fact: what it is called and where it is found (a path, or a function)."""

    label: str
    of: str | Callable[[Any], Any]
    sort: str = ""

    def value(self, row: Any) -> Any:
        """What stands in the cell."""
        found = self.of(row) if callable(self.of) else multigetattr(row, self.of)
        return found if found is not None else ""


@dataclass(frozen=True)
class Related:
    """A table below the facts of a row."""

    title: str
    headings: tuple[str, ...]
    rows: Callable[[Any], Iterator[tuple[Any, ...]]]


class Register(ViewSet):
    """``reads``: duties that open it. ``acts`` are about the organ, ``row_acts`` about a row."""

    model: type[Model]
    columns: tuple[Shown, ...] = ()
    facts: tuple[Shown, ...] = ()
    related: tuple[Related, ...] = ()
    search_fields: tuple[str, ...] = ()
    list_filter: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    row_acts: tuple[Act, ...] = ()
    reads: tuple[Duty, ...] = ()
    agency_path = "agency"
    add_to_admin_menu = False

    def rows(self, user: User) -> QuerySet[Any]:
        """The rows that the person may read."""
        agencies = agencies_with(user, *self.reads)
        return self.model._default_manager.filter(**{f"{self.agency_path}__in": agencies})

    def row(self, user: User, pk: int) -> Any:
        """One of them; 404 for every other."""
        return get_object_or_404(self.rows(user), pk=pk)

    def require_reader(self, user: User) -> None:
        """403 for who may not read it at all."""
        if not agencies_with(user, *self.reads):
            raise PermissionDenied

    @property
    def title(self) -> str:
        return str(self.menu_label or self.model._meta.verbose_name_plural)

    @cached_property
    def menu_item_class(self) -> Any:
        duties = self.reads

        class Item(DutyItem):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, duties=duties, **kwargs)

        return Item

    def get_urlpatterns(self) -> list[Any]:
        given: dict[str, Any] = {"register": self}
        index = self.construct_view(RegisterIndex, **given, **self._listing())
        results = self.construct_view(RegisterIndex, **given, **self._listing(), results_only=True)
        return [
            path("", index, name="index"),
            path("results/", results, name="index_results"),
            path("export/", RegisterExport.as_view(**given), name="export"),
            path("do/<slug:act>/", AgencyAct.as_view(**given), name="act"),
            path("<int:pk>/", RowPage.as_view(**given), name="row"),
            path("<int:pk>/do/<slug:act>/", RowPage.as_view(**given), name="row_act"),
        ]

    def _listing(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("index_results"),
            "search_fields": list(self.search_fields) or None,
            "list_filter": list(self.list_filter) or None,
            "header_icon": self.icon,
        }
