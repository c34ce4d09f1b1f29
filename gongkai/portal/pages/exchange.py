"""政民互动 on the front page and the public statistics: every figure is counted from the cases."""

from __future__ import annotations

from gongkai import clock
from gongkai.cases.rules import KIND_LABELS, Kind
from gongkai.catalogue.models import SiteProfile
from gongkai.enquiries import queries
from gongkai.enquiries.queries import Figures
from gongkai.portal import addresses, contexts
from gongkai.portal.pages.columns import frame_of_address
from gongkai.portal.pages.sites import site_context
from gongkai.portal.reading import DAY, reads

_ASKED = (Kind.ENQUIRY, Kind.COMPLAINT, Kind.REPORT, Kind.SUGGESTION)


def exchange(profile: SiteProfile) -> contexts.Exchange:
    """Doors, this year's figures, the newest answers."""
    agency, year = profile.agency, clock.today().year
    reads(f"figures:{agency.code}", f"answers:{agency.code}", DAY)
    counted = queries.statistics(agency, year)
    doors = tuple(
        contexts.Link(KIND_LABELS[kind], f"{addresses.ASK}{kind.value}/") for kind in _ASKED
    )
    return contexts.Exchange(
        entries=(*doors, contexts.Link("查询", addresses.QUERY)),
        period=f"{year}年",
        figures=_figures(counted.total),
        statistics_url=addresses.STATISTICS,
        chart=_by_kind(counted.by_kind),
        answers=tuple(row(a) for a in queries.public_answers(agency, 6)),
        answers_url=addresses.ANSWERS,
    )


def row(answer: queries.PublicAnswer) -> contexts.AnswerRow:
    """A published answer as a line of a list."""
    return contexts.AnswerRow(
        title=answer.title,
        url=addresses.answer_path(answer.number),
        unit=answer.unit,
        kind=answer.kind,
        on=answer.answered_on,
    )


def statistics_page(profile: SiteProfile) -> contexts.Page:
    """Received, answered, how long it took: this year, by kind, topic and unit."""
    agency, year = profile.agency, clock.today().year
    reads(f"figures:{agency.code}", DAY)
    counted = queries.statistics(agency, year)
    charts = (
        _by_kind(counted.by_kind),
        _chart("按问题类别", "topics", counted.by_topic),
        _chart("按承办单位", "units", counted.by_unit),
    )
    return contexts.StatisticsPage(
        site=site_context(profile),
        title="公开统计",
        path=addresses.STATISTICS,
        **frame_of_address(addresses.STATISTICS, profile),  # type: ignore[arg-type]
        period=f"{year}年1月1日至今",
        counted_on=clock.today(),
        figures=_figures(counted.total),
        charts=tuple(chart for chart in charts if chart.rows),
    )


def _figures(total: Figures) -> tuple[contexts.Figure, ...]:
    average = "—" if total.average_days is None else f"{total.average_days}"
    return (
        contexts.Figure(label="收到", value=str(total.received), unit="件"),
        contexts.Figure(label="答复", value=str(total.answered), unit="件"),
        contexts.Figure(label="平均用时", value=average, unit="个工作日"),
    )


def _by_kind(by_kind: dict[str, Figures]) -> contexts.Chart:
    known = {KIND_LABELS[kind]: by_kind.get(KIND_LABELS[kind], Figures()) for kind in _ASKED}
    return _chart("按来件类型", "kinds", known)


def _chart(title: str, key: str, groups: dict[str, Figures]) -> contexts.Chart:
    return contexts.Chart(
        title=title,
        unit="件",
        series=("收到", "答复"),
        key=key,
        rows=tuple(
            contexts.ChartRow(label, (figures.received, figures.answered))
            for label, figures in groups.items()
        ),
    )
