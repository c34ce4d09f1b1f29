"""Earlier applications that are alike, beside the form of who registers, routes or drafts."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.applications.queries import Alike, alike, items_in_month
from gongkai.applications.rules import is_excessive
from gongkai.cases.models import Case

# While the answer is still to be found.
ACTS = frozenset({"register", "route", "draft", "collate", "merge"})


@dataclass(frozen=True)
class Before:
    """``excessive``: items in this calendar month where they are beyond what costs nothing."""

    own: list[Alike]
    answered: list[Alike]
    excessive: int

    @property
    def repeated(self) -> bool:
        """Whether the applicant was already answered on something very alike."""
        return any(row.reply is not None for row in self.own)


def before(case: Case) -> Before | None:
    """What was asked before; None for what is no application."""
    if not case.is_application:
        return None
    rows, items = alike(case), items_in_month(case)
    return Before(
        [row for row in rows if row.own],
        [row for row in rows if not row.own],
        items if is_excessive(items) else 0,
    )
