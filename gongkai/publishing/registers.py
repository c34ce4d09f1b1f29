"""Rows that no page owns and many show: which keys a change of one concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Site

from gongkai.agencies.models import Agency, Leader, Unit
from gongkai.cases.models import Case
from gongkai.catalogue.models import Link, SiteProfile
from gongkai.enquiries.models import Enquiry


def _of_agency(agency: Agency) -> list[str]:
    return [f"site:{code}" for code in agency.sites.values_list("code", flat=True)]


def _of_unit(unit: Unit) -> list[str]:
    """Its directory entry, and its name beside answers and in figures."""
    code = unit.agency.code
    return [f"units:{code}", f"answers:{code}", f"figures:{code}"]


def _of_site(site: Site) -> list[str]:
    """Every site of the organ: the host of one needs no notice before the others leave for it."""
    found = SiteProfile.objects.filter(agency__sites__site=site)
    return [f"site:{code}" for code in found.values_list("code", flat=True)]


def _of_case(case: Case) -> list[str]:
    return [] if case.is_application else [f"figures:{case.agency.code}"]


KEYS: dict[type[Any], Callable[[Any], list[str]]] = {
    Agency: _of_agency,
    Unit: _of_unit,
    Leader: lambda leader: [f"leaders:{leader.agency.code}"],
    Link: lambda link: [f"links:{link.agency.code}"],
    SiteProfile: lambda profile: _of_agency(profile.agency),
    Site: _of_site,
    Case: _of_case,
    Enquiry: lambda enquiry: _of_case(enquiry.case),
}

COUNTED = {Case, Enquiry}
"""So many rows that a change of one publishes nothing at once."""


def keys_of(row: Any) -> list[str]:
    """What notes as read that it shows this row."""
    return KEYS[type(row)](row)
