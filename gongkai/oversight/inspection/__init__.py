"""The national site indicators on the published tree (国办秘函〔2019〕19号), as an inspector from
outside would judge them. Reads only; ``oversight.actions`` keeps what is found.
"""

from __future__ import annotations

from datetime import date

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.oversight.inspection import columns, disclosed, records
from gongkai.oversight.inspection.findable import Again, Search, searchable
from gongkai.oversight.inspection.gathering import Pass
from gongkai.oversight.inspection.indicators import (
    EDITION,
    TITLES,
    Found,
    Indicator,
    Verdict,
    judged,
    merged,
)
from gongkai.oversight.inspection.links import Trees
from gongkai.oversight.inspection.sites import sites_of
from gongkai.oversight.queries import confirmed_columns

__all__ = [
    "EDITION",
    "TITLES",
    "Found",
    "Indicator",
    "Search",
    "Verdict",
    "inspect",
    "merged",
]


def inspect(
    agency: Agency, search: Search, *, again: Again = (), today: date | None = None
) -> list[Indicator]:
    """Judge the organ's public sites, in the order of ``TITLES``; empty when none is public.

    Each file is read once and let go; what is kept grows with the columns and the addresses of
    the tree, not with its text.
    """
    day, trees = today or clock.today(), Trees()
    looked = [(site, Pass(site, trees, day).run()) for site in sites_of(agency)]
    if not looked:
        return []
    return [
        columns.home_updated(looked, day),
        columns.columns_updated(looked, day, confirmed_columns(agency, day)),
        columns.columns_empty(looked),
        judged("links", (f for site, seen in looked for f in seen.links.found(site))),
        judged("attachments", (f for site, seen in looked for f in seen.attachments.found(site))),
        records.outside_links(agency, day),
        judged("meta_tags", (f for site, seen in looked for f in seen.tags.found(site))),
        searchable(looked, search, again),
        disclosed.guide_complete(looked),
        records.messages(agency, day),
        disclosed.annual_reports(looked, agency, day),
        disclosed.organisation(looked, agency, day),
    ]
