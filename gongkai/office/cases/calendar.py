"""The due days of open cases as a calendar (RFC 5545), for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from gongkai import clock, screening
from gongkai.applications.models import Remedy
from gongkai.applications.queries import answers_due, to_answer
from gongkai.cases.models import Case
from gongkai.clock.rules import Counted
from gongkai.ledger.actions import record
from gongkai.office import downloads
from gongkai.office.cases.filters import rows_for
from gongkai.office.cases.listing import CaseList
from gongkai.office.cases.remedy_acts import WORDS

MOST = 1000
_WIDTH = 73  # octets a line, with the blank that continues it: 75 at most


class DueCalendar(CaseList):
    """The list as it is filtered now; titles are masked, and the export is on record."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        seen = self.filter.narrow(rows_for(self.user, self.tab))
        rows = seen.filter(due_on__isnull=False, answered_on=None)
        cases = list(rows.order_by("due_on", "pk")[:MOST])
        disputed = to_answer().filter(case__in=seen.order_by().values("pk"))[:MOST]
        answers = answers_due(disputed)
        with transaction.atomic():
            rows_told = len(cases) + len(answers)
            record("cases.exported", "cases", by=self.user, data={"rows": rows_told})
        name = f"到期-{clock.today()}.ics"
        text = calendar_of(cases, answers)
        return downloads.made(text.encode(), name, "text/calendar; charset=utf-8")


def calendar_of(
    cases: Iterable[Case], answers: Iterable[tuple[Remedy, Counted | None]] = ()
) -> str:
    """One whole-day event for each case, and for each reconsideration or suit that the organ has
    to answer, with an alarm on the morning of the day before.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gongkai//due//ZH", "CALSCALE:GREGORIAN"]
    for case in cases:
        assert case.due_on is not None
        lines += _event(case, case.number, case.due_on, "答复期限", case.provisional)
    for remedy, due in answers:
        if due is not None:
            name = f"{remedy.case.number}-{remedy.kind}-{remedy.pk}"
            what = f"{remedy.get_kind_display()}{WORDS[Remedy.Kind(remedy.kind)]}期限"
            lines += _event(remedy.case, name, due.due, what, due.provisional)
    return "".join(f"{piece}\r\n" for line in [*lines, "END:VCALENDAR"] for piece in _folded(line))


def _event(case: Case, name: str, day: date, what: str, doubtful: bool) -> list[str]:
    moment = clock.now().astimezone(UTC)
    provisional = "（待核）" if doubtful else ""
    title = screening.mask(case.title)
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@{case.agency.code}.gongkai",
        f"DTSTAMP:{moment:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'{case.number} {what}{provisional}')}",
        f"DESCRIPTION:{_text(f'{case.get_kind_display()}：{title}')}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(case.number)}",
        "TRIGGER:-PT15H", "END:VALARM",
        "END:VEVENT",
    ]  # fmt: skip


def _text(words: str) -> str:
    """Commas, semicolons, backslashes and ends of lines mean something there."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Pieces of 75 octets at most; no character is cut in two."""
    piece, lead = "", ""
    for sign in line:
        if len((piece + sign).encode()) > _WIDTH:
            yield lead + piece
            piece, lead = "", " "
        piece += sign
    yield lead + piece
