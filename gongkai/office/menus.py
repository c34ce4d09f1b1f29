"""What the menus show, and what of Wagtail's own they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from gongkai.agencies.rules import DUTIES, Duty
from gongkai.office.access import roles_at

# Wagtail's own entries that lead to closed screens, abroad, or to nothing that this house uses.
HIDDEN_MAIN = frozenset({"images", "documents", "help", "snippets", "settings"})
HIDDEN_REPORTS = frozenset({
    "locked-pages", "page-types-usage", "workflows", "workflow-tasks", "site-history",
})  # fmt: skip


class DutyItem(MenuItem):
    """Shown to whom a post gives one of the duties (none given: any post)."""

    def __init__(self, *args: Any, duties: tuple[Duty, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duties = duties

    def is_shown(self, request: HttpRequest) -> bool:
        roles = roles_at(request)
        return any(
            not self.duties or any(role in DUTIES[duty] for duty in self.duties) for role in roles
        )


def without(hidden: frozenset[str]) -> Callable[[HttpRequest, list[MenuItem]], None]:
    """A hook that takes entries out of a menu."""

    def hook(request: HttpRequest, items: list[MenuItem]) -> None:
        items[:] = [item for item in items if item.name not in hidden]

    return hook
