"""Suggestions from the public: received, told to a unit, adopted or not, with the reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.ledger.actions import record
from gongkai.oversight.actions.checked import entered, happened, next_number, own_unit
from gongkai.oversight.models import Suggestion
from gongkai.refusal import Refused


@transaction.atomic
def receive_suggestion(
    agency: Agency, *, by: User, channel: str, text: str, received: date
) -> Suggestion:
    """Enter a suggestion; ``channel`` says where it came from (city portal, Weibo, letter …)."""
    post = require(by, Duty.OVERSIGHT_MANAGE, agency)
    happened(received)
    suggestion = entered(
        Suggestion(
            agency=agency, channel=channel.strip(), text=text.strip(), received=received,
            number=next_number(Suggestion, agency, "JY", received.year),
        )
    )  # fmt: skip
    record(
        "suggestion.received", _name(suggestion), by=by, post=str(post),
        data={"channel": suggestion.channel},
    )  # fmt: skip
    return suggestion


@transaction.atomic
def tell_unit(suggestion: Suggestion, *, by: User, unit: Unit) -> Suggestion:
    """Pass a suggestion to the unit that it concerns."""
    post = require(by, Duty.OVERSIGHT_MANAGE, suggestion.agency)
    own_unit(suggestion.agency, unit)
    _undecided(suggestion)
    suggestion.unit, suggestion.told_on = unit, clock.today()
    suggestion.save(update_fields=["unit", "told_on"])
    record("suggestion.told", _name(suggestion), by=by, post=str(post), data={"unit": unit.code})
    return suggestion


@transaction.atomic
def decide_suggestion(
    suggestion: Suggestion, *, by: User, adopted: bool, reason: str
) -> Suggestion:
    """The unit that was told, or the information office, adopts it or not and says why."""
    if suggestion.unit is None:
        raise Refused("请先反馈给有关处室，再决定是否采纳。", field="unit")
    post = require(by, Duty.OVERSIGHT_ANSWER, suggestion.agency, suggestion.unit)
    _undecided(suggestion)
    if not reason.strip():
        raise Refused("请写明采纳后怎样落实，或不采纳的理由。", field="reason")
    suggestion.adopted = Suggestion.Decision.YES if adopted else Suggestion.Decision.NO
    suggestion.reason, suggestion.decided_on = reason.strip(), clock.today()
    suggestion.save(update_fields=["adopted", "reason", "decided_on"])
    record(
        "suggestion.decided", _name(suggestion), by=by, post=str(post), data={"adopted": adopted}
    )
    return suggestion


def _undecided(suggestion: Suggestion) -> None:
    if suggestion.adopted != Suggestion.Decision.PENDING:
        raise Refused(f"{suggestion.number} 已有结果，不能再改。")


def _name(suggestion: Suggestion) -> str:
    return f"suggestion:{suggestion.agency.code}/{suggestion.number}"
