"""Issuing and revoking tokens, and taking what a platform hands over."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from django.db import transaction

from gongkai import clock
from gongkai.agencies.models import Agency, User
from gongkai.agencies.permissions import require
from gongkai.agencies.rules import Duty
from gongkai.api.models import Client, Referral
from gongkai.api.rules import (
    ALL_SCOPES,
    Scope,
    new_token,
    objection_to_foreign_number,
    token_hash,
)
from gongkai.cases.actions import Person
from gongkai.cases.rules import Channel, Kind
from gongkai.enquiries.actions import submit
from gongkai.ledger.actions import record
from gongkai.ledger.sealing import blind_index
from gongkai.refusal import NotPermitted, Refused


@dataclass(frozen=True)
class Taken:
    """The case of a referral; ``again`` when it had been handed over before."""

    referral: Referral
    again: bool


@dataclass(frozen=True)
class Message:
    """What a platform hands over; nothing of the person is compulsory."""

    kind: Kind
    title: str
    text: str
    person: Person
    topic: str = "other"
    consent: bool = False


@transaction.atomic
def issue_token(
    agency: Agency, name: str, *, by: User, scopes: Collection[Scope] = ALL_SCOPES
) -> tuple[Client, str]:
    """A client and its token, which is shown this once and kept nowhere.

    A second token under a name that is in use is refused: revoke the first one before.
    """
    post = require(by, Duty.CHANNEL_MANAGE, agency)
    name = name.strip()
    if not name or len(name) > 60:
        raise Refused("请填写平台名称，最长 60 字。", field="name")
    if not scopes:
        raise Refused("请至少选择一项权限。", field="scopes")
    if Client.objects.filter(agency=agency, name=name, revoked_at=None).exists():
        raise Refused(f"“{name}”已有令牌；请先停用旧令牌，再签发新的。", field="name")
    token = new_token()
    client = Client.objects.create(
        agency=agency, name=name, token_hash=token_hash(token), scopes=sorted(scopes),
        issued_by=by, issued_at=clock.now(),
    )  # fmt: skip
    data = {"name": name, "scopes": client.scopes}
    record("api.token_issued", client.subject, by=by, post=str(post), data=data)
    return client, token


@transaction.atomic
def revoke_token(client: Client, *, by: User, reason: str) -> Client:
    """From now on the token opens nothing; what was handed over stays."""
    post = require(by, Duty.CHANNEL_MANAGE, client.agency)
    if not reason.strip():
        raise Refused("请写明停用的理由。", field="reason")
    client.refresh_from_db(from_queryset=Client.objects.select_for_update())
    if client.revoked_at is not None:
        raise Refused("令牌已停用，无需重复办理。")
    client.revoked_at = clock.now()
    client.save(update_fields=["revoked_at"])
    data = {"reason": reason.strip()}
    record("api.token_revoked", client.subject, by=by, post=str(post), data=data)
    return client


@transaction.atomic
def take_referral(client: Client, foreign_number: str, message: Message) -> Taken:
    """Make a case of what a platform hands over; the same number again makes no second one.

    The same number with another content is refused: one of the two would be lost silently.
    """
    if wrong := objection_to_foreign_number(foreign_number):
        raise Refused(wrong, field="number")
    # One row of the client is locked, so that the same number sent twice at once comes in order.
    client = Client.objects.select_for_update().select_related("agency").get(pk=client.pk)
    if client.revoked_at is not None or Scope.REFER not in client.scopes:
        raise NotPermitted("该令牌没有“转来咨询投诉”的权限，请与信息办联系。")
    digest = _digest(message)
    known = client.referrals.select_related("case__agency").filter(foreign_number=foreign_number)
    if (referral := known.first()) is not None:
        if referral.digest != digest:
            raise Refused(
                f"编号 {foreign_number} 此前已转来，内容与这次不同；补充内容请用新的编号。",
                field="number", rule="referral.changed",
            )  # fmt: skip
        return Taken(referral, again=True)
    return Taken(_open(client, foreign_number, message, digest), again=False)


def _open(client: Client, foreign_number: str, message: Message, digest: str) -> Referral:
    by = f"api:{client.name}"
    opened = submit(
        client.agency, message.kind, channel=Channel.CITY_PLATFORM, title=message.title,
        text=message.text, person=message.person, consent=message.consent, topic=message.topic,
        submission_key=_submission_key(client, foreign_number), by=by,
    )  # fmt: skip
    referral = Referral.objects.create(
        client=client, foreign_number=foreign_number, case=opened.case, digest=digest,
        taken_at=clock.now(),
    )  # fmt: skip
    record("referral.taken", opened.case.subject, by=by, data={"client": client.subject})
    return referral


def _submission_key(client: Client, foreign_number: str) -> str:
    """Keyed: whoever knows the key of a case can open its receipt with the query code."""
    return blind_index(f"{client.pk}:{foreign_number}", "referral-key")


def _digest(message: Message) -> str:
    """Keyed too, since a short text could be found by trying."""
    return blind_index(json.dumps(asdict(message), sort_keys=True), "referral-content")
