"""公众需求: what people looked for and applied for, beside what is published about it."""

from __future__ import annotations

from typing import Any

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.agencies.rules import Duty
from gongkai.applications.queries import applications_of
from gongkai.catalogue.queries import profiles_of
from gongkai.office.access import agency_with
from gongkai.office.frame import DeskPage
from gongkai.portal import demand
from gongkai.portal.index import index_path
from gongkai.text.index import NoIndex, count

READS = (Duty.REPORT_MAKE, Duty.REPORT_APPROVE, Duty.CASE_READ_ALL)
PERIODS = {30: "近30天", 90: "近90天", 365: "近一年"}


class DemandPage(DeskPage):
    """Searches without result, and the topics of this year's and last year's applications, each
    with how much is public about it now: the gap that the information office is to close.
    """

    template_name = "office/demand.html"
    header_icon = "search"
    page_title = "公众需求"

    @property
    def days(self) -> int:
        asked = self.request.GET.get("days", "")
        return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in PERIODS else 90

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agency = agency_with(self.user, *READS)
        sites = [profile.code for profile in profiles_of(agency)]
        missed = demand.unmet(sites, days=self.days)
        return super().get_context_data(
            missed=[(found, _public_about(found.query, sites)) for found in missed],
            topics=list(_topics(agency, sites)),
            periods=[(days, label, days == self.days) for days, label in PERIODS.items()],
            **kwargs,
        )


def _topics(agency: Agency, sites: list[str]) -> Any:
    """The applications received in two years, newest first, by title: no name, no content."""
    this = clock.today().year
    for year in (this, this - 1):
        for case in applications_of(agency, year).order_by("-received_on", "-pk")[:100]:
            yield case, _public_about(case.title, sites)


def _public_about(words: str, sites: list[str]) -> int:
    """How many public things hold these words now."""
    try:
        return sum(count(index_path(), words, site=site) for site in sites)
    except NoIndex:
        return 0
