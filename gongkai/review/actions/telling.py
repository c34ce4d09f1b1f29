"""Reasons reach whom they concern: a notice on the desk, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai import screening
from gongkai.agencies.models import User
from gongkai.outbox.actions import post
from gongkai.outbox.rules import Channel
from gongkai.review.models import Sheet
from gongkai.review.queries import policy_of


def concerned(sheet: Sheet) -> list[User]:
    """The drafter and whoever decided about the sheet so far."""
    hands = [sheet.drafter, *(d.by for d in sheet.decisions.select_related("by"))]
    return list({person.pk: person for person in hands}.values())


def tell(sheet: Sheet, people: Iterable[User], what: str, words: str, *, by: User | None) -> None:
    """Tell everybody but the one who acts (None: a machine); of an answer its case tells.

    The title may be what the screening objects to, so it goes masked.
    """
    if sheet.subject.startswith("case:"):
        return
    title = screening.mask(sheet.title, policy_of(sheet.agency))
    for person in people:
        if person != by and person.is_active:
            post(
                kind="review", channel=Channel.DESK, recipient=person.username, subject=what,
                body=f"《{title}》{words}", about=sheet.subject, by=by,
            )  # fmt: skip
