"""How each channel delivers. A sender returns a proof, or raises: it never pretends."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from gongkai.outbox.models import Message
from gongkai.outbox.rules import CHANNEL_LABELS, Channel


class NotDelivered(Exception):
    """The channel refused the message, or there is no such channel here."""


def send(message: Message) -> str:
    """Deliver over the message's channel; the proof of it. Raises whatever the channel raises."""
    return sender_of(Channel(message.channel))(message)


def sender_of(channel: Channel) -> Callable[[Message], str]:
    """The sender of a channel: ours, or the function named in ``settings.OUTBOX_SENDERS``."""
    named = getattr(settings, "OUTBOX_SENDERS", {}).get(channel.value)
    if named:
        sender: Callable[[Message], str] = import_string(named)
        return sender
    return _OURS.get(channel, _missing)


def _mail(message: Message) -> str:
    home = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    proof = make_msgid(domain=home)  # without a domain it would tell the machine's name
    mail = EmailMessage(
        message.subject, message.body, to=[message.recipient], headers={"Message-ID": proof}
    )
    if not mail.send():
        raise NotDelivered("邮件服务器没有收下")
    return proof


def _desk(message: Message) -> str:
    """A notice is delivered by lying on the desk."""
    return f"desk:{message.pk}"


def _missing(message: Message) -> str:
    label = CHANNEL_LABELS[Channel(message.channel)]
    raise NotDelivered(f"没有配置{label}通道，请联系系统管理员，或改用其他方式通知")


_OURS = {Channel.MAIL: _mail, Channel.DESK: _desk}
