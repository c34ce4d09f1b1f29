"""An item in a second column: its unit asks, the unit of the column agrees, either may end it."""

from __future__ import annotations

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.queries import holders
from gongkai.agencies.rules import Duty, Role
from gongkai.catalogue.models import ColumnPage, ItemPage, Placement, next_place
from gongkai.catalogue.queries import objection_to_placement
from gongkai.catalogue.signals import placement_changed
from gongkai.ledger.actions import record
from gongkai.outbox.actions import post
from gongkai.outbox.rules import Channel
from gongkai.refusal import NotPermitted, Refused


@transaction.atomic
def ask_for_placement(item: ItemPage, column: ColumnPage, *, by: User) -> Placement:
    """Ask that a public item be listed in another column too; nothing is shown yet."""
    require(by, Duty.ITEM_WRITE, item.agency, item.unit)
    if objection := objection_to_placement(item, column):
        raise Refused(objection, field="column")
    placement = Placement.objects.create(
        item=item, column=column, asked_by=by, asked_at=clock.now()
    )
    assert column.unit is not None
    what = f"《{item.title}》（索引号 {item.index_number}）"
    words = f"{what}申请同时列入“{column.title}”栏目，请在“目录事项”中决定。"
    for person in holders(Role.UNIT_HEAD, column.agency, column.unit):
        post(
            kind="placement", channel=Channel.DESK, recipient=person.username,
            subject="有信息申请列入本处室的栏目", body=words, about=item.subject, by=by,
        )  # fmt: skip
    record("placement.asked", item.subject, by=by, data={"column": column.pk})
    return placement


@transaction.atomic
def agree_to_placement(placement: Placement, *, by: User) -> Placement:
    """The column's unit lists the item from now on; not the person who asked (four eyes)."""
    placement = _open(placement, by)
    if objection := objection_to_placement(placement.item, placement.column, but=placement):
        raise Refused(objection)
    placement.sequence = next_place(placement.column)
    return _settle(placement, Placement.State.AGREED, by, "placement.agreed")


@transaction.atomic
def refuse_placement(placement: Placement, *, by: User, reason: str) -> Placement:
    """The column's unit does not list the item, and says why."""
    placement = _open(placement, by)
    placement.reason = _required(reason)
    return _settle(placement, Placement.State.REFUSED, by, "placement.refused")


@transaction.atomic
def end_placement(placement: Placement, *, by: User, reason: str) -> Placement:
    """Take the item out of the second column again; its own page stays as it is."""
    placement = _locked(placement)
    item, column = placement.item, placement.column
    writes = may(by, Duty.ITEM_WRITE, item.agency, item.unit)
    if not writes and not may(by, Duty.REVIEW_UNIT, column.agency, column.unit):
        raise NotPermitted("只有信息的责任处室或栏目的责任处室可以取消列入。")
    if placement.state not in {Placement.State.ASKED, Placement.State.AGREED}:
        raise Refused("本件现在没有列入该栏目，请刷新页面。")
    placement.reason = _required(reason)
    return _settle(placement, Placement.State.ENDED, by, "placement.ended")


def _open(placement: Placement, by: User) -> Placement:
    placement = _locked(placement)
    require(by, Duty.REVIEW_UNIT, placement.column.agency, placement.column.unit)
    if placement.state != Placement.State.ASKED:
        raise Refused("这项申请已经处理，请刷新页面。")
    if placement.asked_by_id == by.pk:
        raise NotPermitted("申请人不能同意自己的申请，请由栏目责任处室的其他负责人决定。")
    return placement


def _locked(placement: Placement) -> Placement:
    known = Placement.objects.select_for_update(of=("self",))
    return known.select_related("item__unit__agency", "column__unit__agency").get(pk=placement.pk)


def _required(reason: str) -> str:
    if not reason.strip():
        raise Refused("请写明理由。", field="reason")
    return reason.strip()


def _settle(placement: Placement, state: str, by: User, act: str) -> Placement:
    placement.state = state
    placement.decided_by, placement.decided_at = by, clock.now()
    placement.save()
    record(
        act, placement.item.subject, by=by,
        data={"column": placement.column.pk, "reason": placement.reason},
    )  # fmt: skip
    placement_changed.send(sender=Placement, placement=placement)
    return placement
