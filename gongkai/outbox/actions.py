"""Storing messages and delivering them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from gongkai import clock
from gongkai.ledger.actions import record
from gongkai.outbox import rules
from gongkai.outbox.models import Message
from gongkai.outbox.queries import due, index_of
from gongkai.outbox.senders import NotDelivered, send
from gongkai.refusal import Refused


@dataclass
class Delivery:
    """What one round of delivery did."""

    sent: int = 0
    failed: int = 0
    again: int = 0


@transaction.atomic
def post(
    *,
    kind: str,
    channel: str,
    recipient: str,
    subject: str,
    body: str,
    template: str = "",
    about: str = "",
    by: object = None,
) -> Message:
    """Store a message in the caller's transaction: it goes out if, and only if, the act stands.

    ``recipient`` is an address, a number, or for the desk a username. ``subject`` is stored and
    sent open and may hold nothing personal; ``about`` names the case or item.
    """
    recipient = recipient.strip()
    if objection := rules.objection_to_recipient(channel, recipient):
        raise Refused(objection, field="recipient")
    if objection := rules.objection_to_subject(subject, recipient):
        raise Refused(objection, field="subject")
    now = clock.now()
    message = Message.objects.create(
        kind=kind, channel=channel, recipient=recipient, recipient_index=index_of(recipient),
        template=template, subject=subject, body=body, about=about,
        created_at=now, next_try=rules.earliest(channel, now),
    )  # fmt: skip
    record("message.posted", _name(message), by=by, data={"kind": kind, "about": about})
    return message


@transaction.atomic
def retry(message: Message, *, by: object) -> None:
    """Try a failed message again from the start. This room knows no posts: the door asks first."""
    changed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED).update(
        state=Message.State.PENDING,
        attempts=0,
        next_try=rules.earliest(message.channel, clock.now()),
    )
    if not changed:
        raise Refused("这条消息不在失败状态，无需重发，请刷新页面。")
    record("message.retried", _name(message), by=by)


def deliver_due(limit: int = 100) -> Delivery:
    """Deliver up to ``limit`` messages whose time has come.

    Each is claimed by a conditional update, so several workers may run; a worker that dies in the
    middle leaves a message that is tried again after its wait. Must not run inside a transaction.
    """
    delivery = Delivery()
    for message in due()[:limit]:
        if rules.earliest(message.channel, clock.now()) > clock.now():
            _postpone(message)
            delivery.again += 1
        elif _claim(message):
            _deliver(message, delivery)
    return delivery


def _claim(message: Message) -> bool:
    """Make this attempt ours; false when another worker was faster."""
    attempt = message.attempts + 1
    lease = rules.wait_after(attempt) or rules.BACK_OFF[-1]
    claimed = Message.objects.filter(
        pk=message.pk, state=Message.State.PENDING, attempts=message.attempts
    ).update(attempts=attempt, next_try=rules.earliest(message.channel, clock.now() + lease))
    message.attempts = attempt
    return bool(claimed)


def _deliver(message: Message, delivery: Delivery) -> None:
    if message.attempts > rules.LAST_ATTEMPT:
        _give_up(message, "最后一次发送中断，不知道是否送达")
        delivery.failed += 1
        return
    try:
        proof = send(message)
    except Exception as error:
        # Whatever a channel raises, the message is not delivered. The error's own text may hold
        # the address: only our own errors are kept as they read.
        reason = str(error) if isinstance(error, NotDelivered) else type(error).__name__
        if rules.wait_after(message.attempts) is None:
            _give_up(message, reason)
            delivery.failed += 1
        else:
            Message.objects.filter(pk=message.pk).update(error=reason[:300])
            delivery.again += 1
    else:
        _mark_sent(message, proof)
        delivery.sent += 1


@transaction.atomic
def _mark_sent(message: Message, proof: str) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT, sent_at=clock.now(), next_try=None, proof=proof[:200], error=""
    )
    record("message.sent", _name(message), data={"attempt": message.attempts})


@transaction.atomic
def _give_up(message: Message, reason: str) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.FAILED, next_try=None, error=reason[:300]
    )
    record("message.failed", _name(message), data={"attempts": message.attempts})


def _postpone(message: Message) -> None:
    Message.objects.filter(pk=message.pk, attempts=message.attempts).update(
        next_try=rules.earliest(message.channel, clock.now())
    )


def _name(message: Message) -> str:
    return f"message:{message.pk}"
