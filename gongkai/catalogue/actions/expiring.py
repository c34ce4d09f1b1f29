"""Validity marks: the calendar proposes, the unit decides, the review makes it public."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from wagtail.models import WorkflowState

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import require
from gongkai.agencies.queries import holders
from gongkai.agencies.rules import Duty, Role
from gongkai.catalogue.models import ItemPage, ValidityProposal
from gongkai.catalogue.queries import validity_due
from gongkai.ledger.actions import record
from gongkai.outbox.actions import post
from gongkai.outbox.rules import Channel
from gongkai.refusal import Refused
from gongkai.review.pages import submit_page

ASK_AGAIN_DAYS = 365  # not law: this house's own
"""What people left as it was is looked at again after a year."""

_TOLD = (Role.EDITOR, Role.LIAISON, Role.UNIT_HEAD)


@transaction.atomic
def propose_expiries() -> int:
    """Propose a new mark for every public item whose date has passed; returns how many are new.

    Nothing is changed: a notice goes to the people of the unit. Safe to run as often as one likes.
    """
    return sum(_propose(item, validity) for item, validity in validity_due(clock.today()))


def _propose(item: ItemPage, validity: str) -> bool:
    on = item.valid_from if validity == "valid" else item.valid_to
    assert on is not None and item.unit is not None
    if not _worth_asking(item, validity, on):
        return False
    proposal = ValidityProposal.objects.create(
        item=item, validity=validity, on=on, was=item.validity, proposed_at=clock.now()
    )
    what = "施行日期已到" if validity == "valid" else "失效日期已过"
    words = (
        f"《{item.title}》（索引号 {item.index_number}）{what}（{on:%Y-%m-%d}），"
        f"有效性拟由“{item.get_validity_display()}”改为“{proposal.get_validity_display()}”。"
        "请在“目录事项”中采纳或不采纳；采纳后照常送审，通过后公开页面才会改变。"
    )
    people = {p.pk: p for role in _TOLD for p in holders(role, item.agency, item.unit)}
    for person in people.values():
        post(
            kind="validity", channel=Channel.DESK, recipient=person.username,
            subject="文件有效性需要核对", body=words, about=item.subject,
        )  # fmt: skip
    data = {"validity": validity, "on": on.isoformat()}
    record("validity.proposed", item.subject, data=data)
    return True


def _worth_asking(item: ItemPage, validity: str, on: date) -> bool:
    """What was decided comes back when the mark changed meanwhile, or after a year.

    An answer that is still being reviewed has not come back.
    """
    last = item.validity_proposals.filter(validity=validity, on=on).last()
    if last is None:
        return True
    if last.state == ValidityProposal.State.OPEN or item.workflow_in_progress:
        return False
    assert last.decided_at is not None
    changed = bool(last.was) and last.was != item.validity
    return changed or (clock.today() - clock.day_of(last.decided_at)).days >= ASK_AGAIN_DAYS


@transaction.atomic
def accept_validity(proposal: ValidityProposal, *, by: User) -> WorkflowState:
    """Submit the public text with the proposed mark for review; no other draft is swept along."""
    proposal = _open(proposal, by)
    item = ItemPage.objects.get(pk=proposal.item.pk)
    if not item.live:
        raise Refused("本件已经撤回，无需改变有效性。")
    if item.has_unpublished_changes or item.current_workflow_state is not None:
        raise Refused("本件另有未公开的修改或正在审查：请在编辑页一并改“有效性”后提交。")
    _settle(proposal, ValidityProposal.State.ACCEPTED, by)
    record("validity.accepted", item.subject, by=by, data={"validity": proposal.validity})
    item.validity = proposal.validity
    return submit_page(item, by=by)


@transaction.atomic
def decline_validity(proposal: ValidityProposal, *, by: User, reason: str) -> None:
    """The mark stays, and the reason is kept (the term was prolonged, for instance)."""
    proposal = _open(proposal, by)
    if not reason.strip():
        raise Refused("请写明不改变有效性的理由。", field="reason")
    proposal.reason = reason.strip()
    _settle(proposal, ValidityProposal.State.DECLINED, by)
    data = {"validity": proposal.validity, "reason": proposal.reason}
    record("validity.declined", proposal.item.subject, by=by, data=data)


def _open(proposal: ValidityProposal, by: User) -> ValidityProposal:
    known = ValidityProposal.objects.select_for_update(of=("self",))
    proposal = known.select_related("item__unit__agency").get(pk=proposal.pk)
    require(by, Duty.ITEM_WRITE, proposal.item.agency, proposal.item.unit)
    if proposal.state != ValidityProposal.State.OPEN:
        raise Refused("这条提示已经处理，请刷新页面。")
    return proposal


def _settle(proposal: ValidityProposal, state: str, by: User) -> None:
    proposal.state = state
    proposal.decided_by, proposal.decided_at = by, clock.now()
    proposal.save()
