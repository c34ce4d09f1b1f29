"""The bureau's figures that the rooms below can count: sites, columns, mail, cases, machines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from gongkai import clock
from gongkai.agencies.models import Agency
from gongkai.applications import queries as applications
from gongkai.assets import queries as assets
from gongkai.catalogue.models import ColumnPage, HomePage, SiteProfile
from gongkai.catalogue.queries import home_of, profiles_of
from gongkai.catalogue.rules import ColumnKind
from gongkai.enquiries import queries as enquiries
from gongkai.reporting.sources import Row, Source, counting, of_cases, of_remedies, register
from gongkai.review.models import Sheet


def last_day(year: int) -> date:
    """The day as of which a year is counted: its last, or today in a running year."""
    return min(date(year, 12, 31), clock.today())


def was_public(page: HomePage | ColumnPage, on: date) -> bool:
    """Whether the page had been released by the end of that day, and is not withdrawn."""
    end = datetime.combine(on, time.max, tzinfo=clock.SHANGHAI)
    released = Sheet.objects.filter(subject=page.subject, released_at__lte=end)
    return page.live and released.exists()


def _sites(agency: Agency, year: int) -> Iterable[Row]:
    for profile in profiles_of(agency):
        if was_public(home_of(profile), last_day(year)):
            yield profile.site.site_name, str(profile.site.root_url)


def _portal_columns(agency: Agency, year: int, **kind: Any) -> Iterable[Row]:
    for profile in profiles_of(agency).filter(kind=SiteProfile.Kind.PORTAL):
        home = home_of(profile)
        for column in ColumnPage.objects.descendant_of(home).filter(live=True, **kind):
            if was_public(column, last_day(year)):
                path = column.url_path[len(home.url_path) :]
                yield column.title, f"{profile.site.root_url}/{path}"


def _mail(figure: str) -> Source:
    def rows(agency: Agency, year: int) -> Iterable[Row]:
        found = enquiries.rows_behind(agency, year, figure, as_of=last_day(year))
        return of_cases(found)

    return counting(rows)


def _answer_rate(agency: Agency, year: int) -> float | None:
    rate: float | None = enquiries.figures(agency, year, as_of=last_day(year))["answer_rate"]
    return rate


def _remedies(row: str) -> Source:
    def rows(agency: Agency, year: int) -> Iterable[Row]:
        return of_remedies(applications.remedies_behind(agency, year, row))

    return counting(rows)


def _suits(agency: Agency, year: int) -> Iterable[Row]:
    for row in ("suit_direct", "suit_after_review"):
        yield from _remedies(row).rows(agency, year)


def fee_rows(agency: Agency, year: int) -> Iterable[Row]:
    """The payments of the fee for processing information, each with its application's screen."""
    for case, yuan in applications.fees_behind(agency, year):
        yield f"{case.number} {case.title} {yuan}元", f"/desk/cases/{case.number}/"


def _machines(figure: str) -> Source:
    part, name = figure.split(".")

    def count(agency: Agency, year: int) -> int:
        return int(assets.figures(agency, last_day(year))[part][name])

    def rows(agency: Agency, year: int) -> Iterable[Row]:
        for row in assets.rows_behind(figure, agency, last_day(year)):
            yield str(row), ""

    return Source(count=count, rows=rows)


def register_all() -> None:
    """Called when the room starts."""
    register("sites", counting(_sites))
    register(
        "sections", counting(lambda a, y: _portal_columns(a, y, kind=ColumnKind.SECTION.value))
    )
    register("service_columns", counting(lambda a, y: _portal_columns(a, y, is_service=True)))
    for figure in (
        "enquiries.received", "enquiries.answered", "complaints.received", "complaints.handled",
    ):  # fmt: skip
        register(figure, _mail(figure))
    register("answer_rate", Source(count=_answer_rate, rows=_mail("answer_rate").rows))
    register(
        "applications",
        counting(lambda a, y: of_cases(applications.rows_behind(a, y, "new"))),
    )
    register("fees", Source(count=applications.fees_collected, rows=fee_rows))  # yuan
    register("reconsiderations", _remedies("review"))
    register("litigations", counting(_suits))
    for figure in (
        "computers.total", "computers.internal_information", "computers.standalone",
        "computers.intranet", "computers.labelled", "computers.with_custodian",
        "printers.laser", "printers.inkjet", "software.sets",
    ):  # fmt: skip
        register(figure, _machines(figure))
