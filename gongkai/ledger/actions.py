"""The one way to write the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai import clock
from gongkai.ledger.chain import GENESIS, digest
from gongkai.ledger.models import Entry, Head
from gongkai.ledger.moments import utc_text


def record(
    verb: str,
    subject: str,
    *,
    by: object = None,
    post: str = "",
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """Append one entry in the caller's transaction: act and record stand or fall together.

    ``by`` is a user, a name such as ``"public"``, or None for the system. ``data`` must be plain
    JSON without personal content. Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            "ledger.record belongs inside the transaction of the act that it records"
        )
    head = _locked_head()
    entry = Entry(
        seq=head.seq + 1,
        at=clock.now(),
        actor=actor_name(by),
        post=post,
        verb=verb,
        subject=subject,
        data=dict(data or {}),
        previous=head.hash,
    )
    entry.hash = digest({**entry.as_record(), "at": utc_text(entry.at)})
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(seq=entry.seq, hash=entry.hash)
    return entry


def actor_name(by: object) -> str:
    """The name under which an actor stands in the ledger."""
    if by is None:
        return "system"
    username = getattr(by, "get_username", None)
    return str(username()) if username else str(by)


def _locked_head() -> Head:
    head = Head.objects.select_for_update().filter(pk=1).first()
    return head or Head.objects.create(pk=1, seq=0, hash=GENESIS)
