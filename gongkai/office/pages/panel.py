"""The review beside the editor: whose turn, findings, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel

from gongkai.office.access import me
from gongkai.office.review.draft import MASK, findings_of_draft
from gongkai.office.review.shown import shown_sheet
from gongkai.review.queries import sheets_about


class ReviewPanel(BaseSidePanel):
    """The sheet of the newest submission of a page, or what is found in a draft that has none."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "打开或关闭审查"
        icon_name = "check"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": self.panel.open_count}

    name = "review"
    title = "审查"
    template_name = "office/parts/review_panel.html"
    order = 50

    def __init__(self, object: Any, request: Any) -> None:
        super().__init__(object, request)
        sheet = sheets_about(object.subject).select_related("agency", "unit", "drafter").first()
        submitted = sheet is not None and sheet.content_hash == object.content_hash()
        self.shown = shown_sheet(sheet, request.user) if sheet else None
        self.draft = [] if submitted else findings_of_draft(object)
        self.may_mask = bool(self.draft) and MASK.may(object, me(request))
        found = self.shown.open if self.shown and submitted else self.draft
        self.open_count = len(found)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "shown": self.shown,
            "draft": self.draft,
            "may_mask": self.may_mask,
            "page": self.object,
        }
