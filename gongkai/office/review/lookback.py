"""回头看: what is public and newer rules doubt; each is settled or taken down on its sheet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from gongkai.agencies.rules import Duty
from gongkai.office.access import agencies_with
from gongkai.office.frame import DeskPage
from gongkai.review import lookback
from gongkai.review.models import LookBack
from gongkai.review.queries import open_findings

READS = (Duty.REVIEW_OFFICE, Duty.REVIEW_SECRECY, Duty.ITEM_WITHDRAW)


class LookBackPage(DeskPage):
    """The list, worst first, with when everything was looked at last."""

    template_name = "office/lookback.html"
    header_icon = "history"
    page_title = "回头看"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agencies = agencies_with(self.user, *READS)
        if not agencies:
            raise PermissionDenied
        sheets = [sheet for agency in agencies for sheet in lookback.found(agency)]
        return super().get_context_data(
            rows=[(sheet, open_findings(sheet)) for sheet in sheets],
            run=LookBack.objects.first(),
            **kwargs,
        )
