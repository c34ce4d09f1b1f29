"""What waits about items beside their review: validity to decide, columns to agree to."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.rules import Duty
from gongkai.catalogue.models import ColumnPage, Placement, ValidityProposal
from gongkai.office.access import agencies_with, units_with
from gongkai.office.frame import DeskPage
from gongkai.office.pages.checks import column_offer, offers, words_of


class CatalogueWaiting(DeskPage):
    """The rows that this person may decide; who may decide none sees an empty page."""

    template_name = "office/catalogue.html"
    header_icon = "list-ul"
    page_title = "目录事项"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposals = ValidityProposal.objects.filter(
            state=ValidityProposal.State.OPEN, item__unit__in=units_with(self.user, Duty.ITEM_WRITE)
        ).select_related("item__unit__agency")
        asked = Placement.objects.filter(
            state=Placement.State.ASKED,
            column__unit__in=units_with(self.user, Duty.REVIEW_UNIT),
        ).select_related("item__unit__agency", "column__unit__agency", "asked_by")
        agencies = agencies_with(self.user, Duty.ITEM_WRITE)
        columns = ColumnPage.objects.filter(unit__agency__in=agencies).order_by("path")
        return super().get_context_data(
            columns=[
                column_offer(c, self.user) for c in columns.select_related("unit__agency")
            ],
            proposals=[
                offers("validity", p, f"《{p.item.title}》{words_of(p)}", self.user)
                for p in proposals
            ],
            placements=[
                offers(
                    "placement", p,
                    f"《{p.item.title}》（{p.item.unit}，{p.asked_by}申请）列入“{p.column.title}”",
                    self.user,
                )
                for p in asked
            ],
            **kwargs,
        )  # fmt: skip
