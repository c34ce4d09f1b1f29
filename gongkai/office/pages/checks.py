"""The checks beside the editor: remarks, what the calendar proposes, other columns of the item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.side_panels import BaseSidePanel

from gongkai.agencies.models import User
from gongkai.catalogue.checking import remarks_on
from gongkai.catalogue.checks import Remark
from gongkai.catalogue.models import ColumnPage, ItemPage, ValidityProposal
from gongkai.catalogue.queries import open_proposals
from gongkai.office.acting import now_open
from gongkai.office.pages.acts import COLUMNS, PLACING, PROPOSALS
from gongkai.refusal import Refused


@dataclass(frozen=True)
class Offer:
    """Something to decide, and the acts that this person may do about it."""

    words: str
    acts: list[tuple[str, str]]


def offers(kind: str, subject: Any, words: str, user: User) -> Offer:
    """The acts on one row, as (label, address)."""
    acts = {"validity": PROPOSALS, "column": COLUMNS}.get(kind, PLACING)
    return Offer(words, [
        (act.label, reverse("office_catalogue_act", args=[kind, subject.pk, act.key]))
        for act in now_open(acts.values(), subject, user)
    ])  # fmt: skip


def column_offer(column: ColumnPage, user: User) -> Offer:
    """A column with what may be done about it; set in as deep as it stands in the tree."""
    return offers("column", column, f"{'　' * (column.depth - 3)}{column.title}", user)


class ChecksPanel(BaseSidePanel):
    """What the machine noticed about the item as it was last saved."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "打开或关闭校对"
        icon_name = "list-ul"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": self.panel.count}

    name = "remarks"  # Wagtail has a panel "checks": of two with one name the second never opens
    title = "校对"
    template_name = "office/parts/checks_panel.html"
    order = 40

    def __init__(self, object: ItemPage, request: Any) -> None:
        super().__init__(object, request)
        self.remarks = _remarks(object)
        self.proposals = [
            offers("validity", p, words_of(p), request.user) for p in open_proposals(object)
        ]
        self.placements = [
            offers("placement", p, f"{p.column.title}（{p.get_state_display()}）", request.user)
            for p in object.placements.select_related("column__unit__agency", "item__unit__agency")
        ]
        self.count = len(self.remarks) + len(self.proposals)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "remarks": self.remarks,
            "proposals": self.proposals,
            "placements": self.placements,
            "place": offers("item", self.object, "", self.request.user).acts,
        }


def words_of(proposal: ValidityProposal) -> str:
    """What the calendar proposes, with the date that it goes by."""
    return f"{proposal.on:%Y-%m-%d}：有效性拟改为“{proposal.get_validity_display()}”"


def _remarks(item: ItemPage) -> list[Remark]:
    try:
        return remarks_on(item)
    except Refused as refusal:
        return [Remark(refusal.rule, refusal.field, refusal.message, hard=True)]
