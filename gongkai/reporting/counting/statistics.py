"""The statistics form of 2014 (国办发〔2014〕32号): one column, each row counted or entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency, Appointment, Unit
from gongkai.agencies.rules import Role
from gongkai.applications import queries as applications
from gongkai.applications.models import Remedy, Reply
from gongkai.applications.rules import Did
from gongkai.cases.models import Case, Event
from gongkai.cases.rules import Channel, Kind
from gongkai.enquiries import queries as enquiries
from gongkai.reporting.counting.documents import (
    items,
    made_in,
    normative,
    of_items,
    released,
    unknown,
)
from gongkai.reporting.figures import fee_rows, last_day
from gongkai.reporting.sources import SOURCES, Row, Source, counting, of_cases, of_remedies
from gongkai.statute import channel, grounds, outcomes

Cases = Callable[[Agency, int], QuerySet[Case]]

_YUAN = 10_000  # in one 万元

# Rows that rooms above count: the row of the form → the figure that they register.
FROM_ABOVE = {
    "by_weibo": "posts.weibo",
    "by_wechat": "posts.wechat",
    "concerns_answered": "concerns_answered",
    "meetings": "meetings",
    "trainings": "trainings",
    "trained": "trained",
}


def source(row: str) -> Source:
    """How a row of the form is counted; one that no record holds stays empty until entered."""
    if row in FROM_ABOVE:
        return SOURCES.get(FROM_ABOVE[row]) or unknown()
    return _SOURCES.get(row) or unknown()


def _class_of(way: Channel) -> str:
    """The row of the form that counts a channel: in person, fax, online or letter."""
    # What the city platform passes on was typed on the net; the law's table does not name it.
    named = Channel.ONLINE if way == Channel.CITY_PLATFORM else way
    return channel(named.value).class_2007


def _received(channel_class: str = "") -> Cases:
    ways = [way.value for way in Channel if _class_of(way) == channel_class]

    def found(agency: Agency, year: int) -> QuerySet[Case]:
        came = _applications(agency).filter(received_on__year=year)
        return came.filter(channel__in=ways) if channel_class else came

    return found


def _completed(extended: bool | None = None) -> Cases:
    """Finished in the year; ``extended``: only those whose period was extended, or was not."""

    def found(agency: Agency, year: int) -> QuerySet[Case]:
        done = _applications(agency).filter(answered_on__year=year)
        longer = Exists(Event.objects.filter(case=OuterRef("pk"), kind=Did.EXTENDED))
        return done if extended is None else done.filter(longer if extended else ~longer)

    return found


def _answered(row: str = "") -> Cases:
    """Answers of the kind of the row. Where a result fits several rows, the usual one counts it;
    between trade secret and privacy the ground that the reply names decides.
    """
    fitting = [o for o in outcomes() if o.rows_2007]
    by_ground = {g.key: g.row_2007 for g in grounds("2007") if g.row_2007}

    def found(agency: Agency, year: int) -> QuerySet[Case]:
        done = _completed()(agency, year)
        if not row:
            return done.filter(outcome__in=[o.code for o in fitting])
        if row == "refused":
            return done.filter(outcome__in=[o.code for o in fitting if _refuses(o.rows_2007[0])])
        if row not in by_ground.values():
            return done.filter(outcome__in=[o.code for o in fitting if o.rows_2007[0] == row])
        codes = [o.code for o in fitting if row in o.rows_2007]
        usual = [o.code for o in fitting if row == o.rows_2007[0]]
        grounded = _grounded(done, codes, by_ground)
        mine = [pk for pk, rows in grounded.items() if row in rows]
        return done.filter(Q(pk__in=mine) | Q(outcome__in=usual) & ~Q(pk__in=list(grounded)))

    return found


def _grounded(done: QuerySet[Case], codes: list[str], rows: dict[str, str]) -> dict[int, list[str]]:
    """The cases whose last reply names a ground that has a row of its own: the first such row."""
    found: dict[int, list[str]] = {}
    replies = Reply.objects.filter(case__in=done, outcome__in=codes).order_by("version")
    for case, named in replies.values_list("case_id", "grounds"):
        found[case] = [rows[key] for key in named if key in rows][:1]
    return {case: told for case, told in found.items() if told}


def _refuses(row: str) -> bool:
    return row.startswith("refused_")


def _decided(rows: tuple[Q, ...], result: str = "") -> Source:
    def found(agency: Agency, year: int) -> QuerySet[Remedy]:
        mine = Remedy.objects.filter(case__agency=agency, decided_on__year=year).filter(*rows)
        return mine.filter(result=result) if result else mine

    return Source(
        count=lambda a, y: found(a, y).count(),
        rows=lambda a, y: of_remedies(found(a, y).select_related("case")),
    )


def _of_cases(found: Cases) -> Source:
    return Source(count=lambda a, y: found(a, y).count(), rows=lambda a, y: of_cases(found(a, y)))


def _applications(agency: Agency) -> QuerySet[Case]:
    return (
        Case.objects.filter(agency=agency, kind=Kind.APPLICATION)
        .exclude(application__counted=False)
        .order_by("received_on", "pk")
    )


def _complaints(agency: Agency, year: int) -> QuerySet[Case]:
    day = last_day(year)
    return enquiries.rows_behind(agency, year, "complaints.received", as_of=day)


def _offices(agency: Agency, year: int) -> list[Row]:
    held = _held(agency, last_day(year), Role.INFORMATION_OFFICE)
    units = Unit.objects.filter(pk__in=held.values("post__unit")).order_by("order", "pk")
    return [(unit.name, "") for unit in units]


def _staff(*roles: Role) -> Callable[[Agency, int], list[Row]]:
    """People, not posts: who is in the information office is not counted as liaison again."""

    def found(agency: Agency, year: int) -> list[Row]:
        people: dict[int, Row] = {}
        for role in (Role.INFORMATION_OFFICE, Role.LIAISON):
            for held in _held(agency, last_day(year), role):
                text = f"{held.user.get_full_name()}（{held.post.unit.name}）"
                people.setdefault(held.user_id, (f"{role.value}:{text}", ""))
        chosen = tuple(f"{role.value}:" for role in roles)
        return [(t.partition(":")[2], url) for t, url in people.values() if t.startswith(chosen)]

    return found


def _held(agency: Agency, on: date, role: Role) -> QuerySet[Appointment]:
    held = Appointment.objects.in_force(on).filter(post__role=role, post__unit__agency=agency)
    return held.select_related("user", "post__unit").order_by("post__unit__order", "pk")


def _fees(agency: Agency, year: int) -> float | None:
    """In 万元, to the yuan. The fees of the Regulations of 2007 (for searching, copying, posting)
    are in no record of ours: without a payment the row stays empty until somebody enters it.
    """
    yuan = applications.fees_collected(agency, year)
    return yuan / _YUAN if yuan else None


_REVIEW = (Q(kind=Remedy.Kind.RECONSIDERATION),)
_SUIT = (Q(kind=Remedy.Kind.SUIT),)
_ANSWERS = (
    "already_public", "granted", "partial", "refused", "refused_secret", "refused_commercial",
    "refused_privacy", "refused_safety", "refused_not_ogi", "refused_other_law", "not_ours",
    "not_existing", "to_correct", "other_route",
)  # fmt: skip

_SOURCES: dict[str, Source] = {
    "proactive": of_items(released),
    "normative_published": of_items(lambda a, y: normative(released(a, y))),
    "normative_made": of_items(lambda a, y: normative(items(a)).filter(made_in(y))),
    "by_website": of_items(released),
    "interpretations": of_items(lambda a, y: released(a, y).filter(interprets__isnull=False)),
    "received": _of_cases(_received()),
    **{f"received_{c}": _of_cases(_received(c)) for c in ("in_person", "fax", "online", "letter")},
    "completed": _of_cases(_completed()),
    "completed_on_time": _of_cases(_completed(extended=False)),
    "completed_extended": _of_cases(_completed(extended=True)),
    "answered": _of_cases(_answered()),
    **{row: _of_cases(_answered(row)) for row in _ANSWERS},
    **{
        row if not result else f"{row}_{result}": _decided(kind, result)
        for row, kind in (("review", _REVIEW), ("suit", _SUIT))
        for result in ("", *Remedy.Result.values)
    },
    "complaints": _of_cases(_complaints),
    "fees": Source(count=_fees, rows=fee_rows),
    "offices": counting(_offices),
    "staff": counting(_staff(Role.INFORMATION_OFFICE, Role.LIAISON)),
    "staff_full_time": counting(_staff(Role.INFORMATION_OFFICE)),
    "staff_part_time": counting(_staff(Role.LIAISON)),
}
