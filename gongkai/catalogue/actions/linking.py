"""Links out of the site: a unit enters and checks them, the information office lets them out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from gongkai import clock
from gongkai.agencies.models import Agency, Unit, User
from gongkai.agencies.permissions import may, require
from gongkai.agencies.queries import holders
from gongkai.agencies.rules import Duty, Role
from gongkai.catalogue.models import Link
from gongkai.catalogue.rules import LINK_CHECK_DAYS
from gongkai.ledger.actions import record
from gongkai.outbox.actions import post
from gongkai.outbox.rules import Channel
from gongkai.refusal import NotPermitted, Refused
from gongkai.review.queries import policy_of
from gongkai.review.screen import findings_in

_FACTS = ("group", "title", "url", "order")
_TOLD = (Role.EDITOR, Role.LIAISON, Role.UNIT_HEAD)


@transaction.atomic
def add_link(agency: Agency, *, by: User, owner: Unit, **facts: Any) -> Link:
    """Enter a link with the unit that answers for it; the public sees it once it is agreed to."""
    require(by, Duty.ITEM_WRITE, agency, owner)
    link = Link(
        agency=agency, owner=owner, changed_by=by, state=Link.State.ASKED,
        checked_on=clock.today(), **facts,
    )  # fmt: skip
    return _entered(link, "link.added", by)


@transaction.atomic
def change_link(link: Link, *, by: User, **facts: Any) -> Link:
    """Correct a link. It leaves the page until somebody else agrees to the new words."""
    link = _locked(link)
    require(by, Duty.ITEM_WRITE, link.agency, link.owner)
    for name in _FACTS:
        if name in facts:
            setattr(link, name, facts[name])
    link.state, link.changed_by, link.agreed_by = Link.State.ASKED, by, None
    link.checked_on = clock.today()
    return _entered(link, "link.changed", by)


@transaction.atomic
def agree_to_link(link: Link, *, by: User) -> Link:
    """Let a link out: the information office, and not who entered it (four eyes)."""
    link = _locked(link)
    post_held = require(by, Duty.REVIEW_OFFICE, link.agency)
    if link.state != Link.State.ASKED:
        raise Refused("本链接不在等待同意，请刷新页面后再看。")
    if by.pk == link.changed_by_id:
        raise Refused("登记人不能同意自己登记的链接，请由另一人办理。")
    link.state, link.agreed_by = Link.State.PUBLIC, by
    link.save()
    record("link.agreed", _subject(link), by=by, post=str(post_held), data={"url": link.url})
    return link


@transaction.atomic
def check_link(link: Link, *, by: User) -> Link:
    """核查: the person has opened the address and found what its name says. Nothing is fetched."""
    link = _locked(link)
    if not may_keep_link(link, by):
        raise NotPermitted("由责任处室或信息办核查本链接。")
    link.checked_on = clock.today()
    link.save(update_fields=["checked_on"])
    record("link.checked", _subject(link), by=by, data={"url": link.url})
    return link


@transaction.atomic
def remove_link(link: Link, *, reason: str, by: User) -> None:
    """Take a link off the page; a dead or taken-over address needs no second person."""
    link = _locked(link)
    if not may_keep_link(link, by):
        raise NotPermitted("由责任处室或信息办撤下本链接。")
    if not reason.strip():
        raise Refused("请写明撤下的理由。", field="reason")
    record("link.removed", _subject(link), by=by, data={"url": link.url, "reason": reason})
    link.delete()


@transaction.atomic
def remind_of_links() -> int:
    """Tell each unit once of links that nobody has checked for a quarter; returns how many.

    Safe to run as often as one likes.
    """
    today = clock.today()
    oldest = today - timedelta(days=LINK_CHECK_DAYS)
    due = Link.objects.select_related("agency", "owner__agency").filter(
        Q(checked_on=None) | Q(checked_on__lt=oldest),
        Q(reminded_on=None) | Q(reminded_on__lte=F("checked_on")) | Q(reminded_on__lt=oldest),
        state=Link.State.PUBLIC,
    )
    by_unit: dict[Unit, list[Link]] = {}
    for link in due:
        by_unit.setdefault(link.owner, []).append(link)
    for unit, links in by_unit.items():
        _remind(unit, links)
    return Link.objects.filter(pk__in=[link.pk for link in due]).update(reminded_on=today)


def may_keep_link(link: Link, user: User) -> bool:
    """Whether the person may check and remove the link: its unit, or the information office."""
    own = may(user, Duty.ITEM_WRITE, link.agency, link.owner)
    return own or may(user, Duty.REVIEW_OFFICE, link.agency)


def _remind(unit: Unit, links: list[Link]) -> None:
    names = "、".join(link.title for link in links)
    words = (
        f"{len(links)} 个站外链接已满一季度没有核查：{names}。"
        "请逐个打开，确认打得开、名称相符，在“站外链接”里登记核查；打不开的请撤下。"
    )
    people = {p.pk: p for role in _TOLD for p in holders(role, unit.agency, unit)}
    for person in people.values():
        post(
            kind="link", channel=Channel.DESK, recipient=person.username,
            subject="站外链接需要核查", body=words, about=f"agency:{unit.agency.code}",
        )  # fmt: skip


def _entered(link: Link, verb: str, by: User) -> Link:
    _, found = findings_in({"名称": link.title, "地址": link.url}, policy=policy_of(link.agency))
    if grave := next((f for f in found if f["severity"] == "block"), None):
        raise Refused(f"{grave['label']}：{grave['excerpt']}。{grave['advice']}", field="title")
    link.full_clean(exclude=["agency", "owner", "changed_by", "agreed_by"])
    link.save()
    record(verb, _subject(link), by=by, data={"url": link.url})
    return link


def _locked(link: Link) -> Link:
    known = Link.objects.select_related("agency", "owner__agency").select_for_update(of=("self",))
    found = known.filter(pk=link.pk).first()
    if found is None:
        raise Refused("本链接已被撤下，请刷新页面后再看。")
    return found


def _subject(link: Link) -> str:
    return f"agency:{link.agency.code}"
