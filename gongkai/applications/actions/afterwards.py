"""After the reply: is it to be published, is it published, and may the rest still be withheld."""

from __future__ import annotations

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.applications.actions.access import locked
from gongkai.applications.rules import Did, publish_by
from gongkai.cases.actions import append, ensure_possible
from gongkai.cases.models import Case, Event
from gongkai.catalogue.models import ItemPage
from gongkai.refusal import Refused


@transaction.atomic
def decide_proactive(case: Case, *, by: User, publish: bool, reason: str) -> Event:
    """Whether what this applicant got is to be published for everybody (条例（2019）第44条).

    What is to be published goes its own way: drafted as an item, reviewed, released.
    """
    post = require(by, Duty.CASE_COLLATE, case.agency)
    _, calendar = locked(case)
    _because(reason, "请写明决定公开或者不公开的理由。")
    today = clock.today()
    data: dict[str, object] = {"publish": publish, "reason": reason}
    if publish:
        data["publish_by"] = publish_by(today, calendar).isoformat()
    return append(case, Did.PROACTIVE_DECIDED, by=by, post=str(post), data=data)


@transaction.atomic
def note_published(case: Case, *, by: User, index_number: str) -> Event:
    """What was decided to be published is public, as the item of that index number."""
    post = require(by, Duty.CASE_COLLATE, case.agency)
    locked(case)
    number = index_number.strip()
    item = ItemPage.objects.filter(index_number=number, unit__agency=case.agency_id).first()
    if item is None or not item.live:
        raise Refused("没有这个索引号的已公开信息，请核对索引号。", field="index_number")
    return append(case, Did.PROACTIVE_DONE, by=by, post=str(post), data={"index_number": number})


@transaction.atomic
def look_again(case: Case, *, by: User, keep: bool, reason: str) -> Event:
    """The yearly second look at what was withheld: may it still be (条例（2019）第18条)?

    When it may not, it is to be published like what is disclosed of the organ's own accord.
    """
    post = require(by, Duty.CASE_COLLATE, case.agency)
    _, calendar = locked(case)
    ensure_possible(case, Did.WITHHELD_CHECKED)
    _because(reason, "请写明仍不公开或者转为公开的理由。")
    data: dict[str, object] = {"keep": keep, "reason": reason}
    if not keep:
        data["publish_by"] = publish_by(clock.today(), calendar).isoformat()
    return append(case, Did.WITHHELD_CHECKED, by=by, post=str(post), data=data)


def _because(reason: str, message: str) -> None:
    if not reason.strip():
        raise Refused(message, field="reason")
