"""The review beside the editor: whose turn, findings, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel

from gongkai.office.review.shown import shown_sheet
from gongkai.review.queries import sheets_about


class ReviewPanel(BaseSidePanel):
    """The sheet of the newest submission of a page."""

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
        self.shown = shown_sheet(sheet, request.user) if sheet else None
        self.open_count = len(self.shown.open) if self.shown else 0

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "shown": self.shown}
