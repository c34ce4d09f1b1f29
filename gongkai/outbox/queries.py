"""What waits, what failed, and what lies on a person's desk."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from gongkai import clock
from gongkai.ledger.sealing import blind_index
from gongkai.outbox.models import Message
from gongkai.outbox.rules import Channel

_INDEX = "outbox.recipient"


def index_of(recipient: str) -> str:
    """The blind index under which a recipient's messages are found."""
    return blind_index(recipient.strip().lower(), _INDEX)


def pending() -> QuerySet[Message]:
    """Messages that are still to be delivered, the next one first."""
    return Message.objects.filter(state=Message.State.PENDING).order_by("next_try", "pk")


def due(moment: datetime | None = None) -> QuerySet[Message]:
    """Messages whose time has come."""
    return pending().filter(next_try__lte=moment or clock.now())


def failed() -> QuerySet[Message]:
    """Messages that nobody received: somebody must act."""
    return Message.objects.filter(state=Message.State.FAILED)


def about(subject: str) -> QuerySet[Message]:
    """Everything sent about one case or item."""
    return Message.objects.filter(about=subject)


def on_desk_of(username: str) -> QuerySet[Message]:
    """The notices on a person's desk, newest first."""
    return Message.objects.filter(channel=Channel.DESK, recipient_index=index_of(username))
