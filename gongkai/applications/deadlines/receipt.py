"""The day on which the clock starts, and the day on which an answer is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gongkai.clock.rules import Calendar
from gongkai.refusal import Refused
from gongkai.statute import Law, channel, dispatch


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of how an application came in; days that did not happen stay None.

    ``announced`` is the day that the site itself announces as the day of receipt (old law);
    ``confirmed`` the day on which staff and applicant confirmed the receipt to each other.
    """

    submitted: date | None = None
    handed_in: date | None = None
    signed: date | None = None
    arrived: date | None = None
    system_received: date | None = None
    announced: date | None = None
    confirmed: date | None = None
    contact_restored: date | None = None

    def earliest(self) -> date | None:
        """The first day on which the application was on its way into the house."""
        known = (self.submitted, self.handed_in, self.signed, self.arrived, self.system_received)
        return min((day for day in known if day), default=None)


class Receipt(NamedTuple):
    """The day of receipt; None while the fact that makes it is missing. ``by`` names the fact."""

    day: date | None
    by: str
    article: str


def receipt_day(
    law: Law, channel_name: str, arrival: Arrival, *, auto_confirm: bool = False
) -> Receipt:
    """The day of receipt by channel.

    An automatic receipt page is no mutual confirmation; a bureau may decide otherwise for its
    own installation (``auto_confirm``), then the day of submission counts. A letter to somebody
    who cannot be reached starts the clock when contact is restored.
    """
    found = channel(channel_name)
    if found.key not in law.receipt:
        raise Refused(f"“{found.label}”没有收到日期的规定，请重新选择渠道。", field="channel")
    rule = law.receipt[found.key]
    confirmed = arrival.confirmed or arrival.contact_restored
    if auto_confirm:
        confirmed = arrival.submitted or confirmed
    day = {
        "handed_in": arrival.handed_in or arrival.submitted,
        "signed": arrival.signed,
        "system_received": arrival.system_received,
        "announced": arrival.announced or confirmed,
        "confirmed": confirmed,
    }[rule.by]
    return Receipt(day, rule.by, rule.article)


def answered_on(
    way: str,
    *,
    signed: date | None = None,
    posted: date | None = None,
    sent: date | None = None,
) -> date | None:
    """The day that decides whether an answer was in time; None while there is no proof of it.

    The date printed on the letter is never decisive (国办公开办函〔2016〕235号).
    """
    return {"signed": signed, "posted": posted, "sent": sent}[dispatch(way).by]


def working_days_late(calendar: Calendar, due: date, done: date) -> int:
    """How many working days after its due date something was done; 0 if in time."""
    return max(0, calendar.working_days_between(due, done))
